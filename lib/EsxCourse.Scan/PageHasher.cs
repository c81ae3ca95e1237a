using System.IO.Hashing;
using System.Runtime.InteropServices;

namespace EsxCourse.Scan;

// The identity of a page's contents: 128 bits of XxHash3 over its 4,096 bytes. ESX compares in full before it shares, because it
// then gives two guests one page; a scan only counts. Among 2^32 pages, 16 TiB, the chance that any two unequal ones are taken
// for equal is 2^63 / 2^128, about 3 in 10^20, so the full comparison is left out here.
//
// A large page's identity is the hash of the 512 identities of its small ones: equal if and only if all of them are, and it costs
// 1/256 of hashing the 2 MiB again.

/// <summary>Hashes pages of 4 KiB and of 2 MiB.</summary>
internal static class PageHasher
{
    public const int PageSize = 4096;

    /// <summary>Small pages in a large one.</summary>
    public const int LargePage = 512;

    private static readonly UInt128 ZeroPage = XxHash128.HashToUInt128(new byte[PageSize]);

    private static readonly UInt128 LargeZeroPage = OfLarge(Enumerable.Repeat(ZeroPage, LargePage).ToArray());

    public static UInt128 Of(ReadOnlySpan<byte> page) => XxHash128.HashToUInt128(page);

    public static UInt128 OfLarge(ReadOnlySpan<UInt128> pages) => XxHash128.HashToUInt128(MemoryMarshal.AsBytes(pages));

    public static bool IsZero(UInt128 hash) => hash == ZeroPage;

    public static bool IsLargeZero(UInt128 hash) => hash == LargeZeroPage;
}
