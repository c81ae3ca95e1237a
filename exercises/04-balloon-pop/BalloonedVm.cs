namespace Homework;

/// <summary>Your solution to 04-balloon-pop. Fill in the nine methods; README.md says what each must do.</summary>
public sealed class BalloonedVm : IBalloonedVm
{
    public void Start(IFrames frames, PageCount size) => throw new NotImplementedException();

    public TouchOutcome Touch(Ppn page) => throw new NotImplementedException();

    public bool Inflate(Ppn page) => throw new NotImplementedException();

    public void Deflate(Ppn page) => throw new NotImplementedException();

    public void Reboot() => throw new NotImplementedException();

    public bool NeedsReset() => throw new NotImplementedException();

    public void Reset() => throw new NotImplementedException();

    public Mpn? Backing(Ppn page) => throw new NotImplementedException();

    public PageCount Ballooned() => throw new NotImplementedException();
}
