using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Sharing;

// A scan at memory speed. The plain scan, `foreach (page) sharing.Scan(page)`, waits for memory at every step: for the page, then for the
// table, then for the page that it may be equal to; in random order the processor cannot guess any of them. Here a batch of pages goes through
// each step together, and what the next step needs is asked for while this one computes:
//
//   1  find      each page's pmap entry                      ask for what is known about its machine page
//   2  find      where its bytes lie                         ask for the first of them: where a page lies is what takes longest to find
//   3  hash      each page, while the next one comes         ask for its bucket
//   4  look up   the bucket                                  ask for the frame on it
//   5  share     page by page, in order, by the plain scan, which finds its hash worked out and all that it needs in the cache;
//                the page that the next one may be equal to comes meanwhile
//
// Steps 1 to 4 change nothing, and contents do not change while pages are scanned; so the result is that of the plain scan, cost included. A test
// compares the two. Where a page became shared within its batch, it was hashed in vain.

internal sealed class ScanBatch(ContentSharing sharing)
{
    // course choice: enough for the waits to overlap, and few enough for all their bytes to stay in the second-level cache.
    private const int MostPages = 32;

    private readonly Mpn?[] found = new Mpn?[MostPages];
    private readonly ulong[] keys = new ulong[MostPages];

    /// <summary>Tries to share each of these pages, in this order.</summary>
    public void Scan(ReadOnlySpan<GuestPage> pages)
    {
        for (; pages.Length > MostPages; pages = pages[MostPages..])
            ScanTogether(pages[..MostPages]);
        ScanTogether(pages);
    }

    private void ScanTogether(ReadOnlySpan<GuestPage> pages)
    {
        foreach (GuestPage page in pages)
            sharing.ReadAheadEntry(page);

        for (int i = 0; i < pages.Length; i++)
        {
            found[i] = sharing.FrameToShare(pages[i]);
            if (found[i] is { } mpn)
                sharing.ReadAheadFrame(mpn);
        }

        for (int i = 0; i < pages.Length; i++)
            if (found[i] is { } mpn)
                ReadAhead.PageAddress(sharing.RealBytesOf(mpn));

        ReadAheadPageOf(0, pages);
        for (int i = 0; i < pages.Length; i++)
        {
            ReadAheadPageOf(i + 1, pages);
            if (found[i] is not { } mpn)
                continue;
            keys[i] = sharing.HashOf(pages[i].Vm, mpn);
            sharing.Table.ReadAheadBucket(keys[i]);
        }

        for (int i = 0; i < pages.Length; i++)
            if (found[i] is not null)
                sharing.ReadAheadMatch(keys[i]);

        ReadAheadMatchOf(0, pages);
        for (int i = 0; i < pages.Length; i++)
        {
            ReadAheadMatchOf(i + 1, pages);
            if (found[i] is not null)
                sharing.Scan(pages[i], keys[i]);
        }
    }

    private void ReadAheadPageOf(int i, ReadOnlySpan<GuestPage> pages)
    {
        if (i < pages.Length && found[i] is { } mpn)
            ReadAhead.Page(sharing.RealBytesOf(mpn));
    }

    private void ReadAheadMatchOf(int i, ReadOnlySpan<GuestPage> pages)
    {
        if (i < pages.Length && found[i] is not null && sharing.Table.FirstMatch(keys[i]) is { } match)
            ReadAhead.Page(sharing.RealBytesOf(match));
    }
}
