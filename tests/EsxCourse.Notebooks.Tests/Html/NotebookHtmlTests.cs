namespace EsxCourse.Notebooks.Tests.Html;

public sealed class NotebookHtmlTests
{
    private static string Body(params NotebookCell[] cells) => NotebookHtml.ToPage(new NotebookDocument(cells), "a.html").Body;

    private static NotebookCell Code(string source, params CellOutput[] outputs) => new("c", CellKind.Code, source) { Outputs = outputs };

    private static DisplayOutput Shown(params (string Mime, string Content)[] data) => new(data.ToDictionary(entry => entry.Mime, entry => entry.Content));

    [Fact]
    public void Code_and_console_text_are_encoded()
    {
        string body = Body(Code("a < b", new StreamOutput("stdout", "<script>alert(1)</script>")));
        Assert.Contains("a &lt; b", body, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert", body, StringComparison.Ordinal);
    }

    [Fact]
    public void HTML_is_preferred_to_text() =>
        Assert.Contains("<b>rich</b>", Body(Code("", Shown(("text/plain", "plain"), ("text/html", "<b>rich</b>")))), StringComparison.Ordinal);

    [Theory]
    [InlineData("<div class=\"esx-chart\">own</div>", "own")]
    [InlineData("<script src=\"elsewhere\">foreign</script>", "Plotly.newPlot")]
    public void A_chart_of_the_kit_draws_itself_and_a_foreign_one_is_drawn_from_its_figure(string html, string shown)
    {
        string body = Body(Code("", Shown(("application/vnd.plotly.v1+json", """{"data":[],"layout":{}}"""), ("text/html", html))));
        Assert.Contains(shown, body, StringComparison.Ordinal);
        Assert.Equal(shown == "own", body.Contains("class=\"esx-chart\">own", StringComparison.Ordinal));
        Assert.DoesNotContain("elsewhere", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_plotly_figure_is_drawn_and_cannot_break_out_of_its_script()
    {
        string body = Body(Code("", Shown(("application/vnd.plotly.v1+json", """{"data":[],"layout":{"title":"</script><b>"}}"""))));
        Assert.Equal([OfflineScripts.Plotly], OfflineScripts.NeededBy(body));
        Assert.DoesNotContain("</script><b>", body, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mermaid_drawing_makes_the_page_ship_mermaid() =>
        Assert.Equal([OfflineScripts.Mermaid], OfflineScripts.NeededBy(Body(Code("#!mermaid\ngraph TD", Shown(("text/vnd.mermaid", "graph TD"))))));

    [Fact]
    public void An_error_shows_its_traceback_without_terminal_colours() =>
        Assert.Contains("<pre class=\"error\" tabindex=\"0\">line 1\nred</pre>", Body(Code("", new ErrorOutput("E", "m", ["line 1", "\u001b[31mred\u001b[0m"]))), StringComparison.Ordinal);

    [Fact]
    public void Neighbouring_pieces_of_a_stream_are_one_block() =>
        Assert.Contains(">ab</pre>", Body(Code("", new StreamOutput("stdout", "a"), new StreamOutput("stdout", "b"))), StringComparison.Ordinal);

    [Fact]
    public void Headings_of_the_same_words_get_different_ids()
    {
        string body = Body(new NotebookCell("a", CellKind.Markdown, "## Tax\n\n## Tax"), new NotebookCell("b", CellKind.Markdown, "## Tax"));
        Assert.Contains("id=\"tax\"", body, StringComparison.Ordinal);
        Assert.Contains("id=\"tax-2\"", body, StringComparison.Ordinal);
        Assert.Contains("id=\"tax-3\"", body, StringComparison.Ordinal);
    }

    [Fact]
    public void The_notebooks_own_heading_is_not_written_twice() =>
        Assert.False(NotebookHtml.ToPage(new NotebookDocument([new NotebookCell("a", CellKind.Markdown, "# Mine")]), "a.html").ShowsTitle);

    [Theory]
    [InlineData("int x = 1; // note", "<span class=\"tok-k\">int</span> x = <span class=\"tok-n\">1</span>; <span class=\"tok-c\">// note</span>")]
    [InlineData("$\"a{b}\" + '\\n'", "<span class=\"tok-s\">$&quot;a{b}&quot;</span> + <span class=\"tok-s\">&#39;\\n&#39;</span>")]
    [InlineData("#!time\nx", "<span class=\"tok-m\">#!time</span>\nx")]
    [InlineData("\"\"\"a \"b\" // c\"\"\"", "<span class=\"tok-s\">&quot;&quot;&quot;a &quot;b&quot; // c&quot;&quot;&quot;</span>")]
    public void Csharp_is_coloured(string code, string html) => Assert.Equal(html, CSharpColours.ToHtml(code));
}
