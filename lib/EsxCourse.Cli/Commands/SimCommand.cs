using System.CommandLine;
using System.Diagnostics;
using EsxCourse.Contracts;
using EsxCourse.Experiments;
using EsxCourse.Memory.Alternatives;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx sim FILE</c>: runs a scenario, or replays a trace, and prints what happened.</summary>
internal static class SimCommand
{
    // Fewer VMs than these are done before a second processor has woken up.
    private const int ManyVms = 64;
    private const int SecondsBetweenChecks = 600;
    private static readonly TimeSpan UntilShown = TimeSpan.FromSeconds(2);

    private static readonly Argument<string> File = new("FILE") { Description = "A scenario (YAML), or a trace to replay." };
    private static readonly Option<long?> Seed = new("--seed") { Description = "Another seed than the scenario's." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document: the end, and every second on the way." };
    private static readonly Option<string?> TraceTo = new("--trace") { Description = "Record the run to this file, to be replayed." };
    private static readonly Option<int?> Until = new("--until") { Description = "Stop after so many seconds of the scenario." };
    private static readonly Option<string?> Pmap = new("--pmap") { Description = "Also print this VM's pmap at the end: . unbacked, M mapped, S shared, B ballooned, s swapped." };
    private static readonly Option<int?> Threads = new("--threads") { Description = "How many processors to use: all for a large host, one for a small one if not given. The result does not depend on it." };
    private static readonly Option<int?> Check = new("--check") { Description = "Check what must always hold, every ten minutes of the scenario and at its end, on every so many frames and VMs: 1 for all of them." };
    private static readonly Option<string?> SweepOver = new("--sweep") { Description = "Run it for many values of one of its keys, on all cores: tau=0..0.95/20, vms.busy.shares=100,1000,10000." };
    private static readonly Option<int> Seeds = new("--seeds") { Description = "With --sweep: how many seeds for each value.", DefaultValueFactory = _ => 1 };
    private static readonly Option<string?> Out = new("--out") { Description = "With --sweep: a folder for table, chart and finished runs. A sweep that was stopped goes on where it was." };
    private static readonly Option<bool> Events = new("--events") { Description = "Print every event as it happens." };

    public static Command Create()
    {
        Command command = new("sim", "Run a memory scenario, or replay a trace, and print what happened.") { File, Seed, Json, TraceTo, Until, Pmap, Events, Threads, Check, SweepOver, Seeds, Out };
        command.SetAction((parsed, stop) => parsed.GetValue(SweepOver) is { } axis ? SweepAsync(parsed, axis, stop) : Task.FromResult(Run(parsed, stop)));
        return command;
    }

    private static Task<int> SweepAsync(ParseResult parsed, string axis, CancellationToken stop)
    {
        if (parsed.GetValue(TraceTo) is not null || parsed.GetValue(Until) is not null || parsed.GetValue(Pmap) is not null || parsed.GetValue(Events) || parsed.GetValue(Seed) is not null
            || parsed.GetValue(Threads) is not null || parsed.GetValue(Check) is not null)
            throw new BadInputException("--sweep", "runs many times, and --seed, --trace, --until, --pmap, --events, --threads and --check are about one run", "leave them out");
        if (parsed.GetValue(Seeds) is < 1 or > 1000)
            throw new BadInputException("--seeds", "is a number from 1 to 1000", "write for example --seeds 10");
        string file = parsed.GetValue(File)!;
        return SimSweep.RunAsync(new Sweep(file, ReadText(file), SweepAxis.Parse(axis), parsed.GetValue(Seeds)), parsed.GetValue(Out), parsed.GetValue(Json), stop);
    }

    private static int Run(ParseResult parsed, CancellationToken stop)
    {
        string file = parsed.GetValue(File)!;
        bool json = parsed.GetValue(Json);
        if (json && (parsed.GetValue(Events) || parsed.GetValue(Pmap) is not null))
            throw new BadInputException("--json", "prints one document and nothing else", "leave --events and --pmap out");
        if (parsed.GetValue(Out) is not null || parsed.GetValue(Seeds) != 1)
            throw new BadInputException(parsed.GetValue(Out) is not null ? "--out" : "--seeds", "belongs to --sweep", "leave it out, or add for example --sweep tau=0..0.95/20");
        if (parsed.GetValue(Seed) is < 0)
            throw new BadInputException("--seed", "a seed is a whole number from 0", "write for example --seed 42");
        if (parsed.GetValue(Until) is < 1)
            throw new BadInputException("--until", "a run lasts at least a second", "write for example --until 60");
        if (parsed.GetValue(Threads) is < 1 or > 1024)
            throw new BadInputException("--threads", "is a number from 1 to 1024", "write for example --threads 2");
        if (parsed.GetValue(Check) is < 1)
            throw new BadInputException("--check", "is 1 to check every frame and VM, or a larger number to check every so many", "write for example --check 64");
        string text = ReadText(file);
        IMemoryObserver? observer = parsed.GetValue(Events) ? new Printer() : null;
        if (ScenarioRun.IsTrace(text))
        {
            if (parsed.GetValue(Seed) is not null || parsed.GetValue(TraceTo) is not null || parsed.GetValue(Threads) is not null)
                throw new BadInputException(file, "a trace has its seed, is recorded already and is replayed in order", "leave --seed, --trace and --threads out");
            ScenarioRun replay = ScenarioRun.Replay(file, text, observer);
            if (!Finish(replay, parsed, stop))
                return CommandLine.WorkFailed;
            if (!json && replay.IsOver)
                Console.WriteLine($"The replay ends as the recorded run did: {replay.Digest():x16}.");
            return CommandLine.Done;
        }

        Scenario scenario = Scenario.Parse(file, text);
        string? path = parsed.GetValue(TraceTo);
        if (!scenario.Variants.IsEmpty)
        {
            if (json || path is not null || observer is not null || parsed.GetValue(Until) is not null || parsed.GetValue(Pmap) is not null
                || parsed.GetValue(Threads) is not null || parsed.GetValue(Check) is not null)
                throw new BadInputException(file, "compares several runs, and the other options are about one", "leave all but --seed out, or remove 'compare' from a copy of it");
            ulong? seed = (ulong?)parsed.GetValue(Seed);
            Console.Write(TechniqueComparison.Concerns(scenario)
                ? $"{scenario.Name}\n{TechniqueComparison.Of(scenario.Variants.Select(scenario.As), seed, stop)}"
                : $"{scenario.Name}\n{ScenarioComparison.Of(scenario, seed, stop)}");
            return CommandLine.Done;
        }

        if (path is not null && parsed.GetValue(Until) is not null)
            throw new BadInputException("--trace", "a trace ends where its scenario does", "leave --until out, or shorten the scenario");
        StreamWriter? trace = path is null ? null : OpenTrace(path);
        bool whole = false;
        try
        {
            int threads = parsed.GetValue(Threads) ?? (scenario.Vms.Length >= ManyVms ? Environment.ProcessorCount : 1);
            scenario = scenario with { Host = scenario.Host with { Threads = threads } };
            whole = Finish(new ScenarioRun(scenario, (ulong?)parsed.GetValue(Seed), observer, trace), parsed, stop);
        }
        finally
        {
            // Half a trace is of no use to anybody.
            trace?.Dispose();
            if (path is not null && !whole)
                System.IO.File.Delete(path);
        }

        return whole ? CommandLine.Done : CommandLine.WorkFailed;
    }

    // False if the machine was checked and is not whole.
    private static bool Finish(ScenarioRun run, ParseResult parsed, CancellationToken stop)
    {
        int end = Math.Min(run.Scenario.Seconds, parsed.GetValue(Until) ?? int.MaxValue);
        Stopwatch watch = Stopwatch.StartNew();
        TimeSpan shown = UntilShown;
        while (run.Seconds < end)
        {
            stop.ThrowIfCancellationRequested();
            run.Step();
            if (parsed.GetValue(Check) is { } every && (run.Seconds % SecondsBetweenChecks == 0 || run.Seconds == end) && !IsWhole(run, every))
                return false;
            if (watch.Elapsed < shown)
                continue;
            shown = watch.Elapsed + TimeSpan.FromSeconds(1);
            Console.Error.WriteLine($"{run.Scenario.Name}: second {run.Seconds} of {end}");
        }

        // Not part of the result: that is the same bytes on every machine, and these two are not.
        if (watch.Elapsed >= UntilShown)
            Console.Error.WriteLine($"{run.Scenario.Name}: {run.Seconds} s simulated in {watch.Elapsed.TotalSeconds:0.0} s, {Resident(run)}");

        if (parsed.GetValue(Json))
        {
            Console.Write(ReportJson.Write(run));
            return true;
        }

        Console.WriteLine($"{run.Scenario.Name} (seed {run.Host.Options.Seed})");
        Console.Write(run.Host.Report());
        if (TechniqueComparison.Concerns(run.Host.Options))
            Console.Write($"\n{new TechniqueComparison([TechniqueRow.Of("this run", run.Host)])}");
        if (run.Scenario.Interposition is { } interposition)
            Console.Write($"\n{InterpositionComparison.Run(run.Host.Options.Seed, interposition)}");
        if (parsed.GetValue(Pmap) is { } vm)
        {
            VirtualMachine shownVm = run.Vm(vm);
            Console.WriteLine($"\npmap of {vm} after {run.Seconds} s\n{run.Host.Snapshot(shownVm)}");
        }

        return true;
    }

    private static bool IsWhole(ScenarioRun run, int every)
    {
        string? fault = run.Host.FindFault(every);
        Console.Error.WriteLine(fault is null
            ? $"{run.Scenario.Name}: second {run.Seconds}, {(every == 1 ? "all frames and VMs" : $"one frame and VM in {every}")} checked: all is well"
            : $"{run.Scenario.Name}: second {run.Seconds}: {fault}. The simulator is at fault; please report this with the scenario and its seed.");
        return fault is null;
    }

    private static string Resident(ScenarioRun run)
    {
        using Process self = Process.GetCurrentProcess();
        long pages = run.Host.Vms.Sum(vm => vm.Size.Value);
        return $"at most {self.PeakWorkingSet64 / (double)(1 << 30):0.00} GiB resident, {self.PeakWorkingSet64 / (double)Math.Max(1, pages):0.0} bytes for each of {pages} guest pages";
    }

    private static string ReadText(string file)
    {
        try
        {
            return System.IO.File.ReadAllText(file);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(file, "cannot be read", "name a scenario file, for example one of notebooks/scenarios", cause);
        }
    }

    private static StreamWriter OpenTrace(string path)
    {
        try
        {
            return new StreamWriter(path, append: false);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, "cannot be written", "give --trace a file in a folder that exists", cause);
        }
    }

    private sealed class Printer : IMemoryObserver
    {
        public void On(MemoryEvent happened) => Console.WriteLine(EventText.Of(happened));
    }
}
