using System.Text.RegularExpressions;

namespace EsxCourse.Notebooks;

/// <summary>A line <c>#!name argument</c>, or a directive <c>#r</c>, <c>#i</c>, <c>#load</c>.</summary>
/// <param name="Name">The name without <c>#!</c>, or <c>r</c>, <c>i</c>, <c>load</c> for the directives.</param>
/// <param name="Argument">The rest of the line, trimmed.</param>
public readonly record struct Magic(string Name, string Argument);

/// <summary>The dialect of .NET Interactive that the kit speaks: which languages and magics there are, and what to say of the others.</summary>
/// <remarks>
/// One list, used by the reader of <c>.dib</c> files, the runner and the kernel. A magic that .NET Interactive has and this has not is known by
/// name, so that the message can say what to use instead.
/// </remarks>
public static partial class Dialect
{
    private static readonly Dictionary<string, string> KernelNames = new(StringComparer.Ordinal)
    {
        ["csharp"] = "csharp",
        ["c#"] = "csharp",
        ["C#"] = "csharp",
        ["markdown"] = "markdown",
        ["md"] = "markdown",
        ["html"] = "html",
        ["mermaid"] = "mermaid",
    };

    private static readonly Dictionary<string, string> Described = new(StringComparer.Ordinal)
    {
        ["time"] = "say how long the cell took",
        ["whos"] = "list the variables with type and value",
        ["who"] = "list the names of the variables",
        ["lsmagic"] = "list the languages and magics",
        ["about"] = "say what this is",
        ["import"] = "run a .cs or .csx file, or the code cells of a notebook, here",
    };

    private static readonly Dictionary<string, string> Elsewhere = new(StringComparer.Ordinal)
    {
        ["javascript"] = "use #!html with a <script> element",
        ["js"] = "use #!html with a <script> element",
        ["fsharp"] = "write it in C#",
        ["f#"] = "write it in C#",
        ["F#"] = "write it in C#",
        ["pwsh"] = "use System.Diagnostics.Process in C#",
        ["powershell"] = "use System.Diagnostics.Process in C#",
        ["sql"] = "query from C#",
        ["kql"] = "query from C#",
        ["python"] = "write it in C#",
        ["R"] = "write it in C#",
        ["http"] = "use HttpClient in C#",
        ["httpRequest"] = "use HttpClient in C#",
        ["value"] = "use a C# string",
        ["set"] = "assign a C# variable; all cells share one session",
        ["share"] = "use the variable; all cells share one session",
        ["connect"] = "leave it out; there is one session and it is C#",
        ["select"] = "leave it out; there is one session and it is C#",
        ["log"] = "write to Console.Error",
        ["extension"] = "load the library with #r; its module initialiser registers formatters",
        ["help"] = "use #!lsmagic",
    };

    /// <summary>The magics beside the languages, with a description each, by name.</summary>
    public static IReadOnlyDictionary<string, string> Magics => Described;

    /// <summary>The languages that a cell may switch to.</summary>
    public static IReadOnlyList<string> Kernels { get; } = ["csharp", "html", "markdown", "mermaid"];

    /// <summary>The magic that a line is, or null for ordinary code.</summary>
    public static Magic? MagicOn(string line)
    {
        Match match = MagicLine().Match(line);
        return match.Success ? new Magic(match.Groups["name"].Value, match.Groups["argument"].Value.Trim()) : null;
    }

    /// <summary>The directive <c>#r</c>, <c>#i</c> or <c>#load</c> with its quoted argument that a line is, or null.</summary>
    public static Magic? DirectiveOn(string line)
    {
        Match match = DirectiveLine().Match(line);
        return match.Success ? new Magic(match.Groups["name"].Value, match.Groups["argument"].Value.Trim()) : null;
    }

    /// <summary>The language of that name or short name, or null.</summary>
    public static string? KernelNamed(string name) => KernelNames.GetValueOrDefault(name);

    /// <summary>What is wrong with a magic of that name and what to do, or null if it can be used.</summary>
    public static (string What, string Remedy)? Problem(string name)
    {
        if (KernelNames.ContainsKey(name) || Described.ContainsKey(name))
            return null;
        return Elsewhere.TryGetValue(name, out string? instead)
            ? ($"the magic #!{name} exists in .NET Interactive and not here", instead)
            : ($"the magic #!{name} is unknown", "use one of " + string.Join(", ", Kernels.Concat(Described.Keys).Select(known => "#!" + known)));
    }

    [GeneratedRegex(@"^\s*#!(?<name>[a-zA-Z]#|[^\s#!""]+)(?<argument>.*)$")]
    private static partial Regex MagicLine();

    [GeneratedRegex(@"^\s*#(?<name>r|i|load)\s*""(?<argument>[^""]*)""\s*(;|//.*)?\s*$")]
    private static partial Regex DirectiveLine();
}
