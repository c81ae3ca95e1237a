using System.Runtime.Loader;
using System.Text;
using EsxCourse.Kernel.Cells;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace EsxCourse.Kernel.Engine;

/// <summary>Code that compiled and waits to be run; <paramref name="Run"/> is null where there is nothing to run, as in a cell of usings.</summary>
internal sealed record Submission(CSharpCompilation Compilation, Func<object?[], Task<object?>>? Run);

/// <summary>The chain of C# submissions: each sees the variables, types and usings of those before it.</summary>
/// <remarks>
/// Compiled with <see cref="CSharpCompilation.CreateScriptCompilation"/>, emitted, loaded, and started by its factory; the scripting API's own
/// <c>Script&lt;T&gt;</c> does the same more slowly. References and usings go with the first submission only, since later ones inherit them:
/// passing them to each one made memory grow without bound. The runtime's less usual libraries come in before the first library of the
/// session's own, which may refer to them, or with the first submission that does not compile without them. A submission that threw stays in the chain, with what it had assigned.
/// Variables live as fields of one object per submission, in <c>states</c>; slot 0 is unused (it would hold a globals object).
/// </remarks>
internal sealed class SubmissionChain
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.Latest, DocumentationMode.None, SourceCodeKind.Script);

    private static readonly string[] Usings =
    [
        "System", "System.Text", "System.Collections", "System.Collections.Generic", "System.Threading.Tasks", "System.Linq",
        "Microsoft.DotNet.Interactive.Formatting", "EsxCourse.Kernel.Cells", typeof(CellFunctions).FullName!,
    ];

    /// <summary>Whether stack traces can name lines; costs about two milliseconds a cell. Off if ESXCOURSE_KERNEL_SYMBOLS is 0.</summary>
    private static readonly bool WithSymbols = Environment.GetEnvironmentVariable("ESXCOURSE_KERNEL_SYMBOLS") != "0";

    private readonly List<MetadataReference> pending = [.. References.Base(held: false)];
    private IReadOnlyList<MetadataReference> held = [.. References.Base(held: true)];
    private CSharpCompilation? last;
    private object?[] states = new object?[64];
    private int count;
    private int compiled;

    /// <summary>The last submission that ran, or null; its symbols are what a completion can offer.</summary>
    public CSharpCompilation? Last => last;

    /// <summary>The objects that hold the variables, oldest first.</summary>
    public IEnumerable<object> States => states.Skip(1).OfType<object>();

    /// <summary>Makes a library visible from the next submission on.</summary>
    public void Add(MetadataReference reference)
    {
        TakeHeld();
        pending.Add(reference);
    }

    private void TakeHeld()
    {
        pending.AddRange(held);
        held = [];
    }

    /// <summary>Reads code as a script.</summary>
    /// <param name="text">The code.</param>
    /// <param name="label">What the file is called in diagnostics and stack traces: <c>cell 3</c>.</param>
    public static SyntaxTree Parse(string text, string label) => CSharpSyntaxTree.ParseText(SourceText.From(text, Encoding.UTF8), Parsing, label);

    /// <summary>The tree as the next submission, not emitted, with everything in sight that it could use.</summary>
    public CSharpCompilation Next(SyntaxTree tree) => Next(tree, [.. pending, .. held]);

    private CSharpCompilation Next(SyntaxTree tree, IEnumerable<MetadataReference> added)
    {
        CSharpCompilationOptions options = new(
            OutputKind.DynamicallyLinkedLibrary,
            scriptClassName: $"Submission#{compiled}",
            usings: last is null ? Usings : [],
            optimizationLevel: OptimizationLevel.Release,
            allowUnsafe: true,
            concurrentBuild: false,
            assemblyIdentityComparer: DesktopAssemblyIdentityComparer.Default,
            nullableContextOptions: NullableContextOptions.Annotations);
        return CSharpCompilation.CreateScriptCompilation($"esx-submission-{compiled}", tree, added, options, last, typeof(object));
    }

    /// <summary>Compiles code as the next submission.</summary>
    /// <param name="tree">The code, as from <see cref="Parse"/>.</param>
    /// <param name="diagnostics">The errors, if it does not compile.</param>
    /// <returns>What to pass to <see cref="RunAsync"/>, or null if it does not compile; the chain is then as before.</returns>
    public Submission? Compile(SyntaxTree tree, out IReadOnlyList<Diagnostic> diagnostics)
    {
        compiled++;
        if (Compile(tree, pending, out diagnostics) is { } submission)
            return submission;
        if (held.Count == 0 || Compile(tree, [.. pending, .. held], out diagnostics) is not { } wider)
            return null;
        TakeHeld();
        return wider;
    }

    private Submission? Compile(SyntaxTree tree, IReadOnlyList<MetadataReference> added, out IReadOnlyList<Diagnostic> diagnostics)
    {
        CSharpCompilation? written = null;
        SyntaxTree guarded = GuardedSource.Of(tree, () => (written = Next(tree, added)).GetSemanticModel(tree));
        Submission? submission = Emit(guarded == tree ? written ?? Next(tree, added) : Next(guarded, added), out diagnostics);
        // Errors are told in the columns of the code as it was written; and what only the guards broke runs without them.
        if (submission is null && guarded != tree)
            submission = Emit(written ?? Next(tree, added), out diagnostics);
        return submission;
    }

    private static Submission? Emit(CSharpCompilation compilation, out IReadOnlyList<Diagnostic> diagnostics)
    {
        using MemoryStream code = new();
        using MemoryStream? symbols = WithSymbols ? new() : null;
        EmitResult emitted = compilation.Emit(code, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb));
        diagnostics = [.. emitted.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)];
        if (!emitted.Success) // Without an error: there is nothing to emit, only usings or references.
            return diagnostics.Count > 0 ? null : new Submission(compilation, null);

        IMethodSymbol entry = compilation.GetEntryPoint(CancellationToken.None)!;
        code.Position = 0;
        symbols?.Position = 0;
        System.Reflection.Assembly assembly = AssemblyLoadContext.Default.LoadFromStream(code, symbols);
        Type type = assembly.GetType(entry.ContainingType.MetadataName, throwOnError: true)!;
        System.Reflection.MethodInfo factory = type.GetMethod(entry.MetadataName, System.Reflection.BindingFlags.Static | System.Reflection.BindingFlags.Public | System.Reflection.BindingFlags.NonPublic)!;
        return new Submission(compilation, factory.CreateDelegate<Func<object?[], Task<object?>>>());
    }

    /// <summary>Runs a submission and makes it the last of the chain, even if it throws.</summary>
    /// <returns>The value of its last expression, or null.</returns>
    public Task<object?> RunAsync(Submission submission)
    {
        last = submission.Compilation;
        pending.Clear();
        if (submission.Run is null)
            return Task.FromResult<object?>(null);
        count++;
        if (count + 1 >= states.Length)
            Array.Resize(ref states, states.Length * 2);
        return submission.Run(states);
    }
}
