using System.IO.Hashing;

namespace EsxCourse.Memory.Sharing;

// The hash that stands for a page's contents (OSDI '02 §4.2): 64 bits over 4 KB. Equal pages have equal hashes; unequal pages
// almost always have unequal ones: with 2^24 pages, 64 GB, the chance of any collision is n²/2 over 2^64, about 0.001 %.
// "Almost" is why sharing compares in full before it trusts a match, and why a weak hash can be put in here: with 8 bits
// a false match happens all the time, and contents must still come out right.
//
// Salting (vSphere since 2014) gives each VM, or each group of VMs, a salt that is mixed into the hash: pages of different
// salts never match, so a guest cannot learn from the timing of a write whether a stranger holds the same page.
//
// ESX does not name its hash; course choice: XxHash3, which reads memory about as fast as it comes.

/// <summary>Stands for a page's contents: equal pages give equal values.</summary>
/// <param name="page">The page's 4,096 bytes.</param>
/// <returns>The hash. Its upper 32 bits choose the bucket and stay in a hint, so a weak hash should keep its entropy there.</returns>
public delegate ulong PageHash(ReadOnlySpan<byte> page);

/// <summary>The hash functions that the kit offers, and how a salt enters one.</summary>
public static class PageHashes
{
    /// <summary>The default: XxHash3, 64 bits, no seed.</summary>
    public static PageHash XxHash3 { get; } = static page => System.IO.Hashing.XxHash3.HashToUInt64(page);

    /// <summary>A weak hash: only the first bits of another one, so that false matches happen.</summary>
    /// <param name="bits">How many bits to keep, 0 to 64; with 8, two unequal pages match once in 256.</param>
    /// <param name="hash">The hash to weaken; XxHash3 if not given.</param>
    /// <returns>A hash with at most 2^<paramref name="bits"/> values, kept in its upper bits.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bits"/> is outside 0 to 64.</exception>
    public static PageHash Truncated(int bits, PageHash? hash = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 64);
        PageHash strong = hash ?? XxHash3;
        ulong mask = bits == 0 ? 0 : ulong.MaxValue << (64 - bits);
        return page => strong(page) & mask;
    }

    /// <summary>Mixes a VM's salt into a hash.</summary>
    /// <param name="hash">The hash of a page.</param>
    /// <param name="salt">The VM's salt; 0 is "no salt" and leaves the hash as it is.</param>
    /// <returns>A hash that equals another only if both page and salt do, but for chance.</returns>
    /// <remarks>The mixing is one-to-one for a given salt (the finalizer of MurmurHash3), so that a salt adds no collisions within a VM.</remarks>
    public static ulong Salted(ulong hash, ulong salt)
    {
        if (salt == 0)
            return hash;
        ulong mixed = hash ^ (salt * 0x9E3779B97F4A7C15UL);
        mixed = (mixed ^ (mixed >> 33)) * 0xFF51AFD7ED558CCDUL;
        mixed = (mixed ^ (mixed >> 33)) * 0xC4CEB9FE1A85EC53UL;
        return mixed ^ (mixed >> 33);
    }
}
