using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;

namespace EsxCourse.Notebooks;

/// <summary>Jupyter's file format.</summary>
/// <remarks>
/// Read: nbformat 4.0 to 4.x; what 4.x allows and we do not model (metadata, attachments) is kept. Written: nbformat 4.5 the way Jupyter writes
/// it (keys sorted, one space, text as a list of lines), so that a notebook saved by either gives a small diff. Cell ids are kept; where the
/// file has none or repeats one, the cell gets the id of its place (<c>cell-3</c>), so the same input gives the same output.
/// </remarks>
internal static class IpynbFormat
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, IndentSize = 1, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };

    public static NotebookDocument Parse(byte[] bytes, string file)
    {
        JsonObject root = ParseJson(bytes, file);
        if (root["nbformat"] is not JsonValue version || !version.TryGetValue(out int major))
            throw new BadInputException(file, "is JSON but not a notebook: it has no number 'nbformat'", "give a notebook saved by Jupyter, nbformat 4");
        if (major != 4)
            throw new BadInputException(file, $"is nbformat {major}, and this reads nbformat 4", "open and save it in a current Jupyter, or run 'jupyter nbconvert --to notebook'");
        if (root["cells"] is not JsonArray cells)
            throw new BadInputException(file, "has no list 'cells'", "give a notebook saved by Jupyter, nbformat 4");

        int[] lines = CellLines.Of(bytes);
        HashSet<string> ids = new(StringComparer.Ordinal);
        List<NotebookCell> read = [];
        for (int i = 0; i < cells.Count; i++)
        {
            int line = i < lines.Length ? lines[i] : 0;
            NotebookCell cell = new CellReader($"{file}:{line}", i).Read(cells[i]) with { FileLine = line };
            if (!IsId(cell.Id) || !ids.Add(cell.Id))
                cell = cell with { Id = FreeId(i, ids) };
            read.Add(cell);
        }

        return new NotebookDocument(read) { Metadata = root["metadata"] is JsonObject metadata ? (JsonObject)metadata.DeepClone() : [] };
    }

    public static byte[] ToBytes(NotebookDocument document)
    {
        JsonObject metadata = (JsonObject)document.Metadata.DeepClone();
        metadata.TryAdd("kernelspec", new JsonObject { ["display_name"] = ".NET (C#)", ["language"] = "C#", ["name"] = ".net-csharp" });
        metadata.TryAdd("language_info", new JsonObject { ["file_extension"] = ".cs", ["mimetype"] = "text/x-csharp", ["name"] = "C#", ["pygments_lexer"] = "csharp", ["version"] = "14.0" });
        JsonObject root = new()
        {
            ["cells"] = new JsonArray([.. document.Cells.Select(CellToJson)]),
            ["metadata"] = metadata,
            ["nbformat"] = 4,
            ["nbformat_minor"] = 5,
        };
        return Encoding.UTF8.GetBytes(root.ToJsonString(Layout) + "\n");
    }

    private static JsonObject ParseJson(byte[] bytes, string file)
    {
        ReadOnlySpan<byte> json = bytes.AsSpan().StartsWith(Encoding.UTF8.Preamble) ? bytes.AsSpan(3) : bytes;
        try
        {
            JsonNode? node = JsonNode.Parse(json, documentOptions: new JsonDocumentOptions { AllowDuplicateProperties = false });
            return node as JsonObject
                ?? throw new BadInputException(file, "is JSON but not a notebook", "give a notebook saved by Jupyter, nbformat 4");
        }
        catch (JsonException notJson)
        {
            throw new BadInputException($"{file}:{(notJson.LineNumber ?? 0) + 1}", "is not JSON, so not a notebook", "restore the file, or save it again from Jupyter", notJson);
        }
    }

    private static bool IsId(string id) => id.Length is > 0 and <= 64 && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private static string FreeId(int index, HashSet<string> taken)
    {
        string id = $"cell-{index + 1}";
        for (int again = 2; !taken.Add(id); again++)
            id = $"cell-{index + 1}-{again}";
        return id;
    }

    private static JsonObject CellToJson(NotebookCell cell)
    {
        JsonObject json = [];
        if (cell.Attachments is not null)
            json["attachments"] = cell.Attachments.DeepClone();
        json["cell_type"] = cell.Kind switch { CellKind.Code => "code", CellKind.Markdown => "markdown", _ => "raw" };
        if (cell.Kind == CellKind.Code)
            json["execution_count"] = cell.ExecutionCount;
        json["id"] = cell.Id;
        json["metadata"] = cell.Metadata.DeepClone();
        if (cell.Kind == CellKind.Code)
            json["outputs"] = new JsonArray([.. cell.Outputs.Select(OutputToJson)]);
        json["source"] = Lines(cell.Source);
        return json;
    }

    private static JsonObject OutputToJson(CellOutput output) => output switch
    {
        StreamOutput stream => new JsonObject { ["name"] = stream.Name, ["output_type"] = "stream", ["text"] = Lines(stream.Text) },
        DisplayOutput display => new JsonObject { ["data"] = DataToJson(display.Data), ["metadata"] = new JsonObject(), ["output_type"] = "display_data" },
        ResultOutput result => new JsonObject { ["data"] = DataToJson(result.Data), ["execution_count"] = result.ExecutionCount, ["metadata"] = new JsonObject(), ["output_type"] = "execute_result" },
        ErrorOutput error => new JsonObject
        {
            ["ename"] = error.Name,
            ["evalue"] = error.Message,
            ["output_type"] = "error",
            ["traceback"] = new JsonArray([.. error.Traceback.Select(line => JsonValue.Create(line))]),
        },
        _ => throw new InvalidOperationException(output.GetType().Name),
    };

    private static JsonObject DataToJson(IReadOnlyDictionary<string, string> data)
    {
        JsonObject json = [];
        foreach ((string mime, string content) in data.OrderBy(entry => entry.Key, StringComparer.Ordinal))
            json[mime] = IsJson(mime) ? JsonNode.Parse(content) : Lines(content);
        return json;
    }

    internal static bool IsJson(string mime) => mime == "application/json" || mime.EndsWith("+json", StringComparison.Ordinal);

    private static JsonArray Lines(string text)
    {
        JsonArray lines = [];
        for (int start = 0; start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            int next = end < 0 ? text.Length : end + 1;
            lines.Add(JsonValue.Create(text[start..next]));
            start = next;
        }

        return lines;
    }
}
