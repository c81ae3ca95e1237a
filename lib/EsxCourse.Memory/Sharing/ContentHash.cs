using System.Buffers.Binary;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Sharing;

// The hash of a host that was not given another one. A page that the simulator makes up is a seed (Machine/PageContents.cs); writing out its
// 4 KiB to hash them takes ten times as long as all the rest of a scan, and a data centre scans hundreds of millions of pages. All of
// those bytes follow from the seed, so the hash may, too:
//
//     hash(page) =  Mix(seed + 1)      if the page is what a seed expands to
//                   XxHash3(page)      else: real bytes, and the zero page
//
// That is one function of the bytes, whichever way a page is held: a page of a file that happens to be what a seed expands to has that seed's
// hash, too, because its first eight bytes, unmixed, give the seed away, and the rest is then compared. Nearly every real page is
// told apart by its second eight bytes already.
//
// Always: equal pages have equal hashes. Costs in simulated time are those of a page that is read.

internal static class ContentHash
{
    private static readonly ulong OfZeroes = PageHashes.XxHash3(new byte[PageCount.PageSizeBytes]);

    /// <summary>The hash of the page that a generated seed stands for, without writing it out.</summary>
    public static ulong Of(ContentSeed seed) => seed.IsZero ? OfZeroes : RandomStream.Mix(seed.Value + 1);

    /// <summary>The hash of a page's bytes.</summary>
    public static ulong OfBytes(ReadOnlySpan<byte> page) => SeedOf(page) is { } seed ? Of(seed) : PageHashes.XxHash3(page);

    private static ContentSeed? SeedOf(ReadOnlySpan<byte> page)
    {
        ulong seed = RandomStream.Unmix(BinaryPrimitives.ReadUInt64LittleEndian(page));
        if (seed == 0 || (seed & ContentSeed.ImportedBit) != 0)
            return null;
        ulong state = seed;
        for (int at = sizeof(ulong); at < page.Length; at += sizeof(ulong))
            if (BinaryPrimitives.ReadUInt64LittleEndian(page[at..]) != RandomStream.Mix(state += 0x9E37_79B9_7F4A_7C15))
                return null;
        return new ContentSeed(seed);
    }
}
