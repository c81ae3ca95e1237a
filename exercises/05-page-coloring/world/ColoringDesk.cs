using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Coloring;

/// <summary>Requests to the student's allocator and to the reference beside it.</summary>
internal sealed class ColoringDesk
{
    private readonly IColoring reference;
    private readonly IColoring student;
    private readonly CheckRun run;
    private readonly string machine;

    public ColoringDesk(IColoring student, CheckRun run, int frames, int colors)
    {
        (this.student, this.run, machine) = (student, run, $"{frames} frames of {colors} colours");
        reference = run.Reference<IColoring>();
        reference.Start(new PageCount(frames), colors);
        student.Start(new PageCount(frames), colors);
    }

    /// <summary>Worked by hand: no frame.</summary>
    public const int None = -1;

    /// <summary>Frames that are given now, in order.</summary>
    public List<Mpn> Given { get; } = [];

    public Mpn? Allocate(int vm, int page, string what = "", int? byHand = null)
    {
        run.Step($"{machine}{what}: PPN {page} of {new VmId(vm)}");
        Mpn? frame = reference.Allocate(new VmId(vm), new Ppn(page));
        Mpn? answer = student.Allocate(new VmId(vm), new Ppn(page));
        if (byHand is int worked)
            run.Equal(worked == None ? null : new Mpn(worked), answer, "the frame");
        run.Equal(frame, answer, "the frame");
        if (frame is Mpn taken)
            Given.Add(taken);
        Compare();
        return frame;
    }

    public void Free(Mpn frame)
    {
        run.Step($"{machine}: {frame} is given back");
        reference.Free(frame);
        student.Free(frame);
        Given.Remove(frame);
        Compare();
    }

    public void Partition(params int[] weights)
    {
        run.Step($"{machine}: partition by weights {string.Join(", ", weights)}");
        run.SameSequence(reference.Partition(weights), student.Partition(weights), "the run of VM");
        Compare();
    }

    /// <summary>Holds a number of misplaced pages that was worked by hand.</summary>
    public void HoldMisplaced(int byHand) => run.Equal(byHand, student.Misplaced(), "the number of misplaced pages then");

    private void Compare() => run.Equal(reference.Misplaced(), student.Misplaced(), "the number of misplaced pages then");
}
