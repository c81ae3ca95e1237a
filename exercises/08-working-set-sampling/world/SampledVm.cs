using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Sampling;

/// <summary>A VM in the checks' world: which of its mappings are invalid, and what was drawn.</summary>
internal sealed class SampledVm(int size, Inputs inputs) : IMappings, IDice
{
    private readonly HashSet<Ppn> invalid = [];

    /// <summary>Pages invalidated since this was cleared, in order.</summary>
    public List<Ppn> Sample { get; } = [];

    /// <summary>Numbers drawn since this was cleared.</summary>
    public HashSet<int> Drawn { get; } = [];

    public int Below(int bound)
    {
        if (bound < 1)
            throw new ArgumentException("a number below none was drawn");
        int number = inputs.Whole(0, bound - 1);
        Drawn.Add(number);
        return number;
    }

    public void Invalidate(Ppn page)
    {
        if (page.Value < 0 || page.Value >= size)
            throw new InvalidOperationException($"{page} is no page of a VM with {size} pages");
        invalid.Add(page);
        Sample.Add(page);
    }

    /// <summary>The guest touches a page: the first touch of an invalid one traps.</summary>
    public void Touch(IWorkingSetSampling student, Ppn page)
    {
        if (invalid.Remove(page))
            student.Trapped(page);
    }

    /// <summary>The guest touches so many of the pages that are sampled now.</summary>
    public void TouchSampled(IWorkingSetSampling student, int count)
    {
        foreach (Ppn page in Sample.Take(count).ToArray())
            Touch(student, page);
    }

    /// <summary>Lets the VM run to the end of a period, in which so many of the sampled pages were touched.</summary>
    public void Period(IWorkingSetSampling student, int touched, int milliseconds)
    {
        TouchSampled(student, touched);
        Sample.Clear();
        Drawn.Clear();
        student.Ran(milliseconds);
    }

    /// <summary>Holds that the pages chosen last are so many, all different, and drawn by chance.</summary>
    public void HoldSample(CheckRun run, int count)
    {
        run.Equal(count, Sample.Count, "the number of pages invalidated for the period");
        run.Equal(count, Sample.Distinct().Count(), "the number of different pages among them");
        run.True(Sample.All(p => Drawn.Contains(p.Value)), "a page was invalidated that was not drawn by chance");
    }
}
