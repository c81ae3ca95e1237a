using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Coloring;

/// <summary>Requests to the student's allocator and to the reference beside it.</summary>
internal sealed class ColoringDesk
{
    private readonly ReferenceColoring reference = new();
    private readonly IColoring student;
    private readonly CheckRun run;
    private readonly string machine;

    public ColoringDesk(IColoring student, CheckRun run, int frames, int colors)
    {
        (this.student, this.run, machine) = (student, run, $"{frames} frames of {colors} colours");
        reference.Start(new PageCount(frames), colors);
        student.Start(new PageCount(frames), colors);
    }

    /// <summary>Frames that are given now, in order.</summary>
    public List<Mpn> Given { get; } = [];

    public Mpn? Allocate(int vm, int page, string what = "")
    {
        run.Step($"{machine}{what}: PPN {page} of {new VmId(vm)}");
        Mpn? frame = reference.Allocate(new VmId(vm), new Ppn(page));
        run.Equal(frame, student.Allocate(new VmId(vm), new Ppn(page)), "the frame");
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

    private void Compare() => run.Equal(reference.Misplaced(), student.Misplaced(), "the number of misplaced pages then");
}
