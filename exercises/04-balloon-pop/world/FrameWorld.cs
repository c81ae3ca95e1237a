using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Popping;

/// <summary>The machine's frames in the checks' world: which are taken, and which still hold what an earlier owner wrote.</summary>
internal sealed class FrameWorld(int count) : IFrames
{
    private readonly Queue<Mpn> free = new(Enumerable.Range(0, count).Select(i => new Mpn(i)));
    private readonly HashSet<Mpn> taken = [];
    private readonly HashSet<Mpn> zeroed = [];

    /// <summary>Frames that the VM has.</summary>
    public int Taken => taken.Count;

    public bool IsTaken(Mpn frame) => taken.Contains(frame);

    /// <summary>Whether a guest would find zeros there.</summary>
    public bool IsZeroed(Mpn frame) => zeroed.Contains(frame);

    /// <summary>The guest writes its secrets.</summary>
    public void Dirty(Mpn frame) => zeroed.Remove(frame);

    public Mpn? Allocate()
    {
        if (!free.TryDequeue(out Mpn frame))
            return null;
        taken.Add(frame);
        return frame;
    }

    public void Zero(Mpn frame)
    {
        Require(frame);
        zeroed.Add(frame);
    }

    public void Free(Mpn frame)
    {
        Require(frame);
        taken.Remove(frame);
        zeroed.Remove(frame);
        free.Enqueue(frame);
    }

    private void Require(Mpn frame)
    {
        if (!taken.Contains(frame))
            throw new InvalidOperationException($"{frame} is not taken: it may belong to another VM by now");
    }
}

/// <summary>One VM under the student's care, checked after every step.</summary>
internal sealed class PoppingRun
{
    private readonly IBalloonedVm reference;
    private readonly IBalloonedVm student;
    private readonly CheckRun run;
    private readonly FrameWorld expected, actual;
    private readonly int size;

    public PoppingRun(IBalloonedVm student, CheckRun run, int size, int frames)
    {
        (this.student, this.run, this.size, expected, actual) = (student, run, size, new FrameWorld(frames), new FrameWorld(frames));
        reference = run.Reference<IBalloonedVm>();
        reference.Start(expected, new PageCount(size));
        student.Start(actual, new PageCount(size));
    }

    public int Frames => expected.Taken;

    public TouchOutcome Touch(string step, int page, TouchOutcome? byHand = null)
    {
        run.Step($"{step}: touch of PPN {page}");
        Ppn ppn = new(page);
        Mpn? before = student.Backing(ppn);
        TouchOutcome outcome = reference.Touch(ppn);
        TouchOutcome answer = student.Touch(ppn);
        run.Equal(byHand ?? outcome, answer, "what the touch came to");
        run.Equal(outcome, answer, "what the touch came to");
        if (student.Backing(ppn) is Mpn frame)
        {
            run.True(actual.IsTaken(frame), $"PPN {page} has {frame}, which is free: another VM may get it");
            run.True(before is not null || actual.IsZeroed(frame), $"PPN {page} has {frame} with what its last owner wrote: a guest must never see that");
            actual.Dirty(frame);
        }

        Compare();
        return outcome;
    }

    public void Inflate(string step, int page, bool? byHand = null)
    {
        run.Step($"{step}: the driver reports PPN {page} as pinned");
        bool taken = reference.Inflate(new Ppn(page)), answer = student.Inflate(new Ppn(page));
        run.Equal(byHand ?? taken, answer, "whether it is in the balloon");
        run.Equal(taken, answer, "whether it is in the balloon");
        Compare();
    }

    public void Deflate(string step, int page)
    {
        run.Step($"{step}: the driver reports PPN {page} as given back");
        reference.Deflate(new Ppn(page));
        student.Deflate(new Ppn(page));
        Compare();
    }

    public void Reboot(string step)
    {
        run.Step($"{step}: the guest reboots");
        reference.Reboot();
        student.Reboot();
        Compare();
    }

    public void Reset(string step)
    {
        run.Step($"{step}: the driver starts over");
        reference.Reset();
        student.Reset();
        Compare();
    }

    private void Compare()
    {
        run.Equal(reference.Ballooned(), student.Ballooned(), "the balloon's size then");
        run.Equal(reference.NeedsReset(), student.NeedsReset(), "whether a reset is due then");
        run.Equal(expected.Taken, actual.Taken, "the number of machine pages that the VM has then");
        for (int page = 0; page < size; page++)
            run.Equal(reference.Backing(new Ppn(page)) is not null, student.Backing(new Ppn(page)) is not null, $"whether PPN {page} has a machine page then");
    }
}
