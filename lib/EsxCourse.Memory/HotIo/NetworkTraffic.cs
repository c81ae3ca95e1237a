using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.HotIo;

// Which pages a guest sends: what a network server does to the transmit path. Most packets leave from a small ring of buffers, which the
// guest fills again and again; a few leave straight from pages of the file cache (sendfile), hardly any of them twice.
//
// course choice: a ring of 16 pages and 2 % from the file cache; the paper says only that copies fall by orders of magnitude for
// "some" network loads, which this one is.

/// <summary>The pages that a guest sends, one after another.</summary>
/// <param name="ring">The buffers, in the order in which the guest uses them.</param>
/// <param name="files">Pages of the file cache; may be empty.</param>
/// <param name="fileFraction">How many of the packets leave from file pages, 0 to 1.</param>
/// <param name="random">Where the choice of file pages comes from.</param>
public sealed class NetworkTraffic(IReadOnlyList<Ppn> ring, IReadOnlyList<Ppn> files, double fileFraction, RandomStream random)
{
    private int next;

    /// <summary>The page of the next packet, and whether it is a buffer that the guest has just filled.</summary>
    /// <returns>The page.</returns>
    public (Ppn Ppn, bool IsRing) Next()
    {
        if (files.Count > 0 && random.Chance(fileFraction))
            return (files[random.Below(files.Count)], false);
        Ppn buffer = ring[next];
        next = next + 1 == ring.Count ? 0 : next + 1;
        return (buffer, true);
    }
}
