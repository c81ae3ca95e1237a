using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Coloring;

// What colours are worth, without a host around: a working set is backed by machine pages and read round and round through a cache.
//
//   Conflicts   a guest that chose its PPNs well (neighbouring pages, so all colours equally) gets MPNs that preserve colours, or
//               random ones; the same accesses, and only the conflict misses differ
//   Isolation   a victim whose working set fits its part of the cache, and a neighbour that streams through memory; with and without a
//               partition. On a cache with hashed slices the partition of supposed colours does not hold: a downside to see
//
// Machine pages come from the real free list (Machine/FreeFrames.cs), through the same wishes as on a host.

/// <summary>Misses of a victim in three situations.</summary>
/// <param name="Alone">The victim alone, warm.</param>
/// <param name="BesideStream">Beside a streaming neighbour.</param>
/// <param name="Partitioned">Beside the same neighbour, each with half of the colours.</param>
/// <param name="Accesses">Accesses of the victim in each.</param>
public readonly record struct IsolationResult(long Alone, long BesideStream, long Partitioned, long Accesses);

/// <summary>Small experiments that show what page colours do.</summary>
public static class ColoringComparison
{
    /// <summary>Reads a working set of consecutive guest pages round and round.</summary>
    /// <param name="cache">The cache.</param>
    /// <param name="policy">How machine pages are chosen.</param>
    /// <param name="workingSet">Pages of the working set.</param>
    /// <param name="rounds">How often it is read as a whole.</param>
    /// <param name="seed">The seed of random colours.</param>
    /// <returns>Misses by cause.</returns>
    public static MissCounts Conflicts(CacheGeometry cache, ColorPolicy policy, int workingSet, int rounds, ulong seed)
    {
        FreeFrames free = new(8 * Math.Max(workingSet, cache.Colors), cache.Colors, lowFrames: 0);
        RandomStream random = new(seed, "coloring comparison");
        Mpn[] backing = new Mpn[workingSet];
        for (int page = 0; page < workingSet; page++)
            backing[page] = free.Take(new FrameWish(policy == ColorPolicy.Preserve ? cache.ColorOf(new Ppn(page)) : random.Below(cache.Colors)))!.Value;
        MissClassifier misses = new(cache);
        for (int round = 0; round < rounds; round++)
            foreach (Mpn mpn in backing)
                for (int line = 0; line < cache.LinesPerPage; line++)
                    misses.Access(mpn, line);
        return misses.Counts;
    }

    /// <summary>Measures a victim alone, beside a streaming neighbour, and beside it with half of the colours each.</summary>
    /// <param name="cache">The cache; <see cref="CacheGeometry.Colors"/> decides the partition, whether or not it is true of the hardware.</param>
    /// <param name="victimPages">Pages of the victim's working set.</param>
    /// <param name="rounds">How often the victim reads it, warm; the neighbour streams as many new pages between two rounds.</param>
    /// <returns>The victim's misses.</returns>
    public static IsolationResult Isolation(CacheGeometry cache, int victimPages, int rounds) => new(
        Victim(cache, CachePartition.None(cache.Colors), victimPages, rounds, neighbour: false),
        Victim(cache, CachePartition.None(cache.Colors), victimPages, rounds, neighbour: true),
        Victim(cache, CachePartition.Proportional(cache.Colors, [1, 1]), victimPages, rounds, neighbour: true),
        (long)victimPages * cache.LinesPerPage * rounds);

    private static long Victim(CacheGeometry cache, CachePartition partition, int victimPages, int rounds, bool neighbour)
    {
        int cachePages = (int)(cache.SizeBytes / PageCount.PageSizeBytes);
        FreeFrames free = new(16 * cachePages, cache.Colors, lowFrames: 0);
        Mpn[] victim = Back(free, partition, new VmId(0), victimPages);
        Mpn[] stream = Back(free, partition, new VmId(1), 4 * cachePages);
        SetAssociativeCache simulated = new(cache);
        foreach (Mpn mpn in victim)
            simulated.AccessPage(mpn);
        long misses = 0;
        for (int round = 0, next = 0; round < rounds; round++)
        {
            for (int page = 0; neighbour && page < cachePages; page++, next++)
                simulated.AccessPage(stream[next % stream.Length]);
            foreach (Mpn mpn in victim)
                misses += simulated.AccessPage(mpn);
        }

        return misses;
    }

    private static Mpn[] Back(FreeFrames free, CachePartition partition, VmId vm, int pages)
    {
        (int first, int count) = partition.RunOf(vm);
        return [.. Enumerable.Range(0, pages).Select(page => free.Take(new FrameWish(partition.PreferredColor(vm, new Ppn(page)), first, count))!.Value)];
    }
}
