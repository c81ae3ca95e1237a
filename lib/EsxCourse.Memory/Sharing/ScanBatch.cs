using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Sharing;

// A scan at memory speed. The plain scan, `foreach (page) sharing.Scan(page)`, waits for memory at every step: for the page, then for the
// table, then for the page that it may be equal to; in random order the processor cannot guess any of them. Here a batch of pages goes through
// each step together, and what the next step needs is asked for while this one computes:
//
//   1  find      each page's pmap entry                      ask for what is known about its machine page
//   2  find      where its bytes lie                         ask for the first of them
//   3  hash      each page, while the next one comes         ask for its bucket
//   4  look up   the bucket                                  ask for the frame on it
//   5  look up   the frame                                   ask for the page that it is about
//   6  share     page by page, in order, by the plain scan, which finds its hash worked out and all that it needs in the cache
//
// Steps 1 to 5 change nothing, and contents do not change while pages are scanned; so the result is that of the plain scan, cost included. A test
// compares the two. Where a page became shared within its batch, it was hashed in vain.

internal sealed class ScanBatch(ContentSharing sharing)
{
    // course choice: enough for the waits to overlap, and few enough for two pages each to stay in the second-level cache.
    private const int MostPages = 16;

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

        for (int i = 0; i < pages.Length; i++)
        {
            if (i + 1 < pages.Length && found[i + 1] is { } next)
                ReadAhead.Page(sharing.RealBytesOf(next));
            if (found[i] is not { } mpn)
                continue;
            keys[i] = sharing.HashOf(pages[i].Vm, mpn);
            sharing.Table.ReadAheadBucket(keys[i]);
        }

        for (int i = 0; i < pages.Length; i++)
            if (found[i] is not null)
                sharing.ReadAheadMatch(keys[i]);

        for (int i = 0; i < pages.Length; i++)
            if (found[i] is not null && sharing.Table.FirstMatch(keys[i]) is { } match)
                ReadAhead.Page(sharing.RealBytesOf(match));

        for (int i = 0; i < pages.Length; i++)
            if (found[i] is not null)
                sharing.Scan(pages[i], keys[i]);
    }
}
