using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.HotIo;

// Which pages a guest sends: what a network server does to the transmit path. Most packets leave from a small ring of buffers, which the
// guest fills again and again; a few leave straight from pages of the file cache (sendfile), hardly any of them twice.
//
// course choice: a ring of 16 pages and 2 % from the file cache; the paper says only that copies fall by orders of magnitude for
// "some" network loads, which this one is.

/// <summary>The pages that a guest sends, one after another.</summary>
/// <param name="ring">How many buffers the ring has; they are pages 0 to below that.</param>
/// <param name="files">How many pages of the file cache packets may leave from; they follow the ring.</param>
/// <param name="fromFiles">How many of the packets do, 0 to 1.</param>
/// <param name="random">Where the choice of file pages comes from.</param>
public sealed class NetworkTraffic(int ring, int files, double fromFiles, RandomStream random)
{
    private int next;

    /// <summary>The page of the next packet, and whether it is a buffer of the ring, which the guest fills first.</summary>
    /// <returns>The page's number among all that traffic uses.</returns>
    public (int Page, bool IsRing) Next()
    {
        if (files > 0 && random.Chance(fromFiles))
            return (ring + random.Below(files), false);
        int buffer = next;
        next = next + 1 == ring ? 0 : next + 1;
        return (buffer, true);
    }
}
