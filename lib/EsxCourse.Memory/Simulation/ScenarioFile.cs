using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Alternatives;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Reclamation;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EsxCourse.Memory.Simulation;

// How a scenario is written:
//
//     name: A short sentence
//     seconds: 120
//     host:                                 vms:                              events:
//       memory: 64 MiB                        - name: linux                     - at: 30
//       tax: 0.75                               memory: 32 MiB                    do: shares
//       …                                       workload: { kind: steady, … }     vm: linux
//                                               guest: { replacement: lru, … }    to: 200
//
// Everything is checked when it is read, so that a run cannot fail on a value; what is wrong is reported with file and line.

internal sealed class ScenarioFile(string place, string text)
{
    private static readonly (string, VictimRule)[] Rules =
        [("random", VictimRule.Random), ("clock", VictimRule.Clock), ("lru", VictimRule.Lru), ("adversarial", VictimRule.Adversarial)];

    private readonly Dictionary<string, int> started = [];

    /// <exception cref="BadInputException">Something cannot be; with file, line and remedy.</exception>
    public Scenario Read()
    {
        YamlMap root = Root();
        string name = root.Text("name");
        int seconds = (int)root.Number("seconds", 1, 10_000_000);
        HostOptions host = Host(root.Map("host") ?? throw root.Wrong("'host' is missing", "add 'host:' with at least 'memory: 64 MiB'"));
        ImmutableArray<ScheduledVm> vms = [.. root.Maps("vms").SelectMany(Vms)];
        if (vms.IsEmpty)
            throw root.Wrong("'vms' is missing or empty", "add 'vms:' with at least one VM");
        ImmutableArray<ScenarioEvent> events = Events(root);
        InterpositionOptions? interposition = ScenarioTechniques.Interposition(root.Map("interposition"));
        ImmutableArray<ScenarioVariant> variants = [.. root.Maps("compare").Select(map => Variant(map, host.MachineMemory))];
        root.OptionalText("about");
        root.Done();
        return new Scenario(name, host, vms, events, seconds) { Text = text, Interposition = interposition, Variants = variants };
    }

    private YamlMap Root()
    {
        YamlStream yaml = [];
        long line = 1;
        try
        {
            // Once for the syntax alone: some mistakes make the stream below fail without saying where.
            Parser parser = new(new StringReader(text));
            while (parser.MoveNext())
                line = parser.Current!.End.Line;
            yaml.Load(new StringReader(text));
        }
        catch (Exception wrong) when (wrong is YamlException or InvalidOperationException or ArgumentException)
        {
            if (wrong is YamlException { Start.Line: > 0 } known)
                line = known.Start.Line;
            throw new BadInputException($"{place}:{line}", $"not YAML: {wrong.InnerException?.Message ?? wrong.Message}", "check indentation, colons and quotes", wrong);
        }

        if (yaml.Documents.Count != 1)
            throw new BadInputException($"{place}:1", "a scenario is one YAML document", "write 'name:', 'seconds:', 'host:' and 'vms:'");
        return new YamlMap(place, yaml.Documents[0].RootNode, "a scenario");
    }

    private static HostOptions Host(YamlMap map)
    {
        HostOptions paper = new();
        HostOptions host = paper with
        {
            MachineMemory = map.Size("memory", 16),
            Seed = (ulong)map.Number("seed", 0, long.MaxValue, otherwise: 1),
            TaxRate = new TaxRate(map.Fraction("tax", 0, 1, otherwise: paper.TaxRate.Value, belowMost: true)),
            OverheadPerVm = map.Size("overhead", 0, otherwise: PageCount.Zero),
            SwapSpace = map.OptionalSize("swap"),
            VictimRule = map.Choice("victims", paper.VictimRule, Rules),
            TrapsPagingDisk = map.Flag("traps-paging-disk", false),
            Thresholds = map.Choice("thresholds", paper.Thresholds, ("paper", ThresholdScheme.Paper), ("sliding", ThresholdScheme.SlidingMinFree)),
            RebalanceSeconds = (int)map.Number("rebalance", 1, 3_600, otherwise: paper.RebalanceSeconds),
            SampleEverySeconds = (int)map.Number("keep-every", 1, 3_600, otherwise: paper.SampleEverySeconds),
            Sampling = Sampling(map.Map("sampling")),
            BalloonRate = Rate(map.Map("balloon")),
            Costs = Costs(map.Map("costs")),
            Sharing = ScenarioTechniques.Sharing(map.Map("sharing")),
            Coloring = ScenarioTechniques.Coloring(map.Map("coloring")),
        };
        host = host with { HotIo = ScenarioTechniques.HotIo(map.Map("hot-io"), host.MachineMemory) };
        map.Done();
        return host;
    }

    private static ScenarioVariant Variant(YamlMap map, PageCount machineMemory)
    {
        ScenarioVariant variant = new(map.Text("name"))
        {
            VictimRule = map.Has("victims") ? map.Choice("victims", VictimRule.Random, Rules) : null,
            TrapsPagingDisk = map.Has("traps-paging-disk") ? map.Flag("traps-paging-disk", false) : null,
            BalloonDrivers = map.Has("balloon-driver") ? map.Flag("balloon-driver", true) : null,
            TaxRate = map.Has("tax") ? new TaxRate(map.Fraction("tax", 0, 1, belowMost: true)) : null,
            Sharing = ScenarioTechniques.Sharing(map.Map("sharing")),
            Coloring = ScenarioTechniques.Coloring(map.Map("coloring")),
            HotIo = ScenarioTechniques.HotIo(map.Map("hot-io"), machineMemory),
        };
        map.Done();
        return variant;
    }

    private static SamplingOptions Sampling(YamlMap? map)
    {
        SamplingOptions paper = new();
        if (map is null)
            return paper;
        SamplingOptions sampling = new()
        {
            PagesPerPeriod = (int)map.Number("pages", 1, 1_000_000, otherwise: paper.PagesPerPeriod),
            PeriodSeconds = (int)map.Number("period", 1, 3_600, otherwise: paper.PeriodSeconds),
        };
        map.Done();
        return sampling;
    }

    // In microseconds. Only the disk: what an access costs depends on how much of it is read ahead or written in clusters.
    private static CostModel Costs(YamlMap? map)
    {
        CostModel costs = CostModel.Default;
        if (map is null)
            return costs;
        costs = costs with
        {
            DiskAccess = (long)(1_000 * map.Fraction("disk-access", 0, 1e6, otherwise: costs.DiskAccess / 1_000.0)),
            DiskTransfer = (long)(1_000 * map.Fraction("disk-transfer", 0, 1e6, otherwise: costs.DiskTransfer / 1_000.0)),
        };
        map.Done();
        return costs;
    }

    private static BalloonRate Rate(YamlMap? map)
    {
        BalloonRate linux = BalloonRate.Default;
        if (map is null)
            return linux;
        BalloonRate rate = new()
        {
            FromFreeList = (int)map.Number("free-list", 1, 1 << 29, otherwise: linux.FromFreeList),
            Slowest = (int)map.Number("slowest", 1, 1 << 29, otherwise: linux.Slowest),
            Fastest = (int)map.Number("fastest", 1, 1 << 29, otherwise: linux.Fastest),
            Increase = (int)map.Number("increase", 0, 1 << 29, otherwise: linux.Increase),
            SlowPolls = (int)map.Number("slow-polls", 0, 1_000, otherwise: linux.SlowPolls),
            Release = (int)map.Number("release", 1, 1 << 29, otherwise: linux.Release),
        };
        map.Done();
        return rate.Fastest >= rate.Slowest ? rate : throw map.Wrong("fastest", $"'fastest: {rate.Fastest}' is below slowest ({rate.Slowest})", "raise it");
    }

    // One entry may stand for several equal VMs: `count: 3` makes linux-1, linux-2, linux-3; with `every: 10` each starts ten seconds after the one before.
    private IEnumerable<ScheduledVm> Vms(YamlMap map)
    {
        string name = map.Text("name");
        PageCount memory = map.Size("memory", 8);
        PageCount? min = map.OptionalSize("min");
        if (min > memory)
            throw map.Wrong("min", $"'min' ({min}) is above 'memory' ({memory})", "lower it");
        VmOptions options = new(name, memory)
        {
            Min = min,
            Shares = map.Has("shares") ? new Shares(map.Number("shares", 0, long.MaxValue / 1_000_000)) : null,
            Guest = Guest(map.Map("guest"), memory),
            Workload = map.Map("workload") is { } workload ? Workload(workload) : null,
            CacheWeight = map.Fraction("cache-weight", 0.001, 1e6, otherwise: 1),
        };
        int start = (int)map.Number("start", 0, 10_000_000, otherwise: 0);
        long count = map.Number("count", 1, 4_095, otherwise: 1);
        long every = map.Number("every", 0, 10_000_000, otherwise: 0);
        if (every > 0 && count == 1)
            throw map.Wrong("every", "'every' is the time between the starts of several VMs", "add 'count', or leave it out");
        if (start + every * (count - 1) > 10_000_000)
            throw map.Wrong("every", $"the last VM would start at second {start + every * (count - 1)}", "lower it");
        map.Done();
        for (int i = 1; i <= count; i++, start += (int)every)
        {
            VmOptions vm = count == 1 ? options : options with { Name = $"{name}-{i}" };
            if (!started.TryAdd(vm.Name, start))
                throw map.Wrong("name", $"there is a VM '{vm.Name}' already", "give each VM a name of its own");
            yield return new ScheduledVm(start, vm) { Place = map.Place };
        }
    }

    private static GuestOptions Guest(YamlMap? map, PageCount memory)
    {
        GuestOptions linux = new();
        if (map is null)
            return linux;
        GuestOptions guest = new()
        {
            Replacement = map.Choice("replacement", linux.Replacement, ("clock", ReplacementPolicy.Clock), ("lru", ReplacementPolicy.Lru)),
            SwapArea = map.OptionalSize("swap-area"),
            KernelFraction = map.Fraction("kernel", 0, 0.5, otherwise: linux.KernelFraction),
            ZeroesMemoryAtBoot = map.Flag("zeroes-memory", linux.ZeroesMemoryAtBoot),
            BootPagesPerSecond = (int)map.Number("boot-pages", 1, 1 << 29, otherwise: linux.BootPagesPerSecond),
            HasBalloonDriver = map.Flag("balloon-driver", linux.HasBalloonDriver),
            MaximumBalloon = map.Fraction("maximum-balloon", 0, 1, otherwise: linux.MaximumBalloon),
            Image = (ulong)map.Number("image", 1, 900, otherwise: 1),
        };
        if (guest.SwapArea is { } area && area.Value > 64 * memory.Value)
            throw map.Wrong("swap-area", $"'swap-area' ({area}) is more than 64 times the guest's memory", "lower it");
        map.Done();
        return guest;
    }

    private static WorkloadOptions Workload(YamlMap map)
    {
        string kind = map.Text("kind");
        WorkloadOptions workload = kind switch
        {
            "idle" => new IdleWorkload { Pages = map.Size("pages", 1, otherwise: new IdleWorkload().Pages) },
            "steady" => new SteadyWorkload(map.Size("pages", 1)),
            "phased" => new PhasedWorkload(Phases(map)),
            "toucher" => new ToucherWorkload(Phases(map))
            {
                Background = map.Size("background", 0, otherwise: PageCount.Zero),
                ZeroPageThread = map.Flag("zero-page-thread", false),
            },
            "dbench" => new DbenchWorkload(map.Size("files", 1)) { Clients = map.Size("clients", 1, otherwise: new PageCount(64)) },
            "boot" => new BootWorkload(map.Size("pages", 1)),
            "image" => Image(map),
            "network" => new NetworkWorkload(map.Size("ring", 1))
            {
                Files = map.Size("files", 0, otherwise: PageCount.Zero),
                FromFiles = map.Fraction("from-files", 0, 1, otherwise: new NetworkWorkload(default).FromFiles),
            },
            "database" => new DatabaseWorkload(map.Size("tables", 1), map.Fraction("query-at", 0, 1e7), map.Fraction("query-seconds", 0, 1e7)),
            _ => throw map.Wrong("kind", $"workload '{kind}' is unknown", "write one of idle, steady, phased, toucher, dbench, boot, image, database, network"),
        };
        ContentMix mix = workload.Contents;
        if (map.Map("contents") is { } contents)
        {
            mix = new ContentMix(contents.Fraction("zero", 0, 1, mix.Zero), contents.Fraction("common", 0, 1, mix.Common));
            contents.Done();
            if (mix.Zero + mix.Common > 1)
                throw contents.Wrong($"'zero' and 'common' add up to {mix.Zero + mix.Common}", "lower one of them");
        }

        workload = workload with
        {
            TouchesPerSecond = map.Fraction("rate", 0.001, 1e8, otherwise: workload.TouchesPerSecond),
            Writes = map.Fraction("writes", 0, 1, otherwise: workload.Writes),
            Contents = mix,
        };
        map.Done();
        return workload;
    }

    private static ImageWorkload Image(YamlMap map)
    {
        ImageWorkload image = new(map.Size("pages", 1))
        {
            Zero = map.Size("zero", 0, otherwise: PageCount.Zero),
            Image = map.Size("image", 0, otherwise: PageCount.Zero),
            Library = map.Size("library", 0, otherwise: PageCount.Zero),
            LibraryPool = map.Size("pool", 1, otherwise: new PageCount(1)),
            SharedWrites = map.Fraction("shared-writes", 0, 1, otherwise: 0.01),
        };
        PageCount parts = image.Zero + image.Image + image.Library;
        return parts <= image.Pages ? image : throw map.Wrong("pages", $"'zero', 'image' and 'library' add up to {parts}, more than 'pages' ({image.Pages})", "lower one of them");
    }

    private static ImmutableArray<WorkloadPhase> Phases(YamlMap map)
    {
        List<WorkloadPhase> phases = [];
        foreach (YamlMap phase in map.Maps("phases"))
        {
            phases.Add(new WorkloadPhase(phase.Fraction("seconds", 0.1, 1e7), phase.Size("pages", 0)));
            phase.Done();
        }

        return phases.Count > 0 ? [.. phases] : throw map.Wrong("'phases' is missing or empty", "add 'phases:' with entries like '- { seconds: 60, pages: 10 MiB }'");
    }

    private ImmutableArray<ScenarioEvent> Events(YamlMap root)
    {
        List<(YamlMap Map, ScenarioEvent Happens)> all = [.. root.Maps("events").Select(map => (map, Event(map))).OrderBy(e => e.Item2.AtSeconds)];
        HashSet<string> removed = [];
        foreach ((YamlMap map, ScenarioEvent happens) in all)
        {
            if (map.OptionalText("vm") is { } vm && removed.Contains(vm))
                throw map.Wrong("vm", $"VM '{vm}' was removed before second {happens.AtSeconds}", "move the event before the removal");
            if (happens is RemoveVmEvent remove)
                removed.Add(remove.Vm);
        }

        return [.. all.Select(e => e.Happens)];
    }

    private ScenarioEvent Event(YamlMap map)
    {
        int at = (int)map.Number("at", 0, 10_000_000);
        string what = map.Text("do");
        ScenarioEvent happens = what switch
        {
            "remove" => new RemoveVmEvent(at, Vm(map, at)),
            "shares" => new SetSharesEvent(at, Vm(map, at), new Shares(map.Number("to", 0, long.MaxValue / 1_000_000))),
            "tax" => new SetTaxRateEvent(at, new TaxRate(map.Fraction("to", 0, 1, belowMost: true))),
            "crash" => new CrashEvent(at, Vm(map, at)),
            "reboot" => new RebootEvent(at, Vm(map, at)),
            "balloon-driver" => new BalloonDriverEvent(at, Vm(map, at), map.Flag("to", true)),
            "balloon-target" => new BalloonTargetEvent(at, Vm(map, at), map.OptionalSize("to")),
            "pop-balloon" => new PopBalloonEvent(at, Vm(map, at)),
            _ => throw map.Wrong("do", $"event '{what}' is unknown", "write one of remove, shares, tax, crash, reboot, balloon-driver, balloon-target, pop-balloon"),
        };
        map.Done();
        return happens;
    }

    private string Vm(YamlMap map, int at)
    {
        string name = map.Text("vm");
        if (!started.TryGetValue(name, out int start))
            throw map.Wrong("vm", $"there is no VM '{name}'", $"write one of {string.Join(", ", started.Keys.Take(10))}");
        return start <= at ? name : throw map.Wrong("vm", $"VM '{name}' starts at second {start} and cannot be meant at second {at}", "move the event or the start");
    }
}
