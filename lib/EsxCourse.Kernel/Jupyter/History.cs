using System.IO.Enumeration;
using System.Text.Json.Nodes;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>What was run in this session and what came of it, by the numbers that the cells bear.</summary>
/// <remarks>Of this session only: no history outlives the kernel, so the session's number is always 0. The newest 10,000 lines are kept.</remarks>
internal sealed class History
{
    private const int MostLines = 10_000;

    private readonly Queue<(int Line, string Code)> lines = [];
    private readonly Dictionary<int, string> results = [];

    public void Add(int line, string code)
    {
        lines.Enqueue((line, code));
        if (lines.Count > MostLines)
            results.Remove(lines.Dequeue().Line);
    }

    /// <summary>The value of a cell as plain text. Of a value that fills pages the beginning is enough.</summary>
    public void AddResult(int line, string text)
    {
        const int Most = 1000;
        results[line] = text.Length <= Most ? text : text[..Most] + "…";
    }

    /// <summary>Answers a request: the last so many lines, a range of them, or those that match a pattern of <c>*</c> and <c>?</c>.</summary>
    public JsonObject Answer(JsonObject asked)
    {
        int n = asked["n"]?.GetValue<int>() ?? int.MaxValue;
        IEnumerable<(int Line, string Code)> found = lines;
        switch (asked["hist_access_type"]?.GetValue<string>())
        {
            case "range":
                int start = asked["start"]?.GetValue<int>() ?? 0;
                int stop = asked["stop"]?.GetValue<int>() ?? int.MaxValue;
                found = found.Where(line => line.Line >= start && line.Line < stop);
                break;
            case "search":
                string pattern = asked["pattern"]?.GetValue<string>() ?? "*";
                found = found.Where(line => FileSystemName.MatchesSimpleExpression(pattern, line.Code, ignoreCase: false));
                if (asked["unique"]?.GetValue<bool>() ?? false)
                    found = found.Reverse().DistinctBy(line => line.Code).Reverse(); // Of the same code the newest.
                found = found.TakeLast(n);
                break;
            default:
                found = found.TakeLast(n);
                break;
        }

        bool outputs = asked["output"]?.GetValue<bool>() ?? false;
        return new JsonObject
        {
            ["status"] = "ok",
            ["history"] = new JsonArray([.. found.Select(line => (JsonNode)new JsonArray(0, line.Line, outputs ? new JsonArray(line.Code, results.GetValueOrDefault(line.Line)) : line.Code))]),
        };
    }
}
