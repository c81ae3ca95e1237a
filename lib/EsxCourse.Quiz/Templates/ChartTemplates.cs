using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Rendering;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// "Look at this chart: what happens next?" A host is run and what it did is drawn. Then the run goes on, and what it does is the answer: a balloon
// after a touch (OSDI '02 §3.2), free memory that falls on (§6.3), sharing after the guests have written (§4.3).
internal static class ChartTemplates
{
    private const int VmPages = 600;

    public static IReadOnlyList<ItemTemplate> All { get; } =
    [
        new("chart-balloon", "charts", "A balloon after a touch", ["slide: Ballooning!", "§3.2"], BalloonAfterTouch),
        new("chart-states", "charts", "Free memory that falls", ["slide: Idle Memory Tax", "§6.3"], FreeMemoryFalls),
        new("chart-sharing", "charts", "Sharing after writes", ["slide: Content-based Sharing", "§4.1", "§4.3"], SharingAfterWrites),
    ];

    private enum Next
    {
        Restarts,
        Stays,
        Falls,
        Climbs,
    }

    private static ChoiceDraft BalloonAfterTouch(SeedStream draw)
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(4 * VmPages), Seed = draw.Bits(), BalloonRate = new BalloonRate { FromFreeList = draw.Between(20, 50) } });
        VirtualMachine vm = host.AddVm(new VmOptions("VM", new PageCount(VmPages)) { Guest = new GuestOptions { KernelFraction = 0, KernelBase = new PageCount(2) } });
        int target = 10 * draw.Between(12, 24), seconds = draw.Between(14, 18);
        host.SetBalloonTarget(vm, new PageCount(target));
        List<double> sizes = [0];
        for (int second = 0; second < seconds; second++)
            sizes.Add(Balloon());
        Ppn touched = Ballooned();
        host.Touch(vm, touched, AccessKind.Write);
        double before = sizes[^1], soon = Math.Min(Balloon(), Balloon()), later = 0;
        for (int second = 0; second < seconds; second++)
            later = Balloon();
        Next next = soon < before / 2 && later > soon ? Next.Restarts : soon < before / 2 ? Next.Falls : later > before ? Next.Climbs : Next.Stays;
        RunChart chart = new("Pages in the balloon", "pages", sizes, [(target, "target")]);
        return Draft(chart,
            $"The chart shows a VM's balloon growing to its target of {target} pages. Now the guest writes to a page in the balloon; the target stays as it is. What does the line do next?",
            next, "After the touch the balloon went from " + $"{before:0} to {soon:0} pages and then back up to {later:0}.",
            (Next.Restarts, "It drops to the ground and climbs to the target again", "ESX pops the balloon: at the next contact the driver starts from nothing and inflates anew.", "left the driver as it was"),
            (Next.Stays, "It stays at the target: the page gets a new machine page, and that is all", "The page does get a new machine page, but what driver and server know of the balloon no longer agrees, so it is reset.", "forgot the pop"),
            (Next.Falls, "It drops to the ground and stays there: the guest has shown that it needs its memory", "The target is the server's, and one touch does not change it.", "took the touch for a change of the target"),
            (Next.Climbs, "It climbs above the target to make up for the page", "A balloon never grows beyond its target.", "let the balloon exceed its target"));

        double Balloon()
        {
            host.Step();
            return host.Samples[^1].Vms[vm.Id.Value].Ballooned.Value;
        }

        Ppn Ballooned()
        {
            PmapSnapshot pmap = host.Snapshot(vm);
            return draw.OneOf<Ppn>([.. Enumerable.Range(0, VmPages).Select(at => new Ppn(at)).Where(at => pmap[at] == PmapState.Ballooned)]);
        }
    }

    private static ChoiceDraft FreeMemoryFalls(SeedStream draw)
    {
        const int memory = 10_000;
        StateThresholds thresholds = StateThresholds.Paper(new PageCount(memory));
        ReclamationState[] ends = [ReclamationState.High, ReclamationState.Soft, ReclamationState.Hard, ReclamationState.Low];
        double[] lands = [draw.OneOf(4.4, 4.7), draw.OneOf(2.4, 3.0, 3.5), draw.OneOf(1.3, 1.6), draw.OneOf(0.4, 0.6)];
        int end = draw.Between(0, 3);
        double start = draw.Between(80, 95) / 10.0, last = end == 0 ? draw.Between(64, 70) / 10.0 : draw.Between(45, 56) / 10.0;
        // Free memory as a host measures it, falling a little unevenly until the chart ends.
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(memory), Seed = draw.Bits() });
        VirtualMachine vm = host.AddVm(new VmOptions("VM", new PageCount(memory)) { Guest = new GuestOptions { KernelFraction = 0, KernelBase = new PageCount(2) } });
        int ppn = 4;
        List<double> free = [];
        const int seconds = 12;
        for (int second = 0; second <= seconds; second++)
        {
            double wanted = start + ((last - start) * second / seconds) + (second is 0 or seconds ? 0 : draw.Between(-6, 6) / 100.0);
            FillTo(wanted);
            free.Add(host.Machine.Free.Value * 100.0 / memory);
        }

        // The rest of the fall, within one second: the state that the host is in afterwards is the answer.
        FillTo(lands[end]);
        ReclamationState state = StateTransitions.Next(ReclamationState.High, host.Machine.Free, thresholds);
        RunChart chart = new("Free machine memory", "% of memory", free, [(6, "high 6 %"), (4, "soft 4 %"), (2, "hard 2 %"), (1, "low 1 %")]);
        string fell = $"{host.Machine.Free.Value * 100.0 / memory:0.0} %";
        return new ChoiceDraft(
            $"The chart shows a host's free memory; it is in the state high. In the next second free memory falls to {fell}. What does ESX do then?",
            [.. ends.Select(one => new Option(Does(one), one == state, Why(one, state, fell), one == state ? null : one < state ? "went down one state only" : "looked at the wrong threshold"))],
            $"At {fell} the host is in the state {state.ToString().ToLowerInvariant()}: on the way down every threshold acts at once.")
        {
            Picture = chart.Words,
            Drawing = chart.Svg(),
            Worked = ["free memory now: " + fell, "below 4 % begins soft, below 2 % hard, below 1 % low", $"so: {Does(state).ToLowerInvariant()}"],
        };

        void FillTo(double percent)
        {
            while (ppn < memory && host.Machine.Free.Value > Math.Round(percent * memory / 100))
                host.Touch(vm, new Ppn(ppn++), AccessKind.Write);
        }
    }

    private static string Does(ReclamationState state) => state switch
    {
        ReclamationState.High => "It reclaims nothing",
        ReclamationState.Soft => "It reclaims by ballooning, and pages only where that is not possible",
        ReclamationState.Hard => "It pages out",
        _ => "It pages out and blocks VMs above their targets",
    };

    private static string Why(ReclamationState option, ReclamationState right, string fell) =>
        option == right ? $"{fell} is in the state {right.ToString().ToLowerInvariant()}."
        : option < right ? $"{fell} is below the threshold at which the state {option.ToString().ToLowerInvariant()} ends; states are left downwards at once, not one a second."
        : $"{fell} is still above the threshold of the state {option.ToString().ToLowerInvariant()}.";

    private static ChoiceDraft SharingAfterWrites(SeedStream draw)
    {
        int pages = 20 * draw.Between(8, 14), scan = draw.Between(20, 45), seconds = 16;
        bool writes = draw.Between(0, 2) > 0;
        SharingOptions sharing = new() { PagesPerSecondPerVm = scan, PagesPerSecond = 2 * scan, Scan = ScanPolicy.Sequential };
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(4 * pages), Seed = draw.Bits(), Sharing = sharing });
        VmOptions options = new("VM", new PageCount(pages)) { Guest = new GuestOptions { KernelFraction = 0, KernelBase = new PageCount(2) } };
        VirtualMachine one = host.AddVm(options with { Name = "A" }), other = host.AddVm(options with { Name = "B" });
        foreach (VirtualMachine vm in new[] { one, other })
            for (int ppn = 4; ppn < pages; ppn++)
                host.Touch(vm, new Ppn(ppn), AccessKind.Read);
        List<double> shared = [0];
        for (int second = 0; second < seconds; second++)
            shared.Add(Shared());
        for (int ppn = 4; ppn < pages; ppn++)
            host.Touch(one, new Ppn(ppn), writes ? AccessKind.Write : AccessKind.Read);
        double before = shared[^1], after = Shared();
        Next next = after < 0.8 * before ? Next.Falls : after > 1.2 * before ? Next.Climbs : Next.Stays;
        RunChart chart = new("Pages that share a frame", "pages", shared, []);
        return Draft(chart,
            $"Two VMs hold {pages - 4} pages each, equal in content, and ESX scans {scan} pages of each a second: the chart shows how many share. Now VM A {(writes ? "writes to" : "reads")} all of its pages within a second. What does the line do next?",
            next, $"The line went from {before:0} to {after:0} pages.",
            (Next.Falls, "It falls steeply", "Each write to a shared page gives the writer a private copy; B's pages share only among themselves.", "took a read for a write"),
            (Next.Stays, "It stays about where it is", "Sharing is invisible to readers; only a write breaks it.", "forgot copy-on-write"),
            (Next.Climbs, "It climbs much higher: touched pages are scanned first", "The scan takes pages by their number or at random, not by their use, and what A has is found already.", "took the touch for a hint"),
            (Next.Restarts, "It falls to nothing and climbs again, since a touch throws the hints away", "Hints and shared frames outlive a touch; B's pages were not touched at all.", "threw all sharing away"));

        double Shared()
        {
            host.Step();
            return host.Samples[^1].Shared.Value;
        }
    }

    private static ChoiceDraft Draft(RunChart chart, string ask, Next right, string explanation, params (Next Next, string Says, string Why, string Mistake)[] options) =>
        new(ask, [.. options.Select(option => new Option(option.Says, option.Next == right, option.Why, option.Next == right ? null : option.Mistake))], explanation)
        {
            Picture = chart.Words,
            Drawing = chart.Svg(),
            Worked = [explanation, $"so: {options.Single(option => option.Next == right).Says.ToLowerInvariant()}"],
        };
}
