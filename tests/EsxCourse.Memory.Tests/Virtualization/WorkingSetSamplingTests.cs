using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Virtualization;

public sealed class WorkingSetSamplingTests
{
    private const int Pages = 40_000;

    private sealed class Periods : IMemoryObserver
    {
        public List<SamplingPeriodEnded> Ended { get; } = [];

        public void On(MemoryEvent happened)
        {
            if (happened is SamplingPeriodEnded ended)
                Ended.Add(ended);
        }
    }

    private static (VirtualMachine, WorkingSetSampling, Periods) Build(ulong seed, SamplingOptions options)
    {
        Periods periods = new();
        SimulatedTime time = new(new SimClock()) { Observer = periods };
        VirtualMachine vm = new(default, "vm", new MemoryParameters(default, new PageCount(Pages), new Shares(1)), time);
        return (vm, new WorkingSetSampling(vm, options, new RandomStream(seed, "sampling"), time), periods);
    }

    private static void Touch(VirtualMachine vm, WorkingSetSampling sampling, int ppn)
    {
        if ((vm.Pmap.MarksOf(new Ppn(ppn)) & PageMarks.Sampled) != 0)
            sampling.Touched(new Ppn(ppn));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(0.5)]
    public void The_error_has_the_standard_deviation_of_a_binomial(double active)
    {
        // 1,000 runs: s² of n draws. With a population of 40,000 pages the correction for drawing without replacement is 0.1 %.
        double sum = 0, squares = 0;
        const int runs = 1_000;
        for (int run = 0; run < runs; run++)
        {
            (VirtualMachine vm, WorkingSetSampling sampling, Periods periods) = Build((ulong)run, new SamplingOptions());
            sampling.Advance();
            for (int ppn = 0; ppn < active * Pages; ppn++)
                Touch(vm, sampling, ppn);
            vm.VmNanoseconds = 30_000_000_000;
            sampling.Advance();
            double error = periods.Ended[0].Touched / 100.0 - active;
            sum += error;
            squares += error * error;
        }

        double deviation = Math.Sqrt(squares / runs - sum / runs * (sum / runs));
        double binomial = Math.Sqrt(active * (1 - active) / 100);
        Assert.InRange(deviation / binomial, 0.9, 1.1);
        Assert.InRange(binomial, 0, 0.05); // facts §5: at most 5 %
        Assert.Equal(0, sum / runs, 0.005);
    }

    [Fact]
    public void A_page_counts_once_however_often_it_is_touched()
    {
        (VirtualMachine vm, WorkingSetSampling sampling, Periods periods) = Build(1, new SamplingOptions());
        sampling.Advance();
        for (int round = 0; round < 3; round++)
            for (int ppn = 0; ppn < Pages; ppn++)
                Touch(vm, sampling, ppn);
        vm.VmNanoseconds = 30_000_000_000;
        sampling.Advance();
        Assert.Equal(100, periods.Ended[0].Touched);
    }

    [Fact]
    public void A_period_is_of_VM_time()
    {
        (VirtualMachine vm, WorkingSetSampling sampling, Periods periods) = Build(1, new SamplingOptions());
        for (int i = 0; i < 100; i++)
            sampling.Advance(); // The host's time passes, the VM's does not.
        vm.VmNanoseconds = 29_999_999_999;
        sampling.Advance();
        Assert.Empty(periods.Ended);
        vm.VmNanoseconds++;
        sampling.Advance();
        Assert.Single(periods.Ended);
    }

    [Fact]
    public void A_new_period_samples_other_pages()
    {
        (VirtualMachine vm, WorkingSetSampling sampling, _) = Build(1, new SamplingOptions());
        sampling.Advance();
        int[] first = Sampled(vm);
        vm.VmNanoseconds = 30_000_000_000;
        sampling.Advance();
        int[] second = Sampled(vm);
        Assert.Equal((100, 100), (first.Length, second.Length));
        Assert.True(first.Intersect(second).Count() < 10);
    }

    private static int[] Sampled(VirtualMachine vm) =>
        [.. Enumerable.Range(0, Pages).Where(ppn => (vm.Pmap.MarksOf(new Ppn(ppn)) & PageMarks.Sampled) != 0)];
}
