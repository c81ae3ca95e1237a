using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Memory.Tests.Allocation;

public sealed class AdmissionControlTests
{
    private static readonly MemoryParameters Vm = new(new PageCount(100), new PageCount(300), new Shares(1));

    [Theory]
    [InlineData(264, 400, true)]   // 2 x (100 + 32) and 2 x (300 - 100), to the page
    [InlineData(263, 400, false)]
    [InlineData(264, 399, false)]
    public void Guarantees_and_overhead_must_fit_memory_and_the_rest_the_swap_space(long memory, long swap, bool admitted) =>
        Assert.Equal(admitted, AdmissionControl.Decide([Vm, Vm], new PageCount(32), new PageCount(memory), new PageCount(swap)).Admitted);

    [Fact]
    public void A_refusal_says_what_is_missing() =>
        Assert.Equal(
            "memory above the guarantees comes to 200 pages, the swap space has 10 pages",
            AdmissionControl.Decide([Vm], new PageCount(32), new PageCount(1000), new PageCount(10)).ToString());

    [Fact]
    public void The_host_refuses_a_VM_whose_guarantee_it_cannot_keep()
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(256), OverheadPerVm = new PageCount(10) });
        host.AddVm(new VmOptions("first", new PageCount(200)) { Min = new PageCount(100) });
        Assert.Contains("admission control", Assert.Throws<BadInputException>(() => host.AddVm(new VmOptions("second", new PageCount(200)) { Min = new PageCount(137) })).Message, StringComparison.Ordinal);
        host.AddVm(new VmOptions("second", new PageCount(200)) { Min = new PageCount(136) });
    }

    [Fact]
    public void A_VM_that_was_removed_makes_room()
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(256), OverheadPerVm = new PageCount(10) });
        host.RemoveVm(host.AddVm(new VmOptions("first", new PageCount(240)) { Min = new PageCount(240) }));
        host.AddVm(new VmOptions("second", new PageCount(240)) { Min = new PageCount(240) });
        Assert.Null(host.FindFault());
    }

    [Theory]
    [InlineData(-1, 10, 1)]
    [InlineData(11, 10, 1)]
    [InlineData(0, 0, 1)]
    [InlineData(0, 10, -1)]
    public void Impossible_parameters_are_refused(long min, long max, long shares) =>
        Assert.Throws<ArgumentException>(() => new MemoryParameters(new PageCount(min), new PageCount(max), new Shares(shares)).Checked());
}
