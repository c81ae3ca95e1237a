using EsxCourse.Kernel.Session;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel;

/// <summary>Gathers what the cells put out: joins pieces of a stream, applies updates to what was displayed earlier, holds the limit.</summary>
/// <remarks>The session holds a limit of its own; this one is for what comes past it, and for a session that a cell has tampered with.</remarks>
internal sealed class CellOutputs(int cells)
{
    private readonly List<CellOutput>?[] gathered = new List<CellOutput>?[cells];
    private readonly Dictionary<string, (int Cell, int Output)> displayed = new(StringComparer.Ordinal);
    private readonly int[] counts = new int[cells];
    private OutputLimit limit = new();
    private int current;
    private int count;

    /// <summary>Whether the cell begun last is the first of the run.</summary>
    public bool IsFirst => count == 1;

    public IReadOnlyList<CellOutput> Of(int cell) => gathered[cell] ?? [];

    public int? CountOf(int cell) => counts[cell] > 0 ? counts[cell] : null;

    public void Begin(int cell)
    {
        current = cell;
        counts[cell] = ++count;
        gathered[cell] = [];
        // More than the session's own, so that its notice is the one that shows.
        limit = new OutputLimit(OutputLimit.DefaultText + 10_000, OutputLimit.DefaultDisplay + 100_000);
    }

    public void Add(SessionEvent said)
    {
        switch (said)
        {
            case ConsoleWritten written:
                AddText(written);
                break;
            case ValueDisplayed shown when shown.Update && shown.DisplayId is not null && displayed.TryGetValue(shown.DisplayId, out (int Cell, int Output) at):
                if (Allows(shown.Data))
                    gathered[at.Cell]![at.Output] = new DisplayOutput(shown.Data) { DisplayId = shown.DisplayId };
                break;
            case ValueDisplayed shown when Allows(shown.Data):
                if (shown.DisplayId is not null)
                    displayed[shown.DisplayId] = (current, gathered[current]!.Count);
                gathered[current]!.Add(new DisplayOutput(shown.Data) { DisplayId = shown.DisplayId });
                break;
            case OutputCleared:
                // A page has no moment between: what comes next replaces what was there, waiting or not.
                gathered[current]!.Clear();
                foreach (string id in displayed.Where(entry => entry.Value.Cell == current).Select(entry => entry.Key).ToList())
                    displayed.Remove(id);
                break;
            case ResultShown result when Allows(result.Data):
                gathered[current]!.Add(new ResultOutput(count, result.Data));
                break;
        }
    }

    public void AddError(FailureFrame failure) => gathered[current]!.Add(new ErrorOutput(failure.Name, failure.Message, failure.Traceback));

    private void AddText(ConsoleWritten written)
    {
        int taken = limit.TakeText(written.Text.Length);
        if (taken > 0)
            Append(written.Name == "stderr" ? "stderr" : "stdout", written.Text[..taken]);
        if (taken < written.Text.Length && limit.Notice(ofText: true) is { } notice)
            Append("stderr", notice);
    }

    private bool Allows(Dictionary<string, string> data)
    {
        if (limit.TakeDisplay(data))
            return true;
        if (limit.Notice(ofText: false) is { } notice)
            Append("stderr", notice);
        return false;
    }

    private void Append(string stream, string text)
    {
        List<CellOutput> outputs = gathered[current]!;
        if (outputs.Count > 0 && outputs[^1] is StreamOutput open && open.Name == stream)
            outputs[^1] = open with { Text = open.Text + text };
        else
            outputs.Add(new StreamOutput(stream, text));
    }
}
