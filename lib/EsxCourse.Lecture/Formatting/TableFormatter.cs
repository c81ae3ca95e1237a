using System.Net;
using System.Text;
using Microsoft.DotNet.Interactive.Formatting;

namespace EsxCourse.Lecture.Formatting;

/// <summary>Writes a <see cref="LectureTable"/> as an HTML table with a caption and row headers.</summary>
internal static class TableFormatter
{
    public static void Register()
    {
        Formatter.Register<LectureTable>(ToHtml, HtmlFormatter.MimeType);
        Formatter.Register<LectureTable>(table => table.ToString(), PlainTextFormatter.MimeType);
    }

    internal static string ToHtml(LectureTable table)
    {
        StringBuilder html = new($"<div class=\"wide\"><table class=\"esx-table\">\n<caption>{Text(table.Caption)}</caption>\n<thead><tr>");
        foreach (string header in table.Headers)
            html.Append($"<th scope=\"col\">{Text(header)}</th>");
        html.Append("</tr></thead>\n<tbody>\n");
        foreach (IReadOnlyList<string> row in table.Rows)
            html.Append("<tr>").AppendJoin("", row.Select((cell, column) => column == 0 ? $"<th scope=\"row\">{Text(cell)}</th>" : $"<td>{Text(cell)}</td>")).Append("</tr>\n");
        return html.Append("</tbody>\n</table></div>\n").ToString();
    }

    private static string Text(string plain) => WebUtility.HtmlEncode(plain);
}
