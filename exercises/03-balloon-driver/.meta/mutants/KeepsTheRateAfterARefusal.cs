// Mutant: does not slow down after a refusal.
namespace Homework;

public sealed class BalloonDriver : IBalloonDriver
{
    private readonly Stack<Ppn> balloon = new();
    private IGuest guest = null!;
    private IHost host = null!;
    private BalloonSpeed speed = null!;
    private int rate;

    public PageCount Held() => new(balloon.Count);

    public int Rate() => rate;

    public void Start(IGuest guest, IHost host, BalloonSpeed speed)
    {
        (this.guest, this.host, this.speed) = (guest, host, speed);
        rate = speed.Slowest;
    }

    public void Poll()
    {
        BalloonRequest request = host.Poll();
        if (request.StartOver)
            StartOver();
        if (Held() < request.Target)
            Inflate(request.Target);
        while (Held() > request.Target)
            DeflateOne();
    }

    private void StartOver()
    {
        host.Reset();
        while (balloon.TryPop(out Ppn page))
            guest.GiveBack(page);
        rate = speed.Slowest;
    }

    private void Inflate(PageCount target)
    {
        List<Ppn> unwanted = [];
        int asked = 0;
        bool refused = false;
        while (Held() < target && asked < rate)
        {
            asked++;
            if (guest.Take() is not Ppn page)
            {
                host.Refused(Held());
                refused = true;
                break;
            }

            if (host.Inflate(page))
                balloon.Push(page);
            else
                unwanted.Add(page);
        }

        // Given back at once, such a page would be the next that the guest hands out.
        foreach (Ppn page in unwanted)
            guest.GiveBack(page);
        if (refused)
            return;
        else if (asked == rate)
            rate = Math.Min(speed.Fastest, rate + speed.Step);
    }

    private void DeflateOne()
    {
        Ppn page = balloon.Pop();
        host.Deflate(page);
        guest.GiveBack(page);
    }
}
