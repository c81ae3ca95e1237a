// Mutant: takes pages while a reset is due.
namespace Homework;

public sealed class BalloonedVm : IBalloonedVm
{
    private readonly HashSet<Ppn> balloon = [];
    private IFrames frames = null!;
    private Mpn?[] backing = [];
    private bool needsReset;

    public void Start(IFrames frames, PageCount size)
    {
        this.frames = frames;
        backing = new Mpn?[size.Value];
    }

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

    public bool Inflate(Ppn page)
    {
        if (page.Value < 0 || page.Value >= backing.Length)
            return false;
        if (backing[page.Value] is Mpn frame)
            frames.Free(frame);
        backing[page.Value] = null;
        balloon.Add(page);
        return true;
    }

    public void Deflate(Ppn page) => balloon.Remove(page);

    public void Reboot() => needsReset = true;

    public bool NeedsReset() => needsReset;

    public void Reset()
    {
        balloon.Clear();
        needsReset = false;
    }

    public Mpn? Backing(Ppn page) => backing[page.Value];

    public PageCount Ballooned() => new(balloon.Count);
}
