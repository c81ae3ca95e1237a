using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Virtualization;

// Measuring idle memory by statistical sampling (OSDI '02 §5.3; slides: "measure by random sampling"). In each period of VM time
// n of the VM's PPNs are chosen at random and their mappings invalidated; the first touch of one is trapped and counted. At the
// end f = touched / n; a binomial estimate, whose standard error is at most 5 % at n = 100.
//
//     chosen[i]             the PPNs of this period            marks[ppn] & Sampled    chosen, and not touched yet
//
// Always: the number of pages marked Sampled is chosen - touched. A period is of the VM's own time, so that a VM that does not
// run does not look idle. Left out: spreading the n choices over the period; ESX starts them all at once, too, as far as is known.

/// <summary>A sampling period ended.</summary>
/// <param name="Time">When.</param>
/// <param name="Vm">Whose.</param>
/// <param name="Touched">Sampled pages that were touched.</param>
/// <param name="Sampled">Sampled pages.</param>
/// <param name="ActiveFraction">The new estimate.</param>
public sealed record SamplingPeriodEnded(SimTime Time, VmId Vm, int Touched, int Sampled, double ActiveFraction) : VmEvent(Time, Vm);

internal sealed class WorkingSetSampling(VirtualMachine vm, SamplingOptions options, RandomStream random, SimulatedTime time)
{
    private readonly List<Ppn> chosen = [];
    private long periodEnds;
    private int touched;

    public ActiveMemoryEstimate Estimate { get; } = new();

    /// <summary>A, the active pages of the VM.</summary>
    public PageCount Active => new((long)Math.Ceiling(Estimate.ActiveFraction * vm.Size.Value));

    /// <summary>VM time has passed: ends the period if it is over, and begins the next.</summary>
    public void Advance()
    {
        if (vm.VmNanoseconds < periodEnds)
        {
            if (chosen.Count > 0)
                Estimate.PeriodSoFar((double)touched / chosen.Count);
            return;
        }

        if (chosen.Count > 0)
        {
            Estimate.PeriodEnded((double)touched / chosen.Count);
            vm.Outcomes.Count(Outcome.SamplingPeriod);
            time.Observer?.On(new SamplingPeriodEnded(time.Now, vm.Id, touched, chosen.Count, Estimate.ActiveFraction));
        }

        periodEnds = vm.VmNanoseconds + options.PeriodSeconds * 1_000_000_000L;
        Choose();
    }

    /// <summary>A sampled page was touched for the first time in its period.</summary>
    public void Touched(Ppn ppn)
    {
        vm.Pmap.MarksOf(ppn) &= ~PageMarks.Sampled;
        vm.Outcomes.Count(Outcome.SampleTouched);
        touched++;
    }

    private void Choose()
    {
        foreach (Ppn ppn in chosen)
            vm.Pmap.MarksOf(ppn) &= ~PageMarks.Sampled;
        chosen.Clear();
        touched = 0;
        int wanted = Math.Min(options.PagesPerPeriod, vm.Pmap.Length);
        while (chosen.Count < wanted)
        {
            Ppn ppn = new(random.Below(vm.Pmap.Length));
            ref PageMarks marks = ref vm.Pmap.MarksOf(ppn);
            if ((marks & PageMarks.Sampled) != 0)
                continue;
            marks |= PageMarks.Sampled;
            vm.Shadow.DropPhysical(ppn);
            vm.Outcomes.Count(Outcome.PageSampled);
            chosen.Add(ppn);
        }
    }
}
