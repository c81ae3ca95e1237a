using EsxCourse.Contracts;
using EsxCourse.Notebooks;
using EsxCourse.Tests;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary><c>#load</c> and <c>#!import</c>: code from beside the notebook, whose faults are told where they are.</summary>
public sealed class ImportTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private Task<NotebookRun> RunAsync(params string[] cells) =>
        NotebookRunner.RunAsync(Notebooks.Of(cells), new NotebookRunOptions { Folder = folder.Path, ContinueAfterFailure = true }, cancel: TestContext.Current.CancellationToken);

    private static IReadOnlyList<string> Traceback(NotebookRun run, int cell) => Assert.Single(run.Document.Cells[cell - 1].Outputs.OfType<ErrorOutput>()).Traceback;

    [Fact]
    public async Task Csharp_files_run_before_the_code_of_load_and_in_the_place_of_import()
    {
        folder.Write("lib/one.csx", "using System.Globalization;\nint Square(int n) => n * n;\nConsole.WriteLine(\"one\");");
        folder.Write("two.cs", "record Vm(string Name);\nConsole.WriteLine(\"two\");");
        NotebookRun run = await RunAsync("Console.WriteLine(Square(3));\n#load \"lib/one.csx\"", "Console.WriteLine(\"before\");\n#!import two.cs\nConsole.WriteLine(new Vm(\"a\"));", "#!import \"two.cs\"");
        run.AssertRan();
        Assert.Equal("one\n9\n", run.Text(1));
        Assert.Equal("before\ntwo\nVm { Name = a }\n", run.Text(2));
        Assert.Equal("two\n", run.Text(3));
    }

    [Theory]
    [InlineData("ipynb")]
    [InlineData("dib")]
    public async Task A_notebooks_code_cells_are_imported_with_their_languages(string kind)
    {
        NotebookDocument notebook = Notebooks.Of("int basics = 20;", "#!html\n<b>shown</b>", "basics++;");
        if (kind == "ipynb")
            NotebookFile.Write(notebook with { Cells = [new NotebookCell("p", CellKind.Markdown, "# prose"), .. notebook.Cells] }, folder.File("basics.ipynb"));
        else
            folder.Write("basics.dib", "#!markdown\n\n# prose\n\n#!csharp\n\nint basics = 20;\n\n#!html\n\n<b>shown</b>\n\n#!csharp\n\nbasics++;\n");
        NotebookRun run = await RunAsync($"#!import basics.{kind}\nbasics * 2");
        run.AssertRan();
        Assert.Equal("<b>shown</b>|42", run.Plain(1));
    }

    [Fact]
    public async Task An_imported_file_imports_from_its_own_folder()
    {
        folder.Write("lib/outer.csx", "#load \"inner.csx\"\nint outer = inner + 1;");
        folder.Write("lib/inner.csx", "int inner = 1;");
        NotebookRun run = await RunAsync("#!import lib/outer.csx", "outer");
        run.AssertRan();
        Assert.Equal("2", run.Plain(2));
    }

    [Fact]
    public async Task An_error_of_the_compiler_is_told_with_the_files_line_and_the_line_that_imports()
    {
        folder.Write("bad.csx", "int a = 1;\n\nint b = nothing;");
        NotebookRun run = await RunAsync("1\n#!import bad.csx\nConsole.Write(\"after\");", "#load \"bad.csx\"");
        Assert.Equal("cell 1, line 2: bad.csx, line 3, column 9: error CS0103: The name 'nothing' does not exist in the current context", run.Failures[0].ToString());
        Assert.Equal("   imported by cell 1, line 2", Traceback(run, 1)[^1]);
        Assert.Equal("", run.Text(1));
        Assert.Equal((2, 1), (run.Failures[1].Cell, run.Failures[1].Line));
    }

    [Fact]
    public async Task An_exception_names_the_lines_of_the_imported_file_then_and_later()
    {
        folder.Write("lib/fails.csx", "int Fail(int n)\n{\n    throw new InvalidOperationException($\"no {n}\");\n}\nif (early)\n    Fail(1);");
        NotebookRun run = await RunAsync("bool early = true;", "#!import lib/fails.csx", "early = false;\n#!import lib/fails.csx", "\nFail(2)");
        Assert.Equal(["System.InvalidOperationException: no 1", "   at Fail in lib/fails.csx, line 3", "   at lib/fails.csx, line 6", "   imported by cell 2, line 1"], Traceback(run, 2));
        Assert.Equal(["System.InvalidOperationException: no 2", "   at Fail in lib/fails.csx, line 3", "   at cell 4, line 2"], Traceback(run, 4));
    }

    [Fact]
    public async Task A_fault_in_an_imported_notebook_names_its_cell()
    {
        NotebookFile.Write(Notebooks.Of("1", "int a = 0;\n_ = 1 / a;"), folder.File("bad.ipynb"));
        NotebookRun run = await RunAsync("#!import bad.ipynb");
        Assert.Contains("   at bad.ipynb, cell 2, line 2", Traceback(run, 1));
    }

    [Fact]
    public async Task Files_that_import_each_other_are_told_so()
    {
        folder.Write("a.csx", "#load \"b.csx\"");
        folder.Write("b.csx", "\n#load \"a.csx\"");
        NotebookRun run = await RunAsync("#!import a.csx", "1 + 1");
        Assert.Contains("b.csx, line 2: 'a.csx' imports itself", run.Failures[0].Message, StringComparison.Ordinal);
        Assert.Equal("2", run.Plain(2));
    }

    [Theory]
    [InlineData("#load \"none.csx\"", "does not exist")]
    [InlineData("#!import none.ipynb", "does not exist")]
    [InlineData("#!import data.json", "neither C# nor a notebook")]
    [InlineData("#!import", "names no file")]
    [InlineData("#i \"somewhere\"", "names no package source")]
    public async Task What_cannot_be_imported_is_said_before_anything_runs(string cell, string problem) =>
        Assert.Contains(problem, (await Assert.ThrowsAsync<BadInputException>(() => RunAsync(cell))).Problem, StringComparison.Ordinal);

    [Fact]
    public async Task A_missing_file_inside_an_imported_one_is_the_cells_failure()
    {
        folder.Write("a.csx", "\n#load \"none.csx\"");
        Assert.Contains("a.csx, line 2: the file of #load \"none.csx\" does not exist", Assert.Single((await RunAsync("1\n#!import a.csx")).Failures).Message, StringComparison.Ordinal);
    }
}
