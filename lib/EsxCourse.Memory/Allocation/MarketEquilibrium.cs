using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Allocation;

// Where min-funding revocation ends, in continuous terms (facts §5, worked out for this course from OSDI '02 §5).
//
// At the end all clients that are not held by their min or max pay one common price ρ, and the pages add up to the machine's:
//
//   P_i(ρ) = clamp( S_i/ρ                   if that is <= A_i  (all its pages are active)
//                   τ A_i + (1-τ) S_i/ρ     else,              min_i, max_i )          Σ P_i(ρ) = M
//
// Each P_i falls as ρ rises, so bisection finds ρ. The short form P_i = τ A_i + (S_i/ΣS)(M - τ ΣA) holds only where every
// P_i >= A_i; a client below its active memory breaks it (S = 100,100; A = 20,190; M = 200; τ = .75: 52/148, not 36.25/163.75).

/// <summary>The price at which all memory is taken, and what each client holds at it.</summary>
/// <param name="Price">The common ρ in shares per page; 0 where there is enough for everyone's max.</param>
/// <param name="Pages">Pages in continuous terms, indexed by client.</param>
public sealed record MarketEquilibrium(double Price, ImmutableArray<double> Pages)
{
    /// <summary>Solves Σ P_i(ρ) = M for the common price ρ by bisection.</summary>
    /// <param name="clients">The clients; what they hold now does not matter.</param>
    /// <param name="total">M, the pages to share out.</param>
    /// <param name="taxRate">τ.</param>
    /// <returns>The equilibrium. The pages add up to M unless all are at their max (or have no shares to ask for more with).</returns>
    /// <exception cref="ArgumentException">The sum of all mins is above M (admission control would have refused), or some min is above its max.</exception>
    public static MarketEquilibrium Solve(IReadOnlyList<MemoryClient> clients, PageCount total, TaxRate taxRate)
    {
        if (clients.Any(c => c.Min > c.Max))
            throw new ArgumentException("A client's min is above its max.", nameof(clients));
        if (clients.Sum(c => c.Min.Value) > total.Value)
            throw new ArgumentException($"The guaranteed minimums add up to more than the {total} to share out.", nameof(clients));
        if (clients.Sum(c => c.Max.Value) <= total.Value)
            return new MarketEquilibrium(0, [.. clients.Select(c => (double)c.Max.Value)]);

        // ρ lies between "everyone can pay for everything" and "nobody can pay for one page". 200 halvings exhaust a double.
        double low = 0, high = clients.Sum(c => (double)c.Shares.Value) + 1;
        while (Sum(high) > total.Value && high < double.MaxValue / 4)
            high *= 2;
        for (int round = 0; round < 200; round++)
        {
            double middle = low + (high - low) / 2;
            if (Sum(middle) > total.Value)
                low = middle;
            else
                high = middle;
        }

        return new MarketEquilibrium(high, [.. clients.Select(c => Holding(c, high))]);

        double Sum(double price) => clients.Sum(c => Holding(c, price));
        double Holding(MemoryClient c, double price) =>
            Math.Clamp(c.Shares.Value == 0 ? 0 : IdleMemoryTax.PagesAtPrice(c.Shares, c.Active, taxRate, price), c.Min.Value, c.Max.Value);
    }
}
