using System.IO.Hashing;
using System.Runtime.InteropServices;
using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// Runs a scenario, second by second. In each second first what is due happens, then the host lives it. The run can be recorded
// (Record) and a recording replayed (Replay); both end in the same digest.

/// <summary>A scenario under way.</summary>
public sealed class ScenarioRun
{
    private readonly Scenario scenario;
    private readonly Trace? trace;
    private readonly TraceWriter? recording;
    private readonly Dictionary<string, VirtualMachine> vms = [];
    private int nextEvent;

    /// <summary>Prepares a run.</summary>
    /// <param name="scenario">What to run.</param>
    /// <param name="seed">Another seed than the scenario's, if given.</param>
    /// <param name="observer">Who watches, if anyone.</param>
    /// <param name="recordTo">Where to record the run as a trace, if anywhere; the scenario must come from YAML.</param>
    public ScenarioRun(Scenario scenario, ulong? seed = null, IMemoryObserver? observer = null, TextWriter? recordTo = null)
        : this(scenario, seed, observer, recordTo, null)
    {
    }

    private ScenarioRun(Scenario scenario, ulong? seed, IMemoryObserver? observer, TextWriter? recordTo, Trace? trace)
    {
        this.scenario = scenario;
        this.trace = trace;
        Host = new EsxHost(scenario.Host with { Seed = seed ?? scenario.Host.Seed, Observer = observer ?? scenario.Host.Observer });
        if (recordTo is null)
            return;
        recording = new TraceWriter(recordTo);
        recording.Begin(Host.Options.Seed, scenario.Text);
        Host.TraceWriter = recording;
    }

    /// <summary>The host.</summary>
    public EsxHost Host { get; }

    /// <summary>The scenario.</summary>
    public Scenario Scenario => scenario;

    /// <summary>How many seconds have passed.</summary>
    public int Seconds { get; private set; }

    /// <summary>Whether the scenario is over.</summary>
    public bool IsOver => Seconds >= scenario.Seconds;

    /// <summary>Prepares the replay of a trace.</summary>
    /// <param name="file">Where the trace comes from, for messages.</param>
    /// <param name="text">The trace.</param>
    /// <param name="observer">Who watches, if anyone.</param>
    /// <returns>The run; at its end it checks that it ended as the recorded one did.</returns>
    /// <exception cref="BadInputException">It is not a trace.</exception>
    public static ScenarioRun Replay(string file, string text, IMemoryObserver? observer = null)
    {
        Trace trace = Trace.Parse(file, text);
        return new ScenarioRun(Scenario.Parse(file, trace.ScenarioText), trace.Seed, observer, null, trace);
    }

    /// <summary>Whether a text is a trace rather than a scenario.</summary>
    /// <param name="text">The contents of a file.</param>
    /// <returns>Whether <see cref="Replay"/> can read it.</returns>
    public static bool IsTrace(string text) => Trace.IsTrace(text);

    /// <summary>A VM by its name.</summary>
    /// <param name="name">The name in the scenario.</param>
    /// <returns>The VM.</returns>
    /// <exception cref="BadInputException">There is no such VM, or it has not started yet.</exception>
    public VirtualMachine Vm(string name) => vms.TryGetValue(name, out VirtualMachine? vm)
        ? vm
        : throw new BadInputException(name, $"no VM of this name has started by second {Seconds}", $"write one of {string.Join(", ", scenario.Vms.Select(v => v.Options.Name).Take(10))}");

    /// <summary>Lives one second of the scenario.</summary>
    /// <exception cref="BadInputException">A VM is refused by admission control; or a replay does not end as the recorded run did.</exception>
    public void Step()
    {
        foreach (ScheduledVm vm in scenario.Vms.Where(v => v.StartSeconds == Seconds))
            Start(vm);
        while (nextEvent < scenario.Events.Length && scenario.Events[nextEvent].AtSeconds <= Seconds)
            Happen(scenario.Events[nextEvent++]);
        Host.Step();
        Seconds++;
        if (!IsOver)
            return;
        recording?.End(Digest());
        if (trace is not null && trace.EndDigest != Digest())
            throw new BadInputException("trace", $"the replay ends in {Digest():x16}, the recorded run in {trace.EndDigest:x16}", "replay it with the version of the kit that recorded it");
    }

    /// <summary>Lives all that is left of it.</summary>
    /// <param name="stop">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public void RunToEnd(CancellationToken stop = default)
    {
        while (!IsOver)
        {
            stop.ThrowIfCancellationRequested();
            Step();
        }
    }

    /// <summary>Sixty-four bits that stand for the whole state: every pmap, every frame's contents, every count, the time.</summary>
    /// <returns>The digest; equal runs have equal ones.</returns>
    public ulong Digest()
    {
        XxHash3 hash = new();
        void Add(ReadOnlySpan<long> numbers) => hash.Append(MemoryMarshal.AsBytes(numbers));
        Add([Host.Now.Microseconds, Host.Machine.Free.Value, (long)Host.State, Host.Swap.Used.Value]);
        foreach (VirtualMachine vm in Host.Vms)
        {
            hash.Append(MemoryMarshal.AsBytes(vm.Pmap.Entries));
            for (int i = 0; i < vm.Pmap.Length; i++)
                if (vm.Pmap.StateOf(new Ppn(i)) is PmapState.Mapped or PmapState.Shared)
                    Add([(long)Host.Machine.ContentsOf(vm.Pmap.MpnOf(new Ppn(i))).Value]);
            foreach ((Outcome outcome, long count) in vm.Outcomes.NonZero())
                Add([(long)outcome, count]);
            Add([vm.Target.Value, vm.VmNanoseconds]);
        }

        return hash.GetCurrentHashAsUInt64();
    }

    private void Start(ScheduledVm vm)
    {
        // A trace takes the place of the workload before the guest boots and starts it.
        Func<VmId, IOperationSource, IOperationSource>? replace = trace is null ? null : trace.Replay;
        try
        {
            vms[vm.Options.Name] = Host.AddVm(vm.Options, replace);
        }
        catch (BadInputException refused) when (vm.Place.Length > 0)
        {
            throw new BadInputException(vm.Place, $"{refused.Place}: {refused.Problem}", refused.Remedy, refused);
        }
    }

    private void Happen(ScenarioEvent happens)
    {
        switch (happens)
        {
            case RemoveVmEvent remove:
                Host.RemoveVm(Vm(remove.Vm));
                break;
            case SetSharesEvent shares:
                Host.SetShares(Vm(shares.Vm), shares.Shares);
                break;
            case SetTaxRateEvent tax:
                Host.SetTaxRate(tax.TaxRate);
                break;
            case CrashEvent crash:
                Host.CrashGuest(Vm(crash.Vm));
                break;
            case RebootEvent reboot:
                Host.RebootGuest(Vm(reboot.Vm));
                break;
            case BalloonDriverEvent driver:
                Host.EnableBalloonDriver(Vm(driver.Vm), driver.Enabled);
                break;
            case BalloonTargetEvent target:
                Host.SetBalloonTarget(Vm(target.Vm), target.Target);
                break;
            case PopBalloonEvent pop:
                VirtualMachine vm = Vm(pop.Vm);
                for (int ppn = 0; ppn < vm.Pmap.Length; ppn++)
                    if (vm.Pmap.StateOf(new Ppn(ppn)) == PmapState.Ballooned)
                    {
                        Host.Touch(vm, new Ppn(ppn), AccessKind.Write);
                        return;
                    }

                break;
        }
    }
}
