using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EsxCourse.Notebooks;

/// <summary>
/// What a site's search looks through: every page, cut at its headings, as plain text. Written as a script that sets a global, because a page
/// that was opened from a file may load scripts and may not fetch anything else.
/// </summary>
internal static partial class SiteSearch
{
    private const int LongestText = 4000;

    public static string Script(IEnumerable<HtmlPage> pages) =>
        $"window.esxSearch={JsonSerializer.Serialize(pages.SelectMany(Entries).Where(entry => entry.x.Length > 0))};\n";

    // Short names: the index holds a book.
    private static IEnumerable<Entry> Entries(HtmlPage page)
    {
        string body = Silent().Replace(page.Body, " ");
        Match[] headings = [.. Heading().Matches(body).Cast<Match>()];
        yield return new Entry(page.Title, page.Title, page.FileName, Plain(headings.Length == 0 ? body : body[..headings[0].Index]));
        for (int i = 0; i < headings.Length; i++)
        {
            int from = headings[i].Index + headings[i].Length, to = i + 1 < headings.Length ? headings[i + 1].Index : body.Length;
            yield return new Entry(page.Title, Plain(headings[i].Groups["text"].Value), $"{page.FileName}#{headings[i].Groups["id"].Value}", Plain(body[from..to]));
        }
    }

    private static string Plain(string html)
    {
        string text = Spaces().Replace(WebUtility.HtmlDecode(Tag().Replace(html, " ")), " ").Trim();
        return text.Length > LongestText ? text[..LongestText] : text;
    }

    private sealed record Entry(string t, string h, string u, string x);

    // What is not read: scripts, styles, and the definitions of drawings.
    [GeneratedRegex("<(script|style|svg)\\b.*?</\\1>|<pre class=\"mermaid\".*?</pre>", RegexOptions.Singleline)]
    private static partial Regex Silent();

    [GeneratedRegex("<h[1-3][^>]* id=\"(?<id>[^\"]+)\"[^>]*>(?<text>.*?)</h[1-3]>", RegexOptions.Singleline | RegexOptions.ExplicitCapture)]
    private static partial Regex Heading();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\\s+")]
    private static partial Regex Spaces();
}
