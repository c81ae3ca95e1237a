using EsxCourse.Contracts;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Engine;

/// <summary>Where code stands: a cell, or a file that a cell imports, or one that this file imports.</summary>
/// <param name="Label">Its name in messages and stack traces: <c>cell 3</c>, <c>shared.csx</c>, <c>basics.ipynb, cell 2</c>.</param>
/// <param name="Folder">The folder from which its relative paths count: the notebook's, or the imported file's own.</param>
/// <param name="Path">The imported file, or null for a cell.</param>
/// <param name="By">What imported it, or null for a cell.</param>
internal sealed record CodePlace(string Label, string Folder, string? Path = null, CodePlace? By = null)
{
    /// <summary>The way in which a message names a line.</summary>
    public string Line(int line) => $"{Label}, line {line}";

    /// <summary>Whether the code of that file is being run further up, so that importing it again would never end.</summary>
    public bool IsInside(string path) => Path == path || By?.IsInside(path) == true;
}

/// <summary>A piece of an imported file, to be run as a cell is.</summary>
internal sealed record ImportedCell(CodePlace Place, string Source, string Kernel);

/// <summary>Reads what <c>#load</c> and <c>#!import</c> name: C# files whole, notebooks by their code cells.</summary>
/// <remarks>
/// Labels of imported files are relative paths, so that a stack trace tells a student's files, with their lines, from those of compiled libraries,
/// whose paths are rooted. Unlike in .NET Interactive, whatever goes wrong inside an imported file fails the cell that imports it.
/// </remarks>
internal static class ImportedFile
{
    private static readonly string[] Code = [".cs", ".csx"];
    private static readonly string[] Notebooks = [".ipynb", ".dib"];

    /// <summary>Says what cannot work, without reading the file.</summary>
    /// <exception cref="BadInputException">There is no such file, or it is neither C# nor a notebook.</exception>
    public static void Check(DirectiveStep directive, string folder, string place)
    {
        string name = Argument(directive);
        string shown = directive.Name == "import" ? $"#!import {name}" : $"#load \"{name}\"";
        if (name.Length == 0)
            throw new BadInputException(place, $"{shown} names no file", "write #!import shared.cs");
        if (!Code.Concat(Notebooks).Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase))
            throw new BadInputException(place, $"the file of {shown} is neither C# nor a notebook", "import a .cs, .csx, .ipynb or .dib file; read data in C#");
        if (!File.Exists(Path.Combine(folder, name)))
            throw new BadInputException(place, $"the file of {shown} does not exist", "correct the path; it counts from the folder of the notebook, or of the file that imports");
    }

    /// <summary>Reads the file.</summary>
    /// <param name="directive">The <c>#load</c> or <c>#!import</c>.</param>
    /// <param name="by">Where it stands.</param>
    /// <exception cref="BadInputException">It cannot be read, or it is the file that is being imported.</exception>
    public static IReadOnlyList<ImportedCell> Read(DirectiveStep directive, CodePlace by)
    {
        Check(directive, by.Folder, by.Line(directive.Line));
        string path = Path.GetFullPath(Path.Combine(by.Folder, Argument(directive)));
        string label = Path.GetRelativePath(Environment.CurrentDirectory, path);
        if (by.IsInside(path))
            throw new BadInputException(by.Line(directive.Line), $"'{label}' imports itself, directly or through another file", "take one of the imports out");
        string folder = Path.GetDirectoryName(path)!;
        if (Notebooks.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            return [.. NotebookFile.Read(path).Cells.Select((cell, i) => (cell, Label: $"{label}, cell {i + 1}")).Where(entry => entry.cell.Kind == CellKind.Code)
                .Select(entry => new ImportedCell(new CodePlace(entry.Label, folder, path, by), entry.cell.Source, entry.cell.Kernel))];
        try
        {
            return [new ImportedCell(new CodePlace(label, folder, path, by), File.ReadAllText(path), "csharp")];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(by.Line(directive.Line), $"'{label}' cannot be read", unreadable.Message, unreadable);
        }
    }

    private static string Argument(DirectiveStep directive) => directive.Argument.Trim().Trim('"');
}
