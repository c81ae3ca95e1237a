using EsxCourse.Lecture.Formatting;

namespace EsxCourse.Lecture.Tests.Formatting;

public sealed class LectureTableTests
{
    private static readonly LectureTable Table = LectureTable.Of("Squares", new[] { 1, 12 }, ("n", n => n), ("n²", n => (double)n * n), ("half", n => n / 2.0));

    [Fact]
    public void As_text_its_columns_are_aligned() => Assert.Equal("Squares\nn    n²  half\n1     1   0.5\n12  144     6", Table.ToString());

    [Fact]
    public void As_HTML_it_has_a_caption_and_names_for_rows_and_columns()
    {
        string html = TableFormatter.ToHtml(Table);
        Assert.Contains("<caption>Squares</caption>", html, StringComparison.Ordinal);
        Assert.Contains("<th scope=\"col\">n²</th>", System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        Assert.Contains("<th scope=\"row\">12</th><td>144</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_cell_says_is_text_not_markup() =>
        Assert.Contains("&lt;b&gt;", TableFormatter.ToHtml(LectureTable.Of("x", new[] { "<b>" }, ("name", name => name))), StringComparison.Ordinal);
}
