namespace Homework;

/// <summary>Your solution to 03-balloon-driver. Fill in the four methods; README.md says what each must do.</summary>
public sealed class BalloonDriver : IBalloonDriver
{
    public void Start(IGuest guest, IHost host, BalloonSpeed speed) => throw new NotImplementedException();

    public void Poll() => throw new NotImplementedException();

    public PageCount Held() => throw new NotImplementedException();

    public int Rate() => throw new NotImplementedException();
}
