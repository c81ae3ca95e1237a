using System.Collections.Concurrent;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Experiments;

// One scenario, run for every value of an axis and every seed, on all cores. Runs share nothing, so their order does not
// matter; results are sorted by value and seed.
//
// A sweep can be taken up again: every run that is over is a line in sweep.jsonl, written and flushed as it ends. The lines carry the hash
// of the scenario and the axis; a file of another sweep is refused, a line that was cut off by a kill is run again.

/// <summary>Runs a scenario for many values of one of its keys.</summary>
public sealed class Sweep
{
    private readonly string[] yaml;
    private readonly Scenario[] scenarios;
    private readonly string identity;

    /// <summary>Prepares a sweep; every value is checked before the first run.</summary>
    /// <param name="file">The scenario's file.</param>
    /// <param name="text">The scenario's YAML.</param>
    /// <param name="axis">What is varied.</param>
    /// <param name="seeds">How many seeds for each value: the scenario's own and those after it.</param>
    /// <exception cref="BadInputException">The scenario cannot be run with one of the values.</exception>
    public Sweep(string file, string text, SweepAxis axis, int seeds)
    {
        Axis = axis;
        Seeds = seeds;
        yaml = [.. axis.Values.Select(value => axis.PutInto(file, text, value))];
        scenarios = [.. yaml.Zip(axis.Values, (changed, value) => Scenario.Parse($"{file} with {axis.Path}={value}", changed))];
        if (!scenarios[0].Variants.IsEmpty)
            throw new BadInputException(file, "compares several runs already", "remove 'compare' from a copy of it and sweep that");
        identity = $"{XxHash3.HashToUInt64(Encoding.UTF8.GetBytes(string.Join('\n', [axis.Path, .. yaml]))):x16}";
    }

    /// <summary>What is varied.</summary>
    public SweepAxis Axis { get; }

    /// <summary>How many seeds for each value.</summary>
    public int Seeds { get; }

    /// <summary>How many runs there are in all.</summary>
    public int Runs => scenarios.Length * Seeds;

    /// <summary>The scenario's name.</summary>
    public string Name => scenarios[0].Name;

    /// <summary>Runs what has not been run yet.</summary>
    /// <param name="log">The file in which finished runs are kept; null keeps them in memory only.</param>
    /// <param name="progress">Takes every run that is over, those of an earlier time too.</param>
    /// <param name="stop">Stops; what is over is kept in the log.</param>
    /// <returns>All runs, by value and seed.</returns>
    /// <exception cref="BadInputException">The log is another sweep's; or a scenario cannot be run with its value, which shows only as it runs.</exception>
    public IReadOnlyList<SweepPoint> Run(string? log = null, IProgress<SweepPoint>? progress = null, CancellationToken stop = default)
    {
        ConcurrentDictionary<(string Value, ulong Seed), SweepPoint> done = new(log is null ? [] : Earlier(log));
        foreach (SweepPoint point in done.Values)
            progress?.Report(point);
        using StreamWriter? writer = log is null ? null : new(log, append: true) { AutoFlush = true };
        try
        {
            // One at a time: a run takes seconds, and whoever took several would leave the other cores without work at the end.
            Parallel.ForEach(Partitioner.Create(Missing(done), EnumerablePartitionerOptions.NoBuffering), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop }, run =>
            {
                SweepPoint point = SweepPoint.Run(scenarios[run.Index], Axis.Values[run.Index], run.Seed, stop);
                done[(point.Value, point.Seed)] = point;
                lock (done)
                    writer?.WriteLine(JsonSerializer.Serialize(new LoggedPoint(identity, point)));
                progress?.Report(point);
            });
        }
        catch (AggregateException several) when (several.InnerExceptions.OfType<BadInputException>().FirstOrDefault() is { } bad)
        {
            // Not every value can be run: admission control may refuse a VM.
            throw new BadInputException(bad.Place, bad.Problem, bad.Remedy, several);
        }

        return [.. from index in Enumerable.Range(0, scenarios.Length) from seed in SeedsOf(index) select done[(Axis.Values[index], seed)]];
    }

    private IEnumerable<(int Index, ulong Seed)> Missing(ConcurrentDictionary<(string, ulong), SweepPoint> done) =>
        [.. from index in Enumerable.Range(0, scenarios.Length) from seed in SeedsOf(index) where !done.ContainsKey((Axis.Values[index], seed)) select (index, seed)];

    private IEnumerable<ulong> SeedsOf(int index) => Enumerable.Range(0, Seeds).Select(i => scenarios[index].Host.Seed + (ulong)i);

    private Dictionary<(string, ulong), SweepPoint> Earlier(string log)
    {
        Dictionary<(string, ulong), SweepPoint> earlier = [];
        if (!File.Exists(log))
            return earlier;
        string text = File.ReadAllText(log);
        foreach (string line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (Read(line) is not { } logged)
                continue;
            if (logged.Sweep != identity)
                throw new BadInputException(log, "holds the runs of another sweep", "name another folder, or remove the file");
            earlier[(logged.Point.Value, logged.Point.Seed)] = logged.Point;
        }

        // A line that a kill cut off must not swallow the next one.
        if (text.Length > 0 && !text.EndsWith('\n'))
            File.AppendAllText(log, "\n");
        return earlier;
    }

    private static LoggedPoint? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<LoggedPoint>(line);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record LoggedPoint(string Sweep, SweepPoint Point);
}
