using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// The four states with their hysteresis, vSphere's sliding reserve, and admission control (OSDI '02 §6; slide "Idle Memory Tax").
internal static class StateTemplates
{
    private const long PagesPerGigabyte = 1L << 18;

    private static readonly string[] Sources = ["slide: Idle Memory Tax", "§6.3"];

    public static IReadOnlyList<ItemTemplate> All { get; } =
    [
        new("state-after", "states", "The state after free memory has moved", Sources, StateAfter),
        new("threshold", "states", "Where a state begins, in megabytes", Sources, Threshold),
        new("min-free", "states", "vSphere's sliding reserve", ["vSphere", "§6.3"], MinFree),
        new("admission-memory", "admission", "Memory that must be there to power on", ["§6.2"], AdmissionMemory),
        new("admission-swap", "admission", "Swap space that must be there to power on", ["§6.2"], AdmissionSwap),
    ];

    private static ChoiceDraft StateAfter(SeedStream draw)
    {
        StateThresholds thresholds = StateThresholds.Paper(new PageCount(100_000));
        List<double> free = [draw.OneOf(7.0, 8.0, 9.0)];
        for (int at = 0; at < 4; at++)
            free.Add(draw.OneOf(0.7, 1.4, 1.8, 2.2, 3.0, 3.6, 4.2, 5.0, 5.5, 6.2, 7.5));
        List<ReclamationState> states = [];
        ReclamationState state = ReclamationState.High, allAtOnce = ReclamationState.High;
        foreach (double percent in free)
        {
            PageCount pages = new((long)(percent * 1000));
            state = StateTransitions.Next(state, pages, thresholds);
            allAtOnce = Settle(allAtOnce, pages);
            states.Add(state);
        }

        ReclamationState memoryless = Settle(ReclamationState.Low, new PageCount((long)(free[^1] * 1000)) + thresholds.Margin + new PageCount(1));
        return new ChoiceDraft(
            $"A host looks at its free memory once a second: {string.Join(", ", free.Select(percent => $"{percent:0.0} %"))}. It begins in the state high; thresholds are 6, 4, 2 and 1 %, and on the way up a margin of 0.5 % is "
            + "asked for beyond the threshold of the state above. In which state is it at the end?",
            [.. Enum.GetValues<ReclamationState>().Select(option => new Option(
                option.ToString().ToLowerInvariant(), option == state,
                option == state ? "Down at once, as deep as need be; up one state a second, and only well above the next threshold."
                : option == allAtOnce ? "Climbed all states at once: on the way up the host takes one state at a time."
                : option == memoryless ? "Forgot the hysteresis: the state does not follow from free memory alone, but also from the state before."
                : "No rule leads here: follow the readings one by one.",
                option == state ? null : option == allAtOnce ? "climbed all states at once" : option == memoryless ? "forgot the hysteresis" : null))],
            "Down at once, up one state at a time and only with a margin: so the state tells of the past as well.")
        {
            Worked = [.. free.Zip(states, (percent, after) => $"{percent:0.0} % free: {after.ToString().ToLowerInvariant()}")],
        };

        ReclamationState Settle(ReclamationState from, PageCount pages)
        {
            for (int step = 0; step < 3; step++)
                from = StateTransitions.Next(from, pages, thresholds);
            return from;
        }
    }

    private static NumberDraft Threshold(SeedStream draw)
    {
        int gigabytes = draw.OneOf(1, 2, 4, 8, 16);
        StateThresholds thresholds = StateThresholds.Paper(new PageCount(gigabytes * PagesPerGigabyte));
        (string name, PageCount begins, string does) = draw.OneOf(
            ("soft", thresholds.Soft, "balloon"), ("hard", thresholds.Hard, "page"), ("low", thresholds.Low, "block VMs above their target"));
        return new NumberDraft(
            $"A host has {gigabytes} GB and the paper's default thresholds. Below how many MB of free memory does it begin to {does}?",
            Megabytes(begins), 1, "MB", $"The state {name} begins there.")
        {
            Tolerance = 0.5,
            Traps =
            [
                new(Megabytes(thresholds.High), "took high", "6 % is what the targets aim at; nothing begins below it yet."),
                new(Megabytes(thresholds.Soft), "took soft", "Below 4 % the host balloons."),
                new(Megabytes(thresholds.Hard), "took hard", "Below 2 % the host pages."),
                new(Megabytes(thresholds.Low), "took low", "Below 1 % the host blocks VMs above their target."),
            ],
            Worked = [$"{gigabytes} GB = {gigabytes * 1024} MB", $"{name}: {(double)begins.Value / (gigabytes * PagesPerGigabyte) * 100:0} % of it = {Megabytes(begins):0.0} MB"],
        };
    }

    private static NumberDraft MinFree(SeedStream draw)
    {
        int gigabytes = draw.OneOf(8, 16, 24, 32, 64, 96, 128, 256);
        double answer = Megabytes(StateThresholds.MinFree(new PageCount(gigabytes * PagesPerGigabyte))), fixedPart = Megabytes(StateThresholds.Paper(new PageCount(gigabytes * PagesPerGigabyte)).High);
        List<string> worked = [];
        int left = gigabytes;
        foreach ((int width, int percent) in new[] { (4, 6), (8, 4), (16, 2), (int.MaxValue, 1) })
        {
            int here = Math.Min(left, width);
            if (here > 0)
                worked.Add($"{percent} % of {here} GB = {percent * here * 10.24:0.0} MB");
            left -= here;
        }

        return new NumberDraft(
            $"vSphere keeps 6 % of the first 4 GB, 4 % of the next 8, 2 % of the next 16 and 1 % of the rest. What is its minFree, in MB, on a host of {gigabytes} GB (1 GB = 1024 MB)?",
            answer, 0, "MB", "Each band has its own rate, as with an income tax.")
        {
            Tolerance = 3,
            Traps =
            [
                new(fixedPart, "took the paper's 6 % of all", "That is what the paper's ESX would keep; most of it would lie idle."),
                new(gigabytes * 10.24, "took 1 % of all", "1 % holds for what lies above 28 GB only."),
            ],
            Worked = [.. worked, $"together {answer:0} MB"],
        };
    }

    private static NumberDraft AdmissionMemory(SeedStream draw)
    {
        (MemoryParameters[] vms, int overhead) = Vms(draw);
        AdmissionDecision decision = AdmissionControl.Decide(vms, PageCount.FromMebibytes(overhead), PageCount.FromMebibytes(8192), PageCount.FromMebibytes(8192));
        return new NumberDraft($"{Told(vms, overhead)} How much machine memory must be there for all of them to be admitted, in MB?", Megabytes(decision.MemoryNeeded), 0, "MB",
            "What is guaranteed (min) and the monitor's own overhead must be there for certain; everything else can be taken back.")
        {
            Traps =
            [
                new(vms.Sum(vm => Megabytes(vm.Max)), "reserved max", "Then memory could not be overcommitted; only min is guaranteed."),
                new(vms.Sum(vm => Megabytes(vm.Min)), "forgot the overhead", "The monitor's own memory cannot be reclaimed either."),
                new(vms.Sum(vm => Megabytes(vm.Max)) + (vms.Length * overhead), "reserved max and overhead", "Only min is guaranteed."),
            ],
            Worked = [.. vms.Select((vm, at) => $"VM {at + 1}: min + overhead = {Megabytes(vm.Min):0} + {overhead} MB"), $"together {Megabytes(decision.MemoryNeeded):0} MB"],
        };
    }

    private static NumberDraft AdmissionSwap(SeedStream draw)
    {
        (MemoryParameters[] vms, int overhead) = Vms(draw);
        AdmissionDecision decision = AdmissionControl.Decide(vms, PageCount.FromMebibytes(overhead), PageCount.FromMebibytes(8192), PageCount.FromMebibytes(8192));
        return new NumberDraft($"{Told(vms, overhead)} How much swap space must be there for all of them to be admitted, in MB?", Megabytes(decision.SwapNeeded), 0, "MB",
            "All memory above the guarantees may have to be paged out: max - min for each VM.")
        {
            Traps =
            [
                new(vms.Sum(vm => Megabytes(vm.Max)), "reserved for all memory", "What is guaranteed (min) is never paged out."),
                new(vms.Sum(vm => Megabytes(vm.Min)), "took the guarantees", "They stay in machine memory."),
                new(Megabytes(decision.SwapNeeded) + (vms.Length * overhead), "paged the overhead", "The monitor's own memory is not paged."),
            ],
            Worked = [.. vms.Select((vm, at) => $"VM {at + 1}: max - min = {Megabytes(vm.Max):0} - {Megabytes(vm.Min):0} MB"), $"together {Megabytes(decision.SwapNeeded):0} MB"],
        };
    }

    private static (MemoryParameters[] Vms, int Overhead) Vms(SeedStream draw) =>
        ([.. Enumerable.Range(0, draw.Between(2, 4)).Select(_ => draw.OneOf(256, 512, 768, 1024)).Select(max =>
            new MemoryParameters(PageCount.FromMebibytes(max / 4 * draw.Between(1, 3)), PageCount.FromMebibytes(max), new Shares(max)))], draw.OneOf(24, 32, 40));

    private static string Told(MemoryParameters[] vms, int overhead) =>
        string.Join(" ", vms.Select((vm, at) => $"VM {at + 1}: min {Megabytes(vm.Min):0} MB, max {Megabytes(vm.Max):0} MB.")) + $" Each needs {overhead} MB of overhead.";

    private static double Megabytes(PageCount pages) => pages.Value / 256.0;
}
