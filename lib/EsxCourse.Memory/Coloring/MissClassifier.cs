using EsxCourse.Contracts;

namespace EsxCourse.Memory.Coloring;

// Why an access missed, by the usual three C's:
//   compulsory  the line was never seen before: no placement avoids it;
//   capacity    a fully associative LRU cache of the same size misses too: the cache is too small;
//   conflict    only the set was too small: this is the part that page colours decide.
// The fully associative cache is a list in order of use with a dictionary into it.

/// <summary>Misses by cause.</summary>
/// <param name="Accesses">All accesses.</param>
/// <param name="Compulsory">First accesses to a line.</param>
/// <param name="Capacity">Misses that a fully associative cache has too.</param>
/// <param name="Conflict">Misses that come from the sets alone.</param>
public readonly record struct MissCounts(long Accesses, long Compulsory, long Capacity, long Conflict)
{
    /// <summary>All misses.</summary>
    public long Misses => Compulsory + Capacity + Conflict;
}

/// <summary>Runs accesses through a cache and says why each miss happened.</summary>
/// <param name="geometry">The cache's shape.</param>
public sealed class MissClassifier(CacheGeometry geometry)
{
    private readonly SetAssociativeCache cache = new(geometry);
    private readonly LinkedList<long> byUse = new();
    private readonly Dictionary<long, LinkedListNode<long>> resident = [];
    private readonly HashSet<long> seen = [];
    private readonly long capacity = geometry.SizeBytes / geometry.LineBytes;

    /// <summary>The misses so far.</summary>
    public MissCounts Counts { get; private set; }

    /// <summary>Reads or writes a line of a machine page.</summary>
    /// <param name="mpn">The page.</param>
    /// <param name="lineInPage">Which of its lines.</param>
    public void Access(Mpn mpn, int lineInPage)
    {
        long line = (long)mpn.Value * geometry.LinesPerPage + lineInPage;
        bool hit = cache.Access(line);
        bool fullyAssociativeHit = AccessFullyAssociative(line);
        bool first = seen.Add(line);
        MissCounts counts = Counts;
        Counts = (hit, first, fullyAssociativeHit) switch
        {
            (true, _, _) => counts with { Accesses = counts.Accesses + 1 },
            (_, true, _) => counts with { Accesses = counts.Accesses + 1, Compulsory = counts.Compulsory + 1 },
            (_, _, false) => counts with { Accesses = counts.Accesses + 1, Capacity = counts.Capacity + 1 },
            _ => counts with { Accesses = counts.Accesses + 1, Conflict = counts.Conflict + 1 },
        };
    }

    private bool AccessFullyAssociative(long line)
    {
        bool hit = resident.Remove(line, out LinkedListNode<long>? node);
        if (hit)
            byUse.Remove(node!);
        resident[line] = byUse.AddFirst(line);
        if (resident.Count > capacity)
        {
            resident.Remove(byUse.Last!.Value);
            byUse.RemoveLast();
        }

        return hit;
    }
}
