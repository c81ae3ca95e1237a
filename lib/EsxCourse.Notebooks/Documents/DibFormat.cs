using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;

namespace EsxCourse.Notebooks;

/// <summary>The text format of .NET Interactive: a line <c>#!kernel</c> begins a cell in that language.</summary>
/// <remarks>
/// Before the first such line there may be a <c>#!meta</c> block of JSON. Other magics (<c>#!time</c>) belong to the cell they stand in.
/// A <c>#!mermaid</c> or <c>#!html</c> cell becomes a code cell with the magic in its source.
/// </remarks>
internal static class DibFormat
{
    public static NotebookDocument Parse(byte[] bytes, string file)
    {
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes);
        }
        catch (DecoderFallbackException notText)
        {
            throw new BadInputException(file, "is not UTF-8 text, so not a .dib notebook", "restore the file", notText);
        }

        string[] lines = text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        JsonObject metadata = [];
        List<NotebookCell> cells = [];
        string kernel = "csharp";
        int from = 0;
        for (int i = 0; i <= lines.Length; i++)
        {
            string? next = i == lines.Length ? "" : KernelOn(lines[i], $"{file}:{i + 1}");
            if (next is null)
                continue;
            if (kernel == "meta")
                metadata = Meta(lines, from, i, file);
            else
                AddCell(cells, kernel, lines, from, i);
            (kernel, from) = (next, i + 1);
        }

        return new NotebookDocument(cells) { Metadata = metadata };
    }

    /// <summary>The language that a line switches to, null for an ordinary line; an unknown magic is bad input.</summary>
    private static string? KernelOn(string line, string place)
    {
        if (Dialect.MagicOn(line) is not { } magic)
            return null;
        if (magic.Name == "meta")
            return "meta";
        if (Dialect.KernelNamed(magic.Name) is { } kernel && magic.Argument.Length == 0)
            return kernel;
        return Dialect.Problem(magic.Name) is { } problem ? throw new BadInputException(place, problem.What, problem.Remedy) : null;
    }

    private static void AddCell(List<NotebookCell> cells, string kernel, string[] lines, int from, int to)
    {
        int first = from;
        while (first < to && lines[first].Trim().Length == 0)
            first++;
        string source = string.Join('\n', lines[first..Math.Max(first, to)]).TrimEnd();
        if (source.Length == 0)
            return;
        string id = $"cell-{cells.Count + 1}";
        cells.Add(kernel switch
        {
            "markdown" => new NotebookCell(id, CellKind.Markdown, source) { FileLine = first + 1 },
            "csharp" => new NotebookCell(id, CellKind.Code, source) { FileLine = first + 1 },
            _ => new NotebookCell(id, CellKind.Code, $"#!{kernel}\n{source}") { FileLine = first },
        });
    }

    private static JsonObject Meta(string[] lines, int from, int to, string file)
    {
        try
        {
            JsonObject meta = JsonNode.Parse(string.Join('\n', lines[from..to])) as JsonObject ?? throw new JsonException("not an object");
            // The editor's list of kernels is left behind: in nested form it breaks #!import of untagged cells in .NET Interactive.
            meta.Remove("kernelInfo");
            return meta;
        }
        catch (JsonException notJson)
        {
            throw new BadInputException($"{file}:{from + (notJson.LineNumber ?? 0) + 1}", "the #!meta block is not JSON", "correct it or leave it out", notJson);
        }
    }
}
