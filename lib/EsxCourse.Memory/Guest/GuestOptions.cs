using EsxCourse.Contracts;

namespace EsxCourse.Memory.Guest;

/// <summary>By which rule a guest chooses the page that it evicts.</summary>
public enum ReplacementPolicy
{
    /// <summary>A hand goes round; a page touched since it last came by is spared once.</summary>
    Clock,

    /// <summary>The page that was not touched for the longest time goes, exactly.</summary>
    Lru,
}

/// <summary>What kind of operating system runs in a VM.</summary>
/// <remarks>The defaults are a small Linux; a Windows of the paper's time has <see cref="ZeroesMemoryAtBoot"/> set.</remarks>
public sealed record GuestOptions
{
    /// <summary>How it chooses its own victims.</summary>
    public ReplacementPolicy Replacement { get; init; } = ReplacementPolicy.Clock;

    /// <summary>Its own swap area; null makes it twice the size of its memory, the rule of thumb of the time.</summary>
    public PageCount? SwapArea { get; init; }

    /// <summary>The part of its configured memory that its own structures take, from 0 to below 1.</summary>
    /// <remarks>
    /// Figure 2's overhead: a guest sizes page structures and hash tables at boot, and a ballooned guest keeps the large ones.
    /// course choice: 2.5 %, of which Linux 2.4's mem_map is 1.5 % (60 bytes a page) and its page, buffer and inode hashes the rest.
    /// </remarks>
    public double KernelFraction { get; init; } = 0.025;

    /// <summary>Pages of kernel text and data that do not depend on the size of memory.</summary>
    public PageCount KernelBase { get; init; } = new(4);

    /// <summary>Whether it writes zeroes to all of its memory when it boots, before any driver starts (OSDI '02 §6.3 on Windows).</summary>
    public bool ZeroesMemoryAtBoot { get; init; }

    /// <summary>How many pages it zeroes in a second of its boot, if it does.</summary>
    /// <remarks>course choice: 10 MB/s, so that a 256 MB Windows takes half a minute before its drivers start.</remarks>
    public int BootPagesPerSecond { get; init; } = 2_560;

    /// <summary>Whether the balloon driver is installed.</summary>
    public bool HasBalloonDriver { get; init; } = true;

    /// <summary>The most of its memory that it lets the driver have, from 0 to 1; beyond that it refuses.</summary>
    /// <remarks>65 % is ESXi's default (facts §2); ESX 2 had a half.</remarks>
    public double MaximumBalloon { get; init; } = 0.65;

    /// <summary>Which operating system image it was installed from: VMs of the same image have equal kernel pages.</summary>
    public ulong Image { get; init; } = 1;

    internal GuestOptions Checked()
    {
        if (!(KernelFraction is >= 0 and < 1))
            throw new ArgumentException($"KernelFraction is {KernelFraction}; it is a part of memory, from 0 to below 1.");
        if (!(MaximumBalloon is >= 0 and <= 1))
            throw new ArgumentException($"MaximumBalloon is {MaximumBalloon}; it is a part of memory, from 0 to 1.");
        if (SwapArea is { Value: < 0 } || KernelBase.Value < 0)
            throw new ArgumentException("SwapArea and KernelBase are numbers of pages, from 0.");
        if (BootPagesPerSecond < 1)
            throw new ArgumentException($"BootPagesPerSecond is {BootPagesPerSecond}; it is at least 1.");
        return this;
    }
}
