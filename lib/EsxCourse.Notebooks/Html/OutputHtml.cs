using System.Text.Json;
using System.Text.RegularExpressions;

namespace EsxCourse.Notebooks;

/// <summary>One output of a cell as HTML: of the MIME types that it offers, the best that a page can show.</summary>
internal sealed partial class OutputHtml(MarkdownProse prose)
{
    private int charts;

    /// <summary>Outputs with neighbouring pieces of the same stream joined, as a reader of the console would have seen them.</summary>
    public static IEnumerable<CellOutput> Joined(IReadOnlyList<CellOutput> outputs)
    {
        StreamOutput? open = null;
        foreach (CellOutput output in outputs)
        {
            if (output is StreamOutput stream && open?.Name == stream.Name)
                open = stream with { Text = open.Text + stream.Text };
            else
            {
                if (open is not null)
                    yield return open;
                open = output as StreamOutput;
                if (open is null)
                    yield return output;
            }
        }

        if (open is not null)
            yield return open;
    }

    public string Render(CellOutput output) => output switch
    {
        StreamOutput stream => $"<pre class=\"stream {(stream.Name == "stderr" ? "stderr" : "stdout")}\" tabindex=\"0\">{Plain(stream.Text)}</pre>",
        ErrorOutput error => $"<pre class=\"error\" tabindex=\"0\">{Plain(error.Traceback.Count > 0 ? string.Join('\n', error.Traceback) : $"{error.Name}: {error.Message}")}</pre>",
        DisplayOutput display => Best(display.Data),
        ResultOutput result => Best(result.Data),
        _ => "",
    };

    private string Best(IReadOnlyDictionary<string, string> data)
    {
        if (data.TryGetValue("text/vnd.mermaid", out string? drawing))
            return $"<pre class=\"mermaid\">{HtmlFrame.Text(drawing)}</pre>";
        // The kit's own charts know how to draw on a narrow page. Of others, only the figure is sure to ask no network.
        string? html = data.GetValueOrDefault("text/html");
        if (html?.Contains("class=\"esx-chart\"", StringComparison.Ordinal) != true && data.TryGetValue("application/vnd.plotly.v1+json", out string? figure))
            return Chart(figure);
        if (html is not null)
            return $"<div class=\"wide\">{html}</div>";
        if (data.TryGetValue("image/svg+xml", out string? svg))
            return $"<div class=\"wide\">{svg[Math.Max(0, svg.IndexOf("<svg", StringComparison.Ordinal))..]}</div>";
        foreach (string image in (string[])["image/png", "image/jpeg", "image/gif"])
            if (data.TryGetValue(image, out string? base64))
                return $"<img alt=\"Picture made by the cell\" src=\"data:{image};base64,{string.Concat(base64.Where(c => !char.IsWhiteSpace(c)))}\">";
        if (data.TryGetValue("text/markdown", out string? markdown))
            return prose.ToHtml(markdown);
        string? text = data.GetValueOrDefault("text/plain") ?? data.GetValueOrDefault("application/json") ?? data.OrderBy(entry => entry.Key, StringComparer.Ordinal).FirstOrDefault().Value;
        return text is null ? "" : $"<pre class=\"stream\" tabindex=\"0\">{Plain(text)}</pre>";
    }

    private string Chart(string figure)
    {
        using JsonDocument parsed = JsonDocument.Parse(figure);
        // Written anew by the default encoder, which escapes '<': no text in a chart can close the script element.
        string safe = JsonSerializer.Serialize(parsed.RootElement);
        string id = $"chart-{++charts}";
        return $"<div class=\"esx-chart\" id=\"{id}\"></div><script>(function(f){{Plotly.newPlot('{id}',f.data,f.layout,Object.assign({{responsive:true}},f.config));}})({safe});</script>";
    }

    private static string Plain(string text) => HtmlFrame.Text(Ansi().Replace(text, ""));

    /// <summary>Colour codes for a terminal, which other kernels put into tracebacks.</summary>
    [GeneratedRegex(@"\x1b\[[0-9;?]*[A-Za-z]")]
    private static partial Regex Ansi();
}
