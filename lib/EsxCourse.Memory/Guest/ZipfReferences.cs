using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Guest;

// References as programs make them: few pages are wanted often, many rarely. By Zipf's law the page of rank r is r times rarer than the
// first. Ranks are scattered over the page numbers, since nobody lays pages out by how often they will be wanted.
//
// course choice: the exponent is 1, so that only additions and divisions are needed, which give the same trace on every machine.

/// <summary>Page references after Zipf's law.</summary>
public static class ZipfReferences
{
    /// <summary>Draws references.</summary>
    /// <param name="pages">How many pages there are, at least 1.</param>
    /// <param name="count">How many references to draw.</param>
    /// <param name="seed">The seed; the same one gives the same references.</param>
    /// <returns>Page numbers from 0 to below <paramref name="pages"/>. O(count · log pages).</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no page, or a negative number of references.</exception>
    public static int[] Draw(int pages, int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pages, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        RandomStream random = new(seed, "Zipf references");
        double[] upToRank = new double[pages];
        double sum = 0;
        for (int rank = 0; rank < pages; rank++)
            upToRank[rank] = sum += 1.0 / (rank + 1);
        int[] pageOfRank = Scattered(pages, random);
        int[] references = new int[count];
        for (int i = 0; i < count; i++)
        {
            int rank = Array.BinarySearch(upToRank, random.NextFraction() * sum);
            references[i] = pageOfRank[Math.Min(rank < 0 ? ~rank : rank + 1, pages - 1)];
        }

        return references;
    }

    // Fisher and Yates: every order is equally likely.
    private static int[] Scattered(int pages, RandomStream random)
    {
        int[] order = [.. Enumerable.Range(0, pages)];
        for (int last = pages - 1; last > 0; last--)
        {
            int other = random.Below(last + 1);
            (order[last], order[other]) = (order[other], order[last]);
        }

        return order;
    }
}
