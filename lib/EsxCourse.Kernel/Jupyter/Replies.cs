using System.Text;
using System.Text.Json.Nodes;
using EsxCourse.Kernel.Session;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>The session's answers and outputs as the content of Jupyter messages.</summary>
internal static class Replies
{
    public static IReadOnlyList<byte[]> Topic(string type) => [Encoding.UTF8.GetBytes(type)];

    /// <summary>An output's message type and content, or null for what is none.</summary>
    public static (string Type, JsonObject Content)? Output(SessionEvent said, int count) => said switch
    {
        ConsoleWritten written => ("stream", new JsonObject { ["name"] = written.Name, ["text"] = written.Text }),
        ValueDisplayed shown => (shown.Update ? "update_display_data" : "display_data", new JsonObject
        {
            ["data"] = Bundle(shown.Data),
            ["metadata"] = new JsonObject(),
            ["transient"] = shown.DisplayId is null ? [] : new JsonObject { ["display_id"] = shown.DisplayId },
        }),
        ResultShown result => ("execute_result", new JsonObject { ["data"] = Bundle(result.Data), ["metadata"] = new JsonObject(), ["execution_count"] = count }),
        OutputCleared cleared => ("clear_output", new JsonObject { ["wait"] = cleared.Wait }),
        _ => null,
    };

    public static JsonObject Error(FailureFrame failure) => new()
    {
        ["ename"] = failure.Name,
        ["evalue"] = failure.Message,
        ["traceback"] = new JsonArray([.. failure.Traceback.Select(line => (JsonNode)line)]),
    };

    public static JsonObject Completion(string code, SessionAnswer answer) => answer is not Completed completed ? Failed(answer) : new JsonObject
    {
        ["status"] = "ok",
        ["matches"] = new JsonArray([.. completed.Words.Select(word => (JsonNode)word.Word)]),
        ["cursor_start"] = CodePoints(code, completed.Start),
        ["cursor_end"] = CodePoints(code, completed.End),
        ["metadata"] = new JsonObject
        {
            ["_jupyter_types_experimental"] = new JsonArray([.. completed.Words.Select(word => (JsonNode)new JsonObject
            {
                ["text"] = word.Word,
                ["type"] = word.Kind,
                ["signature"] = word.Signature,
                ["start"] = CodePoints(code, completed.Start),
                ["end"] = CodePoints(code, completed.End),
            })]),
        },
    };

    public static JsonObject Inspection(SessionAnswer answer) => answer is not Inspected inspected ? Failed(answer) : new JsonObject
    {
        ["status"] = "ok",
        ["found"] = inspected.Text is not null,
        ["data"] = inspected.Text is null ? [] : new JsonObject { ["text/plain"] = inspected.Text },
        ["metadata"] = new JsonObject(),
    };

    public static JsonObject Whether(SessionAnswer answer) => answer is WhetherComplete whether
        ? new JsonObject { ["status"] = whether.Status, ["indent"] = whether.Indent }
        : new JsonObject { ["status"] = "unknown" };

    public static JsonObject Values(SessionAnswer answer) => answer is not Evaluated evaluated ? [] : new JsonObject(evaluated.Values.Select(entry =>
    {
        JsonObject value = entry.Value.Failure is { } failure ? Error(failure) : new JsonObject { ["data"] = Bundle(entry.Value.Data!), ["metadata"] = new JsonObject() };
        value["status"] = entry.Value.Failure is null ? "ok" : "error";
        return KeyValuePair.Create(entry.Key, (JsonNode?)value);
    }));

    /// <summary>The cursor, which the protocol counts in characters of Unicode, as a position in a .NET string.</summary>
    public static int Utf16Position(JsonObject asked)
    {
        string code = asked["code"]?.GetValue<string>() ?? "";
        int position = 0;
        int left = asked["cursor_pos"]?.GetValue<int>() ?? code.Length;
        foreach (Rune rune in code.EnumerateRunes())
        {
            if (left-- <= 0)
                break;
            position += rune.Utf16SequenceLength;
        }

        return position;
    }

    private static int CodePoints(string code, int position) => code[..Math.Min(position, code.Length)].EnumerateRunes().Count();

    private static JsonObject Failed(SessionAnswer answer)
    {
        JsonObject failed = answer is CellDone { Failure: { } failure } ? Error(failure) : [];
        failed["status"] = "error";
        return failed;
    }

    private static JsonObject Bundle(Dictionary<string, string> data) => new(data.Select(entry => KeyValuePair.Create(
        entry.Key, entry.Key == "application/json" || entry.Key.EndsWith("+json", StringComparison.Ordinal) ? JsonNode.Parse(entry.Value) : entry.Value)));
}
