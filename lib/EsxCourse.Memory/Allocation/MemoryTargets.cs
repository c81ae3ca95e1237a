using EsxCourse.Contracts;

namespace EsxCourse.Memory.Allocation;

// Targets for all VMs of a host (OSDI '02 §6.3): what each should hold so that the machine's pages suffice.
//
// The paper plays min-funding revocation; a host with millions of pages cannot replay it page by page every 15 s, so it
// solves for the price at which it ends and rounds to whole pages: everyone gets the whole pages it can pay for, and the
// pages left over go to the largest remainders. The result is within one page of the continuous equilibrium for each VM.

/// <summary>Works out what every client should hold, in whole pages.</summary>
/// <remarks>OSDI '02 §6.3. Pure; cost O(clients log clients).</remarks>
public static class MemoryTargets
{
    /// <summary>Shares out the machine's pages.</summary>
    /// <param name="clients">The clients; what they hold now does not matter.</param>
    /// <param name="total">The pages to share out.</param>
    /// <param name="taxRate">τ.</param>
    /// <returns>Targets indexed by client, each between min and max. Not overcommitted: everyone's max. Else they add up to
    /// <paramref name="total"/>; pages that nobody with shares wants go to clients below their max in order.</returns>
    /// <exception cref="ArgumentException">The minimums do not fit, or a min is above its max.</exception>
    public static PageCount[] Compute(IReadOnlyList<MemoryClient> clients, PageCount total, TaxRate taxRate)
    {
        MarketEquilibrium market = MarketEquilibrium.Solve(clients, total, taxRate);
        long[] whole = [.. market.Pages.Select(p => (long)Math.Floor(p + 1e-9))];
        long left = Math.Min(total.Value, clients.Sum(c => c.Max.Value)) - whole.Sum();
        foreach (int i in Enumerable.Range(0, clients.Count).OrderByDescending(i => market.Pages[i] - whole[i]).ThenBy(i => i))
            if (left > 0 && whole[i] < clients[i].Max.Value)
                (whole[i], left) = (whole[i] + 1, left - 1);
        for (int i = 0; i < whole.Length && left > 0; i++)
        {
            long more = Math.Min(left, clients[i].Max.Value - whole[i]);
            (whole[i], left) = (whole[i] + more, left - more);
        }

        return [.. whole.Select(p => new PageCount(p))];
    }
}
