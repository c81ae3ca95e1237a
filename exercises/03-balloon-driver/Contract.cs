using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Ballooning;

/// <summary>What the host wants from a balloon driver when it polls.</summary>
/// <param name="Target">How many pages the balloon should hold.</param>
/// <param name="StartOver">The balloon popped or the guest rebooted: driver and host start with an empty balloon again.</param>
public sealed record BalloonRequest(PageCount Target, bool StartOver);

/// <summary>Limits of the rate at which a balloon grows, in pages a poll.</summary>
/// <param name="Slowest">Where the rate starts, and the least that it falls to.</param>
/// <param name="Fastest">The most that it rises to.</param>
/// <param name="Step">By how much it rises.</param>
public sealed record BalloonSpeed(int Slowest, int Fastest, int Step);

/// <summary>The guest OS around the driver.</summary>
public interface IGuest
{
    /// <summary>Asks for a page and pins it. The guest gives a free one or evicts for it, as it thinks best.</summary>
    /// <returns>The page, which is the driver's until it gives it back; null if the guest refuses.</returns>
    Ppn? Take();

    /// <summary>Unpins a page: from now on the guest may touch it.</summary>
    /// <param name="page">A page that was taken.</param>
    void GiveBack(Ppn page);
}

/// <summary>The host's end of the driver's private channel.</summary>
public interface IHost
{
    /// <summary>Asks what the host wants. Once a poll, and first.</summary>
    BalloonRequest Poll();

    /// <summary>Offers a page, pinned before. If the host accepts, it takes the machine page behind it.</summary>
    /// <param name="page">The page.</param>
    /// <returns>Whether it accepts; a page that a device writes to, for example, it does not want.</returns>
    bool Inflate(Ppn page);

    /// <summary>Says that a page leaves the balloon. Only then may the guest have it: a touch before that pops the balloon.</summary>
    /// <param name="page">A page that the host accepted.</param>
    void Deflate(Ppn page);

    /// <summary>Says that the guest refused a page.</summary>
    /// <param name="held">How many pages the balloon holds now.</param>
    void Refused(PageCount held);

    /// <summary>Tells the host to forget every page of the balloon: it starts over.</summary>
    void Reset();
}

/// <summary>A balloon driver (OSDI '02 §3.2; slides "Ballooning!" and "Balloon problems").</summary>
public interface IBalloonDriver
{
    /// <summary>Called once, when the guest loads the driver.</summary>
    /// <param name="guest">The guest around it.</param>
    /// <param name="host">The host's end of the channel.</param>
    /// <param name="speed">Limits of the rate.</param>
    void Start(IGuest guest, IHost host, BalloonSpeed speed);

    /// <summary>Called once a second: asks the host and moves towards its target.</summary>
    void Poll();

    /// <summary>The pages that the balloon holds: accepted by the host, not yet deflated.</summary>
    PageCount Held();

    /// <summary>How many pages the next poll may ask the guest for.</summary>
    int Rate();
}
