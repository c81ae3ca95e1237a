using System.Collections.Immutable;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Grading.Sandbox;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Emit;
using Microsoft.CodeAnalysis.Text;

namespace EsxCourse.Grading.Submissions;

// Turns a submission into an assembly. Compiling runs no student code: there are no analyzers, no source generators, no build files, and
// #r and #load are refused. A submission sees .NET, the units and the contracts; the library, references and checks are not there.
//
// Left out: a submission may not bring packages.

/// <summary>Compiles submissions to one course's contracts.</summary>
internal sealed class StudentCompiler
{
    private const string AssemblyName = "Submission";
    private const int MaxErrors = 20;
    private const int MaxAssemblyBytes = 4 << 20;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable,
        concurrentBuild: false, deterministic: true);

    private readonly CSharpCompilation empty;

    private readonly MetadataReference contracts;

    public StudentCompiler(string contractsPath)
    {
        contracts = MetadataReference.CreateFromFile(contractsPath);
        empty = CSharpCompilation.Create(AssemblyName, references: [.. Runtime(), MetadataReference.CreateFromFile(typeof(Ppn).Assembly.Location), contracts], options: Options);
        // What is bound here, all submissions share: the types of .NET. A compilation of another name would bind its own.
        empty.GetSpecialType(SpecialType.System_Object);
    }

    /// <summary>Compiles one submission. A hostile one can bring the compiler down with it: call it in a process that may die.</summary>
    public CompiledSubmission Compile(ImmutableArray<SourceFile> files, string contract, CancellationToken cancellation)
    {
        ImmutableArray<SyntaxTree> trees = [.. files.Select(f => CSharpSyntaxTree.ParseText(SourceText.From(f.Text, Encoding.UTF8), Parsing, f.Name, cancellation))];
        ImmutableArray<CompileError> directives = [.. trees.SelectMany(t => ForbiddenDirectives(t, cancellation))];
        if (!directives.IsEmpty)
            return CompiledSubmission.Failed(directives);
        CSharpCompilation compilation = empty.AddSyntaxTrees([Usings(contract), .. trees]);
        using MemoryStream assembly = new();
        using MemoryStream symbols = new();
        EmitResult emitted = compilation.Emit(assembly, symbols, options: new EmitOptions(debugInformationFormat: DebugInformationFormat.PortablePdb), cancellationToken: cancellation);
        if (!emitted.Success)
            return CompiledSubmission.Failed([.. emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Select(Error).Distinct().OrderBy(e => e.File, StringComparer.Ordinal).ThenBy(e => e.Line).Take(MaxErrors)]);
        if (assembly.Length + symbols.Length > MaxAssemblyBytes)
            return CompiledSubmission.Failed(new CompileError("", 0, $"it compiles to more than {MaxAssemblyBytes >> 20} MB"));
        string[] classes = [.. Implementing(compilation, trees, contract, cancellation).Distinct()];
        return classes switch
        {
            [string one] => new CompiledSubmission(assembly.ToArray(), symbols.ToArray(), one, []),
            [] => CompiledSubmission.Failed(new CompileError("", 0, $"no class implements {Simple(contract)} (a public or internal class with a constructor without arguments)")),
            _ => CompiledSubmission.Failed(new CompileError("", 0, $"more than one class implements {Simple(contract)}: {PlainText.Line(string.Join(", ", classes), 300)}")),
        };
    }

    private static IEnumerable<CompileError> ForbiddenDirectives(SyntaxTree tree, CancellationToken cancellation) =>
        tree.GetRoot(cancellation).DescendantNodes(descendIntoTrivia: true).OfType<DirectiveTriviaSyntax>()
            .Where(d => d is ReferenceDirectiveTriviaSyntax or LoadDirectiveTriviaSyntax)
            .Select(d => new CompileError(Place(tree), Line(d.GetLocation()), $"#{d.DirectiveNameToken.Text} is not allowed in a submission"));

    /// <summary>What every submission may use without saying so: as in a notebook's cell, and the course's own words.</summary>
    private static SyntaxTree Usings(string contract) => CSharpSyntaxTree.ParseText(
        $"""
        global using System;
        global using System.Collections;
        global using System.Collections.Generic;
        global using System.Linq;
        global using System.Text;
        global using System.Threading.Tasks;
        global using EsxCourse.Contracts;
        global using {contract[..contract.LastIndexOf('.')]};
        """, Parsing, encoding: Encoding.UTF8);

    private IEnumerable<string> Implementing(CSharpCompilation compilation, ImmutableArray<SyntaxTree> trees, string contract, CancellationToken cancellation)
    {
        // The course's own: a submission may declare one of the same name.
        INamedTypeSymbol wanted = ((IAssemblySymbol)compilation.GetAssemblyOrModuleSymbol(contracts)!).GetTypeByMetadataName(contract)!;
        foreach (SyntaxTree tree in trees)
        {
            SemanticModel model = compilation.GetSemanticModel(tree);
            foreach (TypeDeclarationSyntax declared in tree.GetRoot(cancellation).DescendantNodes().OfType<TypeDeclarationSyntax>())
                if (model.GetDeclaredSymbol(declared, cancellation) is { TypeKind: TypeKind.Class, IsAbstract: false, IsGenericType: false } type
                    && type.AllInterfaces.Contains(wanted, SymbolEqualityComparer.Default)
                    && type.InstanceConstructors.Any(c => c.Parameters.IsEmpty && c.DeclaredAccessibility == Accessibility.Public))
                    yield return MetadataName(type);
        }
    }

    private static string MetadataName(INamedTypeSymbol type) =>
        type.ContainingType is INamedTypeSymbol outer ? $"{MetadataName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace.IsGlobalNamespace ? type.MetadataName
        : $"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}";

    private static CompileError Error(Diagnostic diagnostic) =>
        new(Place(diagnostic.Location.SourceTree), Line(diagnostic.Location), PlainText.Line($"{diagnostic.Id} {diagnostic.GetMessage()}", 300));

    /// <summary>A file's name is the student's to choose.</summary>
    private static string Place(SyntaxTree? tree) => PlainText.Line(tree?.FilePath ?? "", 100);

    private static string Simple(string contract) => contract[(contract.LastIndexOf('.') + 1)..];

    private static int Line(Location location) => location.IsInSource ? location.GetLineSpan().StartLinePosition.Line + 1 : 0;

    /// <summary>.NET as the SDK describes it to compilers.</summary>
    private static IEnumerable<MetadataReference> Runtime() =>
        Directory.GetFiles(ReferenceFolder(), "*.dll").Order(StringComparer.Ordinal).Select(path => MetadataReference.CreateFromFile(path));

    /// <summary>The SDK's folder of reference assemblies for the .NET that runs here.</summary>
    /// <exception cref="BadInputException">It is not installed.</exception>
    internal static string ReferenceFolder()
    {
        string packs = Path.Combine(SandboxCommand.DotnetFolder, "packs", "Microsoft.NETCore.App.Ref");
        string wanted = $"net{Environment.Version.Major}.{Environment.Version.Minor}";
        return (Directory.Exists(packs)
                ? Directory.GetDirectories(packs).Order(StringComparer.Ordinal).Select(version => Path.Combine(version, "ref", wanted)).LastOrDefault(Directory.Exists)
                : null)
            ?? throw new BadInputException(packs, $"the SDK's reference assemblies for {wanted} are not there", "install the .NET SDK, not only its runtime");
    }
}
