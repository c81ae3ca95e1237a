using System.Diagnostics;
using System.Reflection;
using EsxCourse.Contracts;
using EsxCourse.Kernel.Cells;
using EsxCourse.Notebooks;
using Microsoft.CodeAnalysis;
using Microsoft.DotNet.Interactive.Formatting;

namespace EsxCourse.Kernel.Engine;

/// <summary>Runs cells one after another in one session: C# by <see cref="SubmissionChain"/>, the other languages by showing them.</summary>
/// <remarks>Not for several threads at once. Output goes to <see cref="CellOutputSink.Current"/> and to the console.</remarks>
internal sealed class CSharpEngine
{
    private readonly SubmissionChain chain = new();
    private readonly References references = new();
    private readonly PackageRestore packages = new();
    private bool mermaidShipped;

    /// <summary>Runs one cell.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="kernel">The language it begins in, by default C#.</param>
    /// <param name="label">The cell's name in messages and stack traces: <c>cell 3</c>.</param>
    /// <returns>Why it failed, or null.</returns>
    public CellError? Run(string source, string kernel, string label)
    {
        Stopwatch watch = Stopwatch.StartNew();
        try
        {
            CodePlace place = new(label, Environment.CurrentDirectory);
            IReadOnlyList<CellStep> steps = CellScript.Parse(source, kernel, label);
            foreach (CellStep step in steps)
                if (Do(step, place) is { } error)
                    return error;
            if (steps.Any(step => step is DirectiveStep { Name: "time" }))
                Show("text/plain", $"Wall time: {watch.Elapsed.TotalMilliseconds:0.0} ms");
            return null;
        }
        catch (BadInputException bad)
        {
            return new CellError("BadInput", bad.Message, [bad.Message], LineIn(bad.Place), null);
        }
    }

    /// <summary>Compiles and runs something trivial, so that the first cell finds a warm compiler.</summary>
    public void WarmUp() => chain.Compile(SubmissionChain.Parse("var warm = new List<int> { 1 }; warm.Select(x => $\"{x}\").ToList()", "warm"), out _);

    private CellError? Do(CellStep step, CodePlace place)
    {
        switch (step)
        {
            case CodeStep code:
                foreach (DirectiveStep directive in code.References)
                    if (directive.Name != "load")
                        Refer(directive, place);
                    else if (Import(directive, place) is { } failed)
                        return failed;
                return Execute(code, place.Label);
            case DirectiveStep { Name: "import" } import:
                return Import(import, place);
            case TextStep { Kernel: "html" } html:
                Show("text/html", html.Text);
                return null;
            case TextStep { Kernel: "mermaid" } drawing:
                CellOutputSink.Current.Display(Drawing(drawing.Text), null, update: false);
                return null;
            case TextStep text:
                Show("text/markdown", text.Text);
                return null;
            case DirectiveStep { Name: "whos" or "who" } who:
                ShowVariables(withValues: who.Name == "whos");
                return null;
            case DirectiveStep { Name: "lsmagic" }:
                Show("text/plain", string.Join('\n', Dialect.Kernels.Select(name => $"#!{name}: a cell, or the rest of one, in {name}").Concat(Dialect.Magics.Select(magic => $"#!{magic.Key}: {magic.Value}"))));
                return null;
            case DirectiveStep { Name: "about" }:
                Show("text/plain", $"EsxCourse kernel {typeof(CSharpEngine).Assembly.GetName().Version?.ToString(3)}: C# in the dialect of .NET Interactive, on .NET {Environment.Version}");
                return null;
            default:
                return null;
        }
    }

    /// <summary>Runs a file, or a notebook's code cells, in this session. What fails inside is told with that file's line, and fails the cell.</summary>
    private CellError? Import(DirectiveStep directive, CodePlace by)
    {
        foreach (ImportedCell cell in ImportedFile.Read(directive, by))
            foreach (CellStep step in CellScript.Parse(cell.Source, cell.Kernel, cell.Place.Label))
            {
                if (Do(step, cell.Place) is not { } failed)
                    continue;
                string message = failed.Name == "CompileError" ? failed.Traceback[0] : failed.Message;
                return failed with { Message = message, Traceback = [.. failed.Traceback, $"   imported by {by.Line(directive.Line)}"], Line = directive.Line, Column = null };
            }

        return null;
    }

    private CellError? Execute(CodeStep code, string label)
    {
        SyntaxTree tree = SubmissionChain.Parse(code.Text, label);
        if (chain.Compile(tree, out IReadOnlyList<Diagnostic> diagnostics) is not { } submission)
            return CellError.From(diagnostics);
        try
        {
            object? value = chain.RunAsync(submission).GetAwaiter().GetResult();
            if (!CellGuard.Pass)
                return CellError.Interrupted(); // It came to its end, but threads that it started may have been stopped halfway.
            if (value is not null and not DisplayedValue)
                CellOutputSink.Current.Result(MimeBundle.Of(value));
            return null;
        }
        catch (Exception) when (!CellGuard.Pass)
        {
            return CellError.Interrupted();
        }
        catch (Exception thrown)
        {
            return CellError.From(thrown, label);
        }
    }

    /// <summary>The value of an expression in MIME types.</summary>
    public (Dictionary<string, string>? Data, CellError? Error) Evaluate(string expression)
    {
        if (chain.Compile(SubmissionChain.Parse(expression, "expression"), out IReadOnlyList<Diagnostic> diagnostics) is not { } submission)
            return (null, CellError.From(diagnostics));
        try
        {
            return (MimeBundle.Of(chain.RunAsync(submission).GetAwaiter().GetResult()), null);
        }
        catch (Exception thrown)
        {
            return (null, CellError.From(thrown, "expression"));
        }
    }

    /// <summary>What the editor asks about code that has not been run.</summary>
    public CodeQuestions Questions => new(chain);

    private void Refer(DirectiveStep directive, CodePlace stands)
    {
        string place = stands.Line(directive.Line);
        string path = Path.Combine(stands.Folder, directive.Argument);
        Check(directive, stands.Folder, place);
        if (directive.Name == "i")
            packages.AddSource(directive.Argument[(directive.Argument.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim());
        else if (PackageRestore.Parse(directive.Argument) is { } package)
            ReferPackage(package.Id, package.Version, place);
        else if (!File.Exists(path) && References.Named(directive.Argument) is { } own)
            chain.Add(own);
        else
            chain.Add(LoadLibrary(path, directive.Argument, place));
    }

    /// <summary>Says what of a directive cannot work, without doing it.</summary>
    /// <param name="directive">A <c>#r</c>, <c>#i</c>, <c>#load</c> or <c>#!import</c>; of anything else there is nothing to say.</param>
    /// <param name="folder">The folder from which relative paths count.</param>
    /// <param name="place">How a message names the line.</param>
    /// <exception cref="BadInputException">There is no such library or file, or the directive is none.</exception>
    public static void Check(DirectiveStep directive, string folder, string place)
    {
        bool nuget = directive.Argument.StartsWith("nuget", StringComparison.OrdinalIgnoreCase);
        switch (directive.Name)
        {
            case "r" when PackageRestore.Parse(directive.Argument) is not null:
            case "i" when nuget:
                return;
            case "r" when nuget:
                throw new BadInputException(place, $"#r \"{directive.Argument}\" names no package", "write #r \"nuget: Id, Version\"");
            case "r" when !File.Exists(Path.Combine(folder, directive.Argument)) && References.Named(directive.Argument) is null:
                throw new BadInputException(place, $"the library '{directive.Argument}' of #r does not exist", "build it first, or correct the path; it counts from the notebook's folder");
            case "i":
                throw new BadInputException(place, $"#i \"{directive.Argument}\" names no package source", "write #i \"nuget: URL-or-folder\"");
            case "load" or "import":
                ImportedFile.Check(directive, folder, place);
                return;
            default:
                return;
        }
    }

    private MetadataReference LoadLibrary(string path, string written, string place)
    {
        try
        {
            return references.Load(Path.GetFullPath(path));
        }
        catch (Exception unloadable) when (unloadable is BadImageFormatException or FileLoadException or IOException)
        {
            throw new BadInputException(place, $"'{written}' of #r is not a .NET library that can be loaded", "give the .dll that 'dotnet build' makes", unloadable);
        }
    }

    private void ReferPackage(string id, string version, string place)
    {
        RestoredPackages restored;
        try
        {
            restored = packages.Add(id, version);
        }
        catch (PackageRestoreException failed)
        {
            throw new BadInputException(place, $"the package {id} {version} cannot be restored: {failed.Message.TrimEnd('.')}", "check id and version, and the network", failed);
        }

        foreach (string folder in restored.NativeFolders)
            references.OfferNative(folder);
        foreach (string library in restored.Libraries)
            references.Offer(library);
        foreach (string library in restored.Libraries)
            chain.Add(references.Load(library));
        Show("text/plain", "Packages: " + string.Join(", ", restored.Versions));
    }

    private void ShowVariables(bool withValues)
    {
        Dictionary<string, (string Type, object? Value)> variables = new(StringComparer.Ordinal);
        foreach (object state in chain.States)
            foreach (FieldInfo field in state.GetType().GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
                if (!field.Name.Contains('<', StringComparison.Ordinal) && !field.FieldType.Name.StartsWith("Submission#", StringComparison.Ordinal))
                    variables[field.Name] = (field.FieldType.Name, field.GetValue(state));
        if (!withValues)
            Show("text/plain", string.Join('\n', variables.Keys.Order(StringComparer.Ordinal)));
        else
            CellOutputSink.Current.Display(MimeBundle.Of(variables.OrderBy(v => v.Key, StringComparer.Ordinal)
                .Select(v => new { Variable = v.Key, v.Value.Type, Value = Formatter.ToDisplayString(v.Value.Value, PlainTextFormatter.MimeType) }).ToList()), null, update: false);
    }

    /// <summary>A mermaid drawing: as such for a client that draws it by itself, as HTML that loads mermaid, as text for the others.</summary>
    private Dictionary<string, string> Drawing(string text)
    {
        Dictionary<string, string> data = new(StringComparer.Ordinal) { ["text/vnd.mermaid"] = text, ["text/plain"] = text };
        string html = $"<pre class=\"mermaid\">{System.Net.WebUtility.HtmlEncode(text)}</pre>";
        if (OfflineScripts.Source == ScriptSource.Server)
            data["text/html"] = html + OfflineScripts.Mermaid.LoadingElement(OfflineScripts.DrawMermaid);
        else if (OfflineScripts.Source == ScriptSource.Output)
        {
            data.Remove("text/vnd.mermaid"); // A client that knows the type would prefer it, and never load the script for the next one.
            data["text/html"] = $"{html}{(mermaidShipped ? "" : OfflineScripts.Mermaid.InlineElement())}<script>{OfflineScripts.DrawMermaid}</script>";
            mermaidShipped = true;
        }

        return data;
    }

    private static void Show(string mime, string text)
    {
        Dictionary<string, string> data = new(StringComparer.Ordinal) { [mime] = text };
        data.TryAdd("text/plain", text);
        CellOutputSink.Current.Display(data, null, update: false);
    }

    private static int? LineIn(string place) =>
        place.LastIndexOf("line ", StringComparison.Ordinal) is >= 0 and int at && int.TryParse(place[(at + 5)..], out int line) ? line : null;
}
