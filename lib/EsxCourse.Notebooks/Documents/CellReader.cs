using System.Text.Json.Nodes;
using EsxCourse.Contracts;

namespace EsxCourse.Notebooks;

/// <summary>Reads one cell of an <c>.ipynb</c>, and says which cell and which key is wrong.</summary>
internal sealed class CellReader(string place, int index)
{
    private const string Remedy = "correct the cell, or save the notebook again from Jupyter";

    public NotebookCell Read(JsonNode? node)
    {
        if (node is not JsonObject json)
            throw Wrong("is not an object");
        CellKind kind = Text(json, "cell_type") switch
        {
            "code" => CellKind.Code,
            "markdown" => CellKind.Markdown,
            "raw" => CellKind.Raw,
            string other => throw Wrong($"has the unknown cell_type '{other}'"),
        };
        return new NotebookCell(json["id"] is JsonValue id && id.TryGetValue(out string? named) ? named : "", kind, Normal(Multiline(json, "source")))
        {
            Metadata = Copy(json["metadata"]) ?? [],
            Attachments = Copy(json["attachments"]),
            ExecutionCount = kind == CellKind.Code && json["execution_count"] is JsonValue count && count.TryGetValue(out int number) ? number : null,
            Outputs = kind == CellKind.Code && json["outputs"] is JsonArray outputs ? [.. outputs.Select(Output)] : [],
        };
    }

    private CellOutput Output(JsonNode? node)
    {
        if (node is not JsonObject json)
            throw Wrong("has an output that is not an object");
        return Text(json, "output_type") switch
        {
            "stream" => new StreamOutput(Text(json, "name"), Multiline(json, "text")),
            "display_data" => new DisplayOutput(Data(json)),
            "execute_result" => new ResultOutput(json["execution_count"] is JsonValue count && count.TryGetValue(out int number) ? number : 0, Data(json)),
            "error" => new ErrorOutput(Text(json, "ename"), Text(json, "evalue"), json["traceback"] is JsonArray lines ? [.. lines.Select(line => line?.ToString() ?? "")] : []),
            string other => throw Wrong($"has an output of the unknown type '{other}'"),
        };
    }

    private Dictionary<string, string> Data(JsonObject output)
    {
        if (output["data"] is not JsonObject data)
            throw Wrong("has an output without 'data'");
        Dictionary<string, string> read = new(StringComparer.Ordinal);
        foreach ((string mime, JsonNode? content) in data)
            read[mime] = IpynbFormat.IsJson(mime) ? content?.ToJsonString() ?? "null" : Multiline(data, mime);
        return read;
    }

    private string Text(JsonObject json, string key) =>
        json[key] is JsonValue value && value.TryGetValue(out string? text) ? text : throw Wrong($"has no text '{key}'");

    private string Multiline(JsonObject json, string key) => json[key] switch
    {
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonArray lines when lines.All(line => line is JsonValue value && value.TryGetValue(out string? _)) => string.Concat(lines.Select(line => line!.GetValue<string>())),
        _ => throw Wrong($"has no text or list of lines '{key}'"),
    };

    private static string Normal(string source) => source.Replace("\r\n", "\n", StringComparison.Ordinal).TrimEnd('\n');

    private static JsonObject? Copy(JsonNode? node) => node is JsonObject json ? (JsonObject)json.DeepClone() : null;

    private BadInputException Wrong(string problem) => new(place, $"cell {index + 1} {problem}", Remedy);
}
