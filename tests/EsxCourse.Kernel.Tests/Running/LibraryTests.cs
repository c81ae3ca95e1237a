using EsxCourse.Notebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary><c>#r</c>: libraries beside the notebook and packages. The libraries are compiled here, so that nothing else is loaded with them.</summary>
public sealed class LibraryTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("esx-kernel-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string Compile(string name, string code, params string[] references)
    {
        string path = Path.Combine(folder, name + ".dll");
        IEnumerable<string> all = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Concat(references);
        CSharpCompilation compilation = CSharpCompilation.Create(
            Path.GetFileName(name),
            [CSharpSyntaxTree.ParseText(code)],
            all.Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.Emit(path).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return path;
    }

    private Task<NotebookRun> RunAsync(params string[] cells) =>
        NotebookRunner.RunAsync(Notebooks.Of(cells), new NotebookRunOptions { Folder = folder }, cancel: TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_library_finds_what_it_needs_beside_itself_at_run_time()
    {
        Directory.CreateDirectory(Path.Combine(folder, "sub"));
        string below = Compile("sub/Below", "namespace Below { public static class Deep { public static int Answer() => 42; } }");
        Compile("sub/Above", "namespace Above { public static class Top { public static int Answer() => Below.Deep.Answer(); } }", below);
        NotebookRun run = await RunAsync("#r \"sub/Above.dll\"\nAbove.Top.Answer()");
        run.AssertRan();
        Assert.Equal("42", run.Plain(1));
    }

    [Fact]
    public async Task A_librarys_module_initialiser_runs_on_load_and_its_formatters_are_the_sessions()
    {
        Compile("Shown", """
            using Microsoft.DotNet.Interactive.Formatting;
            public sealed class Page { }
            public static class Start
            {
                [System.Runtime.CompilerServices.ModuleInitializer]
                public static void Run() => Formatter.Register<Page>(_ => "<b>a page</b>", "text/html");
            }
            """);
        NotebookRun run = await RunAsync("#r \"Shown.dll\"", "new Page()");
        run.AssertRan();
        Assert.Equal("<b>a page</b>", Assert.IsType<ResultOutput>(run.Document.Cells[1].Outputs[0]).Data["text/html"]);
    }

    [Fact]
    public async Task A_copy_of_an_assembly_that_the_session_has_is_not_loaded_again()
    {
        string copy = Path.Combine(folder, "Microsoft.DotNet.Interactive.Formatting.dll");
        File.Copy(Path.Combine(AppContext.BaseDirectory, "Microsoft.DotNet.Interactive.Formatting.dll"), copy);
        NotebookRun run = await RunAsync("#r \"Microsoft.DotNet.Interactive.Formatting.dll\"\nFormatter.Register<System.Uri>(u => \"mine\", \"text/html\");", "new Uri(\"esx:a\")");
        run.AssertRan();
        Assert.Equal("mine", Assert.IsType<ResultOutput>(run.Document.Cells[1].Outputs[0]).Data["text/html"]);
    }

    [Fact]
    public async Task A_formatter_that_throws_fails_the_cell_and_not_the_session()
    {
        NotebookRun run = await NotebookRunner.RunAsync(
            Notebooks.Of("class Odd { } Formatter.Register<Odd>((Func<Odd, string>)(_ => throw new Exception(\"cannot show\")), \"text/html\");", "new Odd()", "1"),
            new NotebookRunOptions { ContinueAfterFailure = true },
            cancel: TestContext.Current.CancellationToken);
        Assert.Equal([CellStatus.Ran, CellStatus.Failed, CellStatus.Ran], run.Cells.Select(cell => cell.Status));
        Assert.Contains("cannot show", run.Failures[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_package_is_restored_loaded_and_named_with_its_version()
    {
        NotebookRun run = await RunAsync("#r \"nuget: Newtonsoft.Json, 13.0.1\"", "Newtonsoft.Json.JsonConvert.SerializeObject(new[] { 1, 2 })");
        if (run.Failures is [{ } failure] && failure.Message.Contains("cannot be restored", StringComparison.Ordinal))
            Assert.SkipUnless(Environment.GetEnvironmentVariable("ESXCOURSE_REQUIRE_TOOLS") == "1", "needs the network: " + failure.Message);
        run.AssertRan();
        Assert.Equal("Packages: Newtonsoft.Json 13.0.1", run.Plain(1));
        Assert.Equal("[1,2]", run.Plain(2));
    }

    [Fact]
    public async Task A_package_that_cannot_be_had_is_said_in_one_line()
    {
        NotebookRun run = await RunAsync("1\n#r \"nuget: EsxCourse.No.Such.Package, 1.0.0\"");
        CellFailure failure = Assert.Single(run.Failures);
        Assert.Equal(2, failure.Line);
        Assert.Contains("EsxCourse.No.Such.Package 1.0.0 cannot be restored: NU", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', failure.Message);
    }
}
