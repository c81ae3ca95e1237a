using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Popping;

/// <summary>The reference solution.</summary>
public sealed class ReferenceBalloonedVm : IBalloonedVm
{
    private readonly HashSet<Ppn> balloon = [];
    private IFrames frames = null!;
    private Mpn?[] backing = [];
    private bool needsReset;

    /// <inheritdoc/>
    public void Start(IFrames frames, PageCount size)
    {
        this.frames = frames;
        backing = new Mpn?[size.Value];
    }

    /// <inheritdoc/>
    public TouchOutcome Touch(Ppn page)
    {
        if (backing[page.Value] is not null)
            return TouchOutcome.Direct;
        if (frames.Allocate() is not Mpn frame)
            return TouchOutcome.Waits;
        frames.Zero(frame);
        backing[page.Value] = frame;
        if (!balloon.Remove(page))
            return TouchOutcome.FirstTouch;
        needsReset = true;
        return TouchOutcome.Popped;
    }

    /// <inheritdoc/>
    public bool Inflate(Ppn page)
    {
        if (needsReset || page.Value < 0 || page.Value >= backing.Length)
            return false;
        if (backing[page.Value] is Mpn frame)
            frames.Free(frame);
        backing[page.Value] = null;
        balloon.Add(page);
        return true;
    }

    /// <inheritdoc/>
    public void Deflate(Ppn page) => balloon.Remove(page);

    /// <inheritdoc/>
    public void Reboot() => needsReset = true;

    /// <inheritdoc/>
    public bool NeedsReset() => needsReset;

    /// <inheritdoc/>
    public void Reset()
    {
        balloon.Clear();
        needsReset = false;
    }

    /// <inheritdoc/>
    public Mpn? Backing(Ppn page) => backing[page.Value];

    /// <inheritdoc/>
    public PageCount Ballooned() => new(balloon.Count);
}
