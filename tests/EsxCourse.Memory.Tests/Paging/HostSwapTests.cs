using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Paging;

public sealed class HostSwapTests
{
    private readonly SimClock clock = new();
    private readonly MachineMemory machine = new(new PageCount(128));
    private readonly SwapSpace swap = new(new PageCount(128));
    private readonly VirtualMachine vm;
    private readonly PageMapper mapper;
    private readonly HostSwap hostSwap;

    public HostSwapTests()
    {
        SimulatedTime time = new(clock);
        vm = new VirtualMachine(default, "vm", new MemoryParameters(default, new PageCount(64), new Shares(1)), time);
        mapper = new PageMapper(machine, swap, time);
        hostSwap = new HostSwap(swap, mapper, time, accessNanoseconds: 8_000_000, transferNanoseconds: 100_000);
        for (int ppn = 0; ppn < 64; ppn++)
        {
            mapper.Back(vm, new Ppn(ppn), machine.AllocateZeroed()!.Value);
            machine.Write(vm.Pmap.MpnOf(new Ppn(ppn)), ContentSeed.Of(1, (ulong)ppn));
        }
    }

    private VictimPolicy Victims(VictimRule rule) => VictimPolicy.For(rule, vm, new RandomStream(1, "victims"));

    private void Wait(double seconds)
    {
        clock.Advance(SimDuration.FromSeconds(seconds));
        hostSwap.Complete(clock.Now);
    }

    [Fact]
    public void Writes_are_asynchronous()
    {
        hostSwap.Start(vm, Victims(VictimRule.Random), 16);
        Assert.Equal(PageCount.Zero, vm.Swapped);
        Wait(0.001);
        Assert.Equal(PageCount.Zero, vm.Swapped);
        Wait(0.1);
        Assert.Equal((new PageCount(16), new PageCount(48)), (vm.Swapped, vm.Allocated));
    }

    [Fact]
    public void Writes_are_clustered_so_that_pages_share_a_seek()
    {
        hostSwap.Start(vm, Victims(VictimRule.Random), 32);
        Assert.Equal(2, vm.Outcomes[Outcome.SwapCluster]);
        // Two seeks of 8 ms and 32 transfers of 0.1 ms; one by one it would be 259 ms.
        Assert.Equal(19_200, hostSwap.DiskFree.Microseconds);
    }

    [Fact]
    public void A_page_touched_on_its_way_stays_and_gives_its_slot_back()
    {
        hostSwap.Start(vm, Victims(VictimRule.Random), 16);
        Ppn touched = Enumerable.Range(0, 64).Select(i => new Ppn(i)).First(p => (vm.Pmap.MarksOf(p) & PageMarks.PagingOut) != 0);
        hostSwap.Touched(vm, touched);
        Wait(1);
        Assert.Equal(PmapState.Mapped, vm.StateOf(touched));
        Assert.Equal((new PageCount(15), new PageCount(15)), (vm.Swapped, swap.Used));
    }

    [Fact]
    public void A_page_that_is_ballooned_on_its_way_gives_its_slot_back()
    {
        hostSwap.Start(vm, Victims(VictimRule.Random), 16);
        Ppn ballooned = Enumerable.Range(0, 64).Select(i => new Ppn(i)).First(p => (vm.Pmap.MarksOf(p) & PageMarks.PagingOut) != 0);
        mapper.Balloon(vm, ballooned);
        Wait(1);
        Assert.Equal(PmapState.Ballooned, vm.StateOf(ballooned));
        Assert.Equal(new PageCount(15), swap.Used);
    }

    [Fact]
    public void Contents_come_back_as_they_went()
    {
        Assert.True(hostSwap.OneNow(vm, Victims(VictimRule.Random)));
        Ppn ppn = Enumerable.Range(0, 64).Select(i => new Ppn(i)).First(p => vm.StateOf(p) == PmapState.Swapped);
        mapper.PageIn(vm, ppn, machine.Allocate()!.Value, read: true);
        Assert.Equal(ContentSeed.Of(1, (ulong)ppn.Value), machine.ContentsOf(vm.MpnOf(ppn)!.Value));
        Assert.Equal(PageCount.Zero, swap.Used);
    }

    [Fact]
    public void A_full_swap_space_takes_nothing()
    {
        swap.Capacity = new PageCount(4);
        Assert.Equal(4, hostSwap.Start(vm, Victims(VictimRule.Random), 16));
        Assert.False(hostSwap.OneNow(vm, Victims(VictimRule.Random)));
    }

    [Fact]
    public void Random_victims_are_all_equally_likely()
    {
        VictimPolicy random = Victims(VictimRule.Random);
        int[] chosen = new int[64];
        for (int i = 0; i < 64_000; i++)
            chosen[random.Next()!.Value.Value]++;
        Assert.All(chosen, times => Assert.InRange(times, 850, 1150)); // 1,000 +- 5 standard deviations
    }

    [Fact]
    public void The_rules_choose_what_their_names_say()
    {
        VictimPolicy lru = Victims(VictimRule.Lru), adversarial = Victims(VictimRule.Adversarial), clockRule = Victims(VictimRule.Clock);
        foreach (int ppn in Enumerable.Range(0, 64).Select(i => i * 13 % 64))
        {
            lru.Touched(new Ppn(ppn));
            adversarial.Touched(new Ppn(ppn));
            vm.Pmap.MarksOf(new Ppn(ppn)) |= ppn == 7 ? PageMarks.None : PageMarks.Accessed;
        }

        Assert.Equal(new Ppn(0), lru.Next());
        Assert.Equal(new Ppn(63 * 13 % 64), adversarial.Next());
        Assert.Equal(new Ppn(7), clockRule.Next());
    }

    [Theory]
    [InlineData(VictimRule.Random)]
    [InlineData(VictimRule.Clock)]
    [InlineData(VictimRule.Lru)]
    [InlineData(VictimRule.Adversarial)]
    public void No_rule_chooses_a_page_twice(VictimRule rule)
    {
        VictimPolicy policy = Victims(rule);
        for (int ppn = 0; ppn < 64; ppn++)
            policy.Touched(new Ppn(ppn));
        Assert.Equal(64, hostSwap.Start(vm, policy, 100));
        Assert.Null(policy.Next());
    }
}
