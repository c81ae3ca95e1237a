namespace EsxCourse.Notebooks;

/// <summary>The JavaScript that the kit ships for charts and drawings. There is no CDN in a lecture hall without a network.</summary>
/// <remarks>
/// A page or a site carries each script once. Who makes the HTML of one output cannot see the page; the environment variable
/// <see cref="SourceVariable"/> tells it where they are.
/// </remarks>
public static class OfflineScripts
{
    /// <summary>Says in a session's environment where its outputs find the scripts; see <see cref="Source"/>.</summary>
    public const string SourceVariable = "ESXCOURSE_PAGE_SCRIPTS";

    /// <summary>plotly.js, the version that Plotly.NET 6.0.0 writes its charts for. Defines the global <c>Plotly</c>.</summary>
    public static OfflineScript Plotly { get; } = new("plotly", "2.28.0", "f33191858012cf263ca873b819c5e7405538183fe3d0e1a6d7b3e577867bcc37");

    /// <summary>mermaid, for drawings from text. Defines the global <c>mermaid</c>.</summary>
    public static OfflineScript Mermaid { get; } = new("mermaid", "11.17.2", "581ed7d74bd9048d0e3a91363927d72ef22942d7722546b27f7cc29e35390eb8");

    /// <summary>reveal.js, for slides. Defines the global <c>Reveal</c>.</summary>
    public static OfflineScript Reveal { get; } = new("reveal", "5.2.1", "46538b52db48724192f59bf46f5e851a18e302777c46f4a34c32709d010d6a29");

    /// <summary>Every script.</summary>
    public static IReadOnlyList<OfflineScript> All { get; } = [Plotly, Mermaid, Reveal];

    /// <summary>The style that goes with reveal.js, from the same npm package.</summary>
    internal const string RevealStyleFile = "reveal-5.2.1.css";

    /// <summary>Where this session's outputs find the scripts. In a kernel that is not the kit's they must bring them along.</summary>
    public static ScriptSource Source => Enum.TryParse(Environment.GetEnvironmentVariable(SourceVariable), out ScriptSource source) ? source : ScriptSource.Output;

    /// <summary>Draws every element of class <c>mermaid</c> that has not been drawn yet. Needs <see cref="Mermaid"/> on the page.</summary>
    public const string DrawMermaid =
        "mermaid.initialize({startOnLoad:false,securityLevel:'strict',theme:'neutral',fontFamily:'inherit',fontSize:18});" +
        "mermaid.run({querySelector:'.mermaid:not([data-processed])',suppressErrors:true});";

    /// <summary>Which scripts a page with this HTML needs, judged by what it calls: <c>Plotly.</c>, and elements of class <c>mermaid</c>.</summary>
    /// <param name="html">The HTML between <c>&lt;body&gt;</c> and <c>&lt;/body&gt;</c>.</param>
    public static IReadOnlyList<OfflineScript> NeededBy(string html)
    {
        List<OfflineScript> needed = [];
        if (html.Contains("Plotly.newPlot", StringComparison.Ordinal) || html.Contains("Plotly.react", StringComparison.Ordinal))
            needed.Add(Plotly);
        if (html.Contains("class=\"mermaid", StringComparison.Ordinal) || html.Contains("class='mermaid", StringComparison.Ordinal))
            needed.Add(Mermaid);
        return needed;
    }
}
