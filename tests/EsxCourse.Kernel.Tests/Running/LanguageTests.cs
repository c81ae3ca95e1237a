using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary>What a cell may say. Each session runs many cells, since its start is the dear part.</summary>
public sealed class LanguageTests
{
    [Fact]
    public async Task Variables_types_usings_and_functions_live_on_in_later_cells()
    {
        NotebookRun run = await Notebooks.RunAsync(
            "using System.Globalization;\nint pages = 20; record Vm(string Name, int Shares); int Double(int n) => 2 * n;",
            "pages += Double(5);",
            "new Vm(\"a\", pages).Shares + CultureInfo.InvariantCulture.NumberFormat.NumberDecimalDigits",
            "int pages = 1; pages");
        run.AssertRan();
        Assert.Equal("32", run.Plain(3));
        Assert.Equal("1", run.Plain(4));
    }

    [Fact]
    public async Task A_cell_of_usings_or_comments_alone_is_a_cell()
    {
        NotebookRun run = await Notebooks.RunAsync("// nothing yet", "using System.Globalization;", "CultureInfo.InvariantCulture.TextInfo.IsRightToLeft");
        run.AssertRan();
        Assert.Equal("False", run.Plain(3));
    }

    [Fact]
    public async Task Await_works_at_the_top_level()
    {
        NotebookRun run = await Notebooks.RunAsync("var x = await Task.Run(() => 41);", "await Task.Yield(); x + 1");
        run.AssertRan();
        Assert.Equal("42", run.Plain(2));
    }

    [Fact]
    public async Task Outputs_come_in_the_order_of_the_cell()
    {
        NotebookRun run = await Notebooks.RunAsync("Console.WriteLine(\"one\"); display(2); Console.Write(\"three\"); Console.Error.Write(\"four\"); 5");
        run.AssertRan();
        Assert.Collection(
            run.Document.Cells[0].Outputs,
            output => Assert.Equal(new StreamOutput("stdout", "one\n"), output),
            output => Assert.Equal("2", Assert.IsType<DisplayOutput>(output).Data["text/plain"]),
            output => Assert.Equal(new StreamOutput("stdout", "three"), output),
            output => Assert.Equal(new StreamOutput("stderr", "four"), output),
            output => Assert.Equal(("5", 1), (Assert.IsType<ResultOutput>(output).Data["text/plain"], ((ResultOutput)output).ExecutionCount)));
    }

    [Fact]
    public async Task Display_and_HTML_show_rich_output_and_an_update_replaces_it()
    {
        NotebookRun run = await Notebooks.RunAsync(
            "var shown = display(HTML(\"<b>first</b>\"));",
            "shown.Update(HTML(\"<i>second</i>\"));",
            "new[] { new { Name = \"a\", Pages = 5 } }",
            "\"<u>x</u>\".DisplayAs(\"text/html\");");
        run.AssertRan();
        Assert.Equal("<i>second</i>", Assert.IsType<DisplayOutput>(Assert.Single(run.Document.Cells[0].Outputs)).Data["text/html"]);
        Assert.Empty(run.Document.Cells[1].Outputs);
        Assert.Contains("<table", Assert.IsType<ResultOutput>(run.Document.Cells[2].Outputs[0]).Data["text/html"], StringComparison.Ordinal);
        Assert.Equal("<u>x</u>", Assert.IsType<DisplayOutput>(run.Document.Cells[3].Outputs[0]).Data["text/html"]);
    }

    [Fact]
    public async Task One_cell_may_speak_several_languages()
    {
        NotebookRun run = await Notebooks.RunAsync("#!time\n1 + 1\n#!html\n<b>x</b>\n#!mermaid\ngraph TD\n A-->B\n#!csharp\n2 + 2\n#!markdown\n# prose");
        run.AssertRan();
        IReadOnlyList<CellOutput> outputs = run.Document.Cells[0].Outputs;
        Assert.Equal("2", Assert.IsType<ResultOutput>(outputs[0]).Data["text/plain"]);
        Assert.Equal("<b>x</b>", Assert.IsType<DisplayOutput>(outputs[1]).Data["text/html"]);
        Assert.Equal("graph TD\n A-->B", Assert.IsType<DisplayOutput>(outputs[2]).Data["text/vnd.mermaid"]);
        Assert.Equal("4", Assert.IsType<ResultOutput>(outputs[3]).Data["text/plain"]);
        Assert.Equal("# prose", Assert.IsType<DisplayOutput>(outputs[4]).Data["text/markdown"]);
        Assert.StartsWith("Wall time", Assert.IsType<DisplayOutput>(outputs[5]).Data["text/plain"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_session_can_be_asked_about_itself()
    {
        NotebookRun run = await Notebooks.RunAsync("int pages = 7; string vm = \"a\";", "#!whos", "#!who", "#!lsmagic", "#!about");
        run.AssertRan();
        Assert.Contains("pages", Assert.IsType<DisplayOutput>(run.Document.Cells[1].Outputs[0]).Data["text/html"], StringComparison.Ordinal);
        Assert.Equal("pages\nvm", run.Plain(3));
        Assert.Contains("#!mermaid", run.Plain(4), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cell_that_an_editor_marked_as_mermaid_is_drawn_without_a_magic()
    {
        NotebookDocument notebook = Notebooks.Of("graph TD");
        NotebookCell cell = notebook.Cells[0] with { Metadata = new() { ["polyglot_notebook"] = new System.Text.Json.Nodes.JsonObject { ["kernelName"] = "mermaid" } } };
        NotebookRun run = await NotebookRunner.RunAsync(notebook with { Cells = [cell] }, cancel: TestContext.Current.CancellationToken);
        Assert.True(Assert.IsType<DisplayOutput>(Assert.Single(run.Document.Cells[0].Outputs)).Data.ContainsKey("text/vnd.mermaid"));
    }
}
