using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary>Values that have no formatter of their own read well in HTML and in text.</summary>
public sealed class RichOutputTests
{
    private static async Task<(string Html, string Text)> ShownAsync(string cell)
    {
        NotebookRun run = await Notebooks.RunAsync(cell);
        run.AssertRan();
        ResultOutput result = run.Document.Cells[0].Outputs.OfType<ResultOutput>().Single();
        return (result.Data["text/html"], result.Data["text/plain"]);
    }

    [Fact]
    public async Task An_object_shows_its_properties_by_name()
    {
        (string html, string text) = await ShownAsync("record Frame(int Mpn, string Owner); new Frame(12, \"VM 1\")");
        Assert.All(["Mpn", "12", "Owner", "VM 1"], word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.All(["Mpn", "12", "Owner", "VM 1"], word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Contains("<table", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_shows_its_elements_and_cuts_a_long_one()
    {
        (string html, string text) = await ShownAsync("new[] { 3, 1, 4 }");
        Assert.Equal("[ 3, 1, 4 ]", text);
        Assert.All(["3", "1", "4"], page => Assert.Contains(page, html, StringComparison.Ordinal));
        (html, text) = await ShownAsync("Enumerable.Range(0, 100_000)");
        Assert.True(html.Length < 100_000 && text.Length < 10_000, $"{html.Length}, {text.Length}");
        Assert.Contains("more", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_sequence_of_objects_is_a_table_with_a_line_an_element_that_opens()
    {
        (string html, string text) = await ShownAsync("new[] { new { Vm = \"a\", Pages = 5 }, new { Vm = \"b\", Pages = 7 } }");
        Assert.Equal(2, html.Split("<details").Length - 1);
        Assert.Contains("index", html, StringComparison.Ordinal);
        Assert.All(["a", "b", "5", "7"], word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.All(["Vm", "Pages", "5", "7"], word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dictionary_shows_keys_beside_values()
    {
        (string html, string text) = await ShownAsync("new Dictionary<string, int> { [\"zero\"] = 9, [\"common\"] = 4 }");
        Assert.All(["zero", "9", "common", "4"], word => Assert.Contains(word, html, StringComparison.Ordinal));
        Assert.All(["zero", "9", "common", "4"], word => Assert.Contains(word, text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_exception_as_a_value_shows_its_type_and_message()
    {
        (string html, string text) = await ShownAsync("new InvalidOperationException(\"no frame is free\")");
        Assert.All([html, text], shown => Assert.Contains("no frame is free", shown, StringComparison.Ordinal));
        Assert.All([html, text], shown => Assert.Contains("InvalidOperationException", shown, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_a_value_says_is_never_markup()
    {
        (string html, string text) = await ShownAsync("new { Name = \"<script>alert(1)</script>\" }");
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        Assert.Contains("<script>", text, StringComparison.Ordinal);
    }
}
