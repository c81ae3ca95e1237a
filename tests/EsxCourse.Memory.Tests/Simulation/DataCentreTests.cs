using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Tests.Structure;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

// The data centre's host, smaller: the same VMs in the same proportions, fewer or of less memory. Whatever the number of processors, the bytes
// that come out are the same.
public sealed class DataCentreTests
{
    private static readonly string FullSize = Path.GetFullPath(Path.Combine(LibrarySource.Folder, "../../notebooks/scenarios/large/data-centre.yaml"));

    // 32 VMs of 16 MiB in two minutes: they boot, fill the machine, are ballooned and shared; one is busy.
    private const string Small = """
        name: A small data centre
        seconds: 120
        host:
          memory: 352 MiB
          overhead: 128 KiB
          sampling: { period: 10 }
          sharing: { scan: sequential, per-vm: 64, per-second: 1200 }
        vms:
          - name: busy
            count: 2
            every: 8
            memory: 16 MiB
            guest: { zeroes-memory: true, boot-pages: 1024 }
            workload: { kind: image, pages: 11 MiB, zero: 640 KiB, image: 2 MiB, library: 704 KiB, pool: 6 MiB, rate: 900, writes: 0.1 }
          - name: idle
            count: 30
            every: 1
            memory: 16 MiB
            guest: { zeroes-memory: true, boot-pages: 1024 }
            workload: { kind: image, pages: 11 MiB, zero: 640 KiB, image: 2 MiB, library: 704 KiB, pool: 6 MiB, rate: 20, writes: 0.1 }
        """;

    private static ScenarioRun Run(Scenario scenario, int threads, int checkEvery)
    {
        ScenarioRun run = new(scenario with { Host = scenario.Host with { Threads = threads } });
        while (!run.IsOver)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            run.Step();
            if (run.Seconds % (scenario.Seconds / 4) == 0)
                Assert.Null(run.Host.FindFault(checkEvery));
        }

        return run;
    }

    private static long Count(ScenarioRun run, Outcome outcome) => run.Host.Vms.Sum(vm => vm.Outcomes[outcome]);

    private static void AssertTheSame(Scenario scenario, int checkEvery)
    {
        ScenarioRun one = Run(scenario, 1, checkEvery), two = Run(scenario, 2, checkEvery);
        Assert.Equal((0, true), (one.Host.SlicesAhead, two.Host.SlicesAhead > 0));
        Assert.Equal(ReportJson.Write(one), ReportJson.Write(two));
        Assert.Equal(one.Host.Report().ToString(), two.Host.Report().ToString());
        Assert.Equal(one.Host.SharingReport(), two.Host.SharingReport());
        Assert.True(Count(one, Outcome.FirstTouch) >= scenario.Vms.Sum(vm => vm.Options.Memory.Value), "not every page was touched");
        Assert.True(Count(one, Outcome.SharingScan) > 0 && Count(one, Outcome.PageShared) > 0 && Count(one, Outcome.CopyOnWrite) > 0);
        Assert.True(Count(one, Outcome.BalloonInflate) > 0 && Count(one, Outcome.BalloonDeflate) > 0);
        Assert.Contains(one.Host.Report().States, state => state.State != ReclamationState.High && state.Entered > 0);
    }

    [Fact]
    public void A_small_data_centre_gives_the_same_bytes_on_one_processor_and_on_two() => AssertTheSame(Scenario.Parse("small.yaml", Small), checkEvery: 1);

    [Fact]
    public void A_host_that_runs_out_of_frames_gives_the_same_bytes_on_one_processor_and_on_three()
    {
        // Half the machine, and no balloons: paging, blocked VMs, pages of one VM paged out for another.
        Scenario scenario = Scenario.Parse("short.yaml", Small.Replace("memory: 352 MiB", "memory: 290 MiB", StringComparison.Ordinal)
            .Replace("boot-pages: 1024", "boot-pages: 1024, balloon-driver: false", StringComparison.Ordinal));
        ScenarioRun one = Run(scenario, 1, checkEvery: 1), three = Run(scenario, 3, checkEvery: 1);
        Assert.True(Count(one, Outcome.SwapOut) > 0 && Count(one, Outcome.BlockedSlice) > 0 && three.Host.SlicesAhead > 0);
        Assert.Equal(ReportJson.Write(one), ReportJson.Write(three));
    }

    [Fact]
    public void Many_VMs_of_one_name_are_one_line_of_a_report()
    {
        ScenarioRun run = new(Scenario.Parse("many.yaml", Small.Replace("count: 30", "count: 31", StringComparison.Ordinal)));
        while (run.Seconds < 32)
            run.Step();
        string report = run.Host.Report().ToString();
        Assert.Contains("busy (2 VMs)", report, StringComparison.Ordinal);
        Assert.Contains($"idle (31 VMs)  {31 * 4096}", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Samples_find_a_fault_that_they_meet_and_the_counts_of_the_whole_are_always_checked()
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(64) });
        VirtualMachine vm = host.AddVm(new VmOptions("one", new PageCount(16)));
        host.Touch(vm, new Ppn(9), AccessKind.Write);
        Assert.Null(host.FindFault());
        vm.Pmap.Set(new Ppn(9), PmapState.Mapped, 40); // behind PageMapper's back
        Assert.Contains("MPN 4 has 0 mappers", host.FindFault(), StringComparison.Ordinal);
        Assert.Contains("40", host.FindFault(8), StringComparison.Ordinal);
        Assert.Null(host.FindFault(37)); // neither 40 nor the frame that was there
        vm.Pmap.Set(new Ppn(9), PmapState.Ballooned, 0);
        Assert.NotNull(host.FindFault(8));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.FindFault(0));
    }

    [Fact]
    public void The_full_size_host_has_268_million_guest_pages_and_its_tables_fit_into_12_GiB()
    {
        Scenario scenario = Scenario.Load(FullSize);
        long guestPages = scenario.Vms.Sum(vm => vm.Options.Memory.Value), frames = scenario.Host.MachineMemory.Value;
        Assert.Equal((1024, 268_435_456, 704L << 18, 3600), (scenario.Vms.Length, guestPages, frames, scenario.Seconds));
        Assert.True(scenario.Vms.Max(vm => vm.StartSeconds) < 1024 && scenario.Host.Sharing!.PagesPerSecond * 3500L >= guestPages);

        // A guest page: pmap 5, guest 6, clock 1, and for those that a process has 4 each for its table, the shadow's and the way back.
        long perGuestPage = Pmap.BytesPerPage + GuestOs.BytesPerPage + sizeof(byte);
        long perVirtualPage = sizeof(int) + ShadowPageTables.BytesPerVirtualPage + ShadowPageTables.BytesPerPhysicalPage;
        long virtualPages = scenario.Vms.Sum(vm => ((ImageWorkload)vm.Options.Workload!).Pages.Value);
        // A frame: contents, use, free list 13, the sharing table's frame 16 and its buckets, a power of two.
        long table = 16 * frames + 4 * (1L << 27);
        long bytes = perGuestPage * guestPages + perVirtualPage * virtualPages + MachineMemory.BytesPerFrame * frames + table;
        Assert.Equal(42, bytes / guestPages);
        Assert.True(bytes < 11L << 30, $"{bytes}");
        Assert.Equal(16 * 1024 + 4 * 1024, new SharingTable(new PageCount(1024)).Bytes);
    }

    // A minute or so on each number of processors: one VM in eight of the full size, on an eighth of the machine.
    [Fact, Trait("Category", "Soak")]
    public void An_eighth_of_the_data_centre_gives_the_same_bytes_on_one_processor_and_on_two()
    {
        const int part = 8;
        Scenario full = Scenario.Load(FullSize);
        SharingOptions sharing = full.Host.Sharing!;
        AssertTheSame(
            full with
            {
                Vms = [.. full.Vms.Where((_, i) => i % part == 0)],
                Host = full.Host with { MachineMemory = new PageCount(full.Host.MachineMemory.Value / part), Sharing = sharing with { PagesPerSecond = sharing.PagesPerSecond / part } },
            },
            checkEvery: 16);
    }
}
