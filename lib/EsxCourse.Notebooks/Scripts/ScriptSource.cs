namespace EsxCourse.Notebooks;

/// <summary>Where the output of a cell finds plotly.js and mermaid.</summary>
public enum ScriptSource
{
    /// <summary>In the first output of a session that needs it: some megabytes, for a client of which nothing is known.</summary>
    Output,

    /// <summary>On the page: what the kit exports ships each script once.</summary>
    Page,

    /// <summary>On the Jupyter server, in the folder of the kernelspec; elsewhere the output shows a still picture or the text.</summary>
    Server,
}
