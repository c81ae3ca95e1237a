using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Allocation;

// Min-funding revocation (OSDI '02 §5.1): when one client demands a page, it is taken from the client that pays the fewest
// shares per page, and ρ is worked out anew before the next page. With the idle memory tax in ρ, idle hoarders pay little
// and lose first.
//
//          demand                 lowest ρ above its min?
//   client --------> page market ------------------------> victim loses one page, requester gets it; all ρ anew
//                                \ the requester itself: stop, nobody is poorer than the one who asks
//
// Always: a page moves from a victim to another client, so the sum stays; nobody falls below min or rises above max;
// free memory above the threshold "high" is handed out before anyone is robbed; without demand nothing is taken.
//
// This is the plain version, one page a step, as the slides play it. The host jumps to where these steps end by
// `MemoryTargets`; a test holds the two together.

/// <summary>One page changing hands, with the market as it was before.</summary>
/// <param name="Number">The step, from 1.</param>
/// <param name="Victim">Index of the client that loses a page.</param>
/// <param name="Taker">Index of the client that gets it.</param>
/// <param name="Pages">Pages held before the step, indexed by client.</param>
/// <param name="SharesPerPage">ρ before the step, indexed by client; infinite without pages.</param>
public sealed record RevocationStep(int Number, int Victim, int Taker, ImmutableArray<PageCount> Pages, ImmutableArray<double> SharesPerPage);

/// <summary>Takes memory page by page from the client that pays least for it.</summary>
/// <remarks>OSDI '02 §5.1, §5.2. Each step costs O(clients).</remarks>
public static class MinFundingRevocation
{
    /// <summary>The client that the next page is taken from: the lowest ρ among those above their min; on a tie the first.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="taxRate">τ.</param>
    /// <returns>Its index, or null when all are at their min.</returns>
    public static int? Victim(IReadOnlyList<MemoryClient> clients, TaxRate taxRate)
    {
        int? victim = null;
        double lowest = double.PositiveInfinity;
        for (int i = 0; i < clients.Count; i++)
        {
            double price = clients[i].SharesPerPage(taxRate);
            if (clients[i].Allocated > clients[i].Min && price < lowest)
                (victim, lowest) = (i, price);
        }

        return victim;
    }

    /// <summary>One client asks for pages; others are robbed while they pay less than it does.</summary>
    /// <param name="clients">The clients; not changed.</param>
    /// <param name="requester">Index of the client that wants more.</param>
    /// <param name="wanted">How many pages it wants; with none nothing is taken.</param>
    /// <param name="taxRate">τ.</param>
    /// <param name="freeAboveHigh">Free pages above the threshold "high", handed out before anything is taken.</param>
    /// <returns>The pages taken, in order, each with the market before it. Lazy; ends where the requester is itself the poorest,
    /// where it has what it wants or its max, or where nobody is above min.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="requester"/> is not a client.</exception>
    public static IEnumerable<RevocationStep> Satisfy(
        IReadOnlyList<MemoryClient> clients, int requester, PageCount wanted, TaxRate taxRate, PageCount freeAboveHigh = default) =>
        Satisfy(clients, requester, wanted, freeAboveHigh, (client, held) => clients[client].SharesPerPage(held, taxRate));

    /// <summary>The same with any price: lets a lecture show what a wrong formula does.</summary>
    /// <param name="clients">The clients; not changed.</param>
    /// <param name="requester">Index of the client that wants more.</param>
    /// <param name="wanted">How many pages it wants.</param>
    /// <param name="freeAboveHigh">Free pages above "high".</param>
    /// <param name="price">ρ of a client (by index) that would hold so many pages.</param>
    /// <returns>The pages taken, in order. Lazy.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="requester"/> is not a client.</exception>
    public static IEnumerable<RevocationStep> Satisfy(
        IReadOnlyList<MemoryClient> clients, int requester, PageCount wanted, PageCount freeAboveHigh, Func<int, PageCount, double> price)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(requester);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(requester, clients.Count);
        return Steps();

        IEnumerable<RevocationStep> Steps()
        {
            PageCount[] pages = [.. clients.Select(c => c.Allocated)];
            PageCount granted = PageCount.Min(PageCount.Max(freeAboveHigh, default), PageCount.Max(wanted, default));
            pages[requester] += granted;
            PageCount limit = PageCount.Min(clients[requester].Max, pages[requester] + wanted - granted);
            for (int number = 1; pages[requester] < limit; number++)
            {
                double[] paid = [.. pages.Select((held, client) => price(client, held))];
                int victim = requester;
                for (int i = 0; i < paid.Length; i++)
                    if (pages[i] > clients[i].Min && paid[i] < paid[victim])
                        victim = i;
                if (victim == requester)
                    yield break;
                yield return new RevocationStep(number, victim, requester, [.. pages], [.. paid]);
                pages[victim] -= new PageCount(1);
                pages[requester] += new PageCount(1);
            }
        }
    }

    /// <summary>Everyone wants all it can use: pages move from the poorest to the richest until no move brings prices closer.</summary>
    /// <param name="clients">The clients; not changed.</param>
    /// <param name="taxRate">τ.</param>
    /// <returns>The pages that each ends with, indexed by client; the sum is what it was.</returns>
    /// <remarks>
    /// A page in dispute lies between two holdings, so the giver is priced with half of it gone and the taker with half of it:
    /// comparing whole holdings would let the last page go to and fro for ever.
    /// The end lies within about a page a client of <see cref="MarketEquilibrium"/>. Cost O(clients) for each page moved.
    /// </remarks>
    public static PageCount[] Settle(IReadOnlyList<MemoryClient> clients, TaxRate taxRate)
    {
        double k = taxRate.IdlePageCost;
        long[] pages = [.. clients.Select(c => c.Allocated.Value)];
        while (true)
        {
            int giver = -1, taker = -1;
            double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
            for (int i = 0; i < pages.Length; i++)
            {
                MemoryClient client = clients[i];
                if (pages[i] > client.Min.Value && Price(client, pages[i] - 0.5) is double without && without < lowest)
                    (giver, lowest) = (i, without);
                if (pages[i] < client.Max.Value && Price(client, pages[i] + 0.5) is double with && with > highest)
                    (taker, highest) = (i, with);
            }

            if (giver < 0 || taker < 0 || lowest >= highest)
                return [.. pages.Select(p => new PageCount(p))];
            pages[giver]--;
            pages[taker]++;
        }

        // ρ with a fractional page: P (f + k (1-f)) = A + k (P - A) where P > A.
        double Price(MemoryClient client, double held) =>
            client.Shares.Value / (held <= client.Active.Value ? held : client.Active.Value + k * (held - client.Active.Value));
    }
}
