using System.Collections.Immutable;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Experiments;

// An experiment is a scenario file, the constants that stand in it as ${name}, and a few lines that read numbers off the host while it
// runs. The mechanisms do the work: nothing here decides what a VM holds, shares or loses.
//
// Always: the same constants give the same result, to the last bit; every published number comes from Published/ or from the text
// of the paper with its section; a constant is chosen once, here, and its reason says for what.

/// <summary>A figure of the paper, run by the memory manager and shown beside the published values.</summary>
public abstract class Experiment
{
    /// <summary>What it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What it shows, in a few words.</summary>
    public abstract string Title { get; }

    /// <summary>Where the published values stand.</summary>
    public abstract string Source { get; }

    /// <summary>What the x axis of its chart shows.</summary>
    public virtual string XAxis => "minutes";

    /// <summary>What the y axis of its chart shows.</summary>
    public virtual string YAxis => "MB";

    /// <summary>All that it needs beyond the simulator's own options.</summary>
    public abstract ImmutableArray<ModelConstant> Constants { get; }

    /// <summary>Runs it.</summary>
    /// <param name="stop">Ends it early.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public ExperimentResult Run(CancellationToken stop = default) => Run(new ConstantValues(Constants), stop);

    /// <summary>Runs it with changed constants.</summary>
    /// <param name="constants">The constants of this run.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>What came of it.</returns>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public abstract ExperimentResult Run(ConstantValues constants, CancellationToken stop);

    /// <summary>The name of the experiment.</summary>
    public override string ToString() => Name;

    /// <summary>A scenario of the experiment, with its constants filled in.</summary>
    /// <param name="file">The name of its file in Scenarios/.</param>
    /// <param name="constants">The constants.</param>
    /// <param name="more">Further values for this one run.</param>
    /// <returns>The scenario.</returns>
    private protected static Scenario ScenarioOf(string file, ConstantValues constants, params (string Name, double Value)[] more)
    {
        string text = Resources.Text($"Scenarios/{file}.yaml");
        return ParseWith(file, text, constants, more);
    }

    /// <summary>The same for a text that a run has changed already.</summary>
    /// <param name="file">The name of its file, for messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="constants">The constants.</param>
    /// <param name="more">Further values for this one run.</param>
    /// <returns>The scenario.</returns>
    private protected static Scenario ParseWith(string file, string text, ConstantValues constants, params (string Name, double Value)[] more)
    {
        foreach ((string name, double value) in constants.All.Select(c => (c.Key, c.Value)).Concat(more))
            text = text.Replace($"${{{name}}}", FormattableString.Invariant($"{value}"), StringComparison.Ordinal);
        return Scenario.Parse($"{file}.yaml", text);
    }

    /// <summary>Lives a scenario to its end.</summary>
    /// <param name="scenario">The scenario.</param>
    /// <param name="stop">Ends it early.</param>
    /// <param name="watch">Called after each second; null for nobody.</param>
    /// <returns>The run, over.</returns>
    private protected static ScenarioRun RunToEnd(Scenario scenario, CancellationToken stop, Action<ScenarioRun>? watch = null)
    {
        ScenarioRun run = new(scenario);
        while (!run.IsOver)
        {
            stop.ThrowIfCancellationRequested();
            run.Step();
            watch?.Invoke(run);
        }

        return run;
    }

    /// <summary>A simulated curve with a point a minute or so.</summary>
    /// <param name="name">What it shows.</param>
    /// <param name="samples">The samples.</param>
    /// <param name="value">Its value in a sample, in MB.</param>
    /// <param name="everySeconds">The distance of its points.</param>
    /// <returns>The curve, over minutes.</returns>
    private protected static ResultSeries Curve(string name, IReadOnlyList<HostSample> samples, Func<HostSample, double> value, int everySeconds = 15)
    {
        HostSample[] points = [.. samples.Where(s => s.Time.Microseconds / 1_000_000 % everySeconds == 0)];
        return new ResultSeries(name, false, [.. points.Select(s => s.Time.Microseconds / 60e6)], [.. points.Select(s => Math.Round(value(s), 3))]);
    }
}
