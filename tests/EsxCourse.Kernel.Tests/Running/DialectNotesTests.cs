using EsxCourse.Notebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary>What a notebook may rely on in .NET Interactive and here alike, and what neither takes: one test for each rule of the dialect.</summary>
public sealed class DialectNotesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    // C# as a script: what needs a file of its own, or a method around it, is refused by the compiler and told with its line.
    [Theory]
    [InlineData("int first = 1;\nnamespace Pages { }", "CS7021")] // Cannot declare namespace in script code.
    [InlineData("int first = 1;\nusing var file = new System.IO.MemoryStream();", "CS1")]
    [InlineData("int first = 1;\nSpan<int> pages = stackalloc int[4];", "CS8345")] // A field cannot be a span.
    [InlineData("int first = 1;\nstatic class Pages { extension(int page) { public int Next => page + 1; } }", "CS9283")] // Extensions need a top-level class.
    public async Task Csharp_as_a_script_refuses(string cell, string error)
    {
        CellFailure failure = Assert.Single((await Notebooks.RunAsync(cell)).Failures);
        Assert.StartsWith(error, failure.Message[failure.Message.IndexOf("CS", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(2, failure.Line);
    }

    [Fact]
    public async Task A_relative_path_counts_from_the_notebooks_folder()
    {
        folder.Write("lib/pages.csx", "int pages = 7;");
        NotebookRun run = await RunAsync("#load \"lib/pages.csx\"\n$\"{pages} {System.IO.File.Exists(\"lib/pages.csx\")}\"");
        run.AssertRan();
        Assert.Equal("7 True", run.Plain(1));
    }

    [Fact]
    public async Task A_formatter_is_registered_by_a_call_in_the_first_cell()
    {
        NotebookRun run = await RunAsync("record Frame(int Mpn); Formatter.Register<Frame>(f => $\"<b>{f.Mpn}</b>\", \"text/html\");", "new Frame(4)");
        run.AssertRan();
        Assert.Equal("<b>4</b>", Assert.IsType<ResultOutput>(run.Document.Cells[1].Outputs[0]).Data["text/html"]);
    }

    [Fact]
    public async Task A_type_may_name_the_source_of_its_formatters()
    {
        Compile("Shown", """
            using System.Collections.Generic;
            using Microsoft.DotNet.Interactive.Formatting;
            [TypeFormatterSource(typeof(PageFormatters))]
            public sealed class Page { }
            public sealed class PageFormatters : ITypeFormatterSource
            {
                public IEnumerable<ITypeFormatter> CreateTypeFormatters() => new[] { new HtmlFormatter<Page>(_ => "<b>by its source</b>") };
            }
            """);
        NotebookRun run = await RunAsync("#r \"Shown.dll\"", "new Page()");
        run.AssertRan();
        Assert.Contains("by its source", Assert.IsType<ResultOutput>(run.Document.Cells[1].Outputs[0]).Data["text/html"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_library_that_is_referred_to_by_path_runs_no_extension()
    {
        Compile("Extended", """
            namespace Microsoft.DotNet.Interactive { public interface IKernelExtension { System.Threading.Tasks.Task OnLoadAsync(object kernel); } }
            public sealed class Extension : Microsoft.DotNet.Interactive.IKernelExtension
            {
                public static bool Loaded;
                public System.Threading.Tasks.Task OnLoadAsync(object kernel) { Loaded = true; return System.Threading.Tasks.Task.CompletedTask; }
            }
            """);
        NotebookRun run = await RunAsync("#r \"Extended.dll\"", "Extension.Loaded");
        run.AssertRan();
        Assert.Equal("False", run.Plain(2));
    }

    [Fact]
    public async Task The_magic_in_the_source_says_the_language_and_no_metadata_is_needed()
    {
        NotebookRun run = await RunAsync("#!html\n<i>x</i>", "#!markdown\n# x", "#!mermaid\ngraph TD");
        run.AssertRan();
        Assert.Equal(["text/html", "text/markdown", "text/vnd.mermaid"], run.Document.Cells.Select(cell => Assert.IsType<DisplayOutput>(cell.Outputs[0]).Data.Keys.First()));
    }

    private Task<NotebookRun> RunAsync(params string[] cells) =>
        NotebookRunner.RunAsync(Notebooks.Of(cells), new NotebookRunOptions { Folder = folder.Path }, cancel: TestContext.Current.CancellationToken);

    private void Compile(string name, string code)
    {
        CSharpCompilation compilation = CSharpCompilation.Create(
            name,
            [CSharpSyntaxTree.ParseText(code)],
            ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(file => MetadataReference.CreateFromFile(file)),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));
        Assert.Empty(compilation.Emit(folder.File(name + ".dll")).Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
    }
}
