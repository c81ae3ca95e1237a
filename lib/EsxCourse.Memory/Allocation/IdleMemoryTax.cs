using EsxCourse.Contracts;

namespace EsxCourse.Memory.Allocation;

// The idle memory tax (OSDI '02 §5.2; slides "Managing Memory with Taxes", "Idle Memory Tax").
//
// Pure proportional shares let a rich VM hoard memory that it does not use. The tax makes an idle page k times as dear as an
// active one, so that an idle client looks poor and loses pages first:
//
//   ρ = S / (P (f + k (1 - f)))      S shares, P pages, f active fraction, k = 1/(1-τ) idle page cost, τ tax rate
//
// ρ is ONE price for the whole VM. It is not the price of its idle pages: at price ρ an active page costs ρ and an idle one kρ,
// and the bill always comes to S.
//
// f is a fraction of what the VM holds NOW. The number of active pages A stays as it is while P shrinks, so f = min(1, A/P) rises
// with each page taken. Whoever holds f fixed instead takes too many pages (facts §10: 4/16 instead of 5/15).

/// <summary>The paper's idle memory tax: shares per page, with idle pages charged k = 1/(1-τ) times an active one.</summary>
/// <remarks>OSDI '02 §5.2. Pure functions; the allocator, quiz, notebooks and exercises all call these, nobody retypes them.</remarks>
public static class IdleMemoryTax
{
    /// <summary>The active fraction f = min(1, A/P) of a client that actively uses A of its P pages.</summary>
    /// <param name="active">A, the pages in active use; may be more than the client holds (its working set does not fit).</param>
    /// <param name="held">P, the pages it holds now, from 0.</param>
    /// <returns>From 0 (all idle) to 1 (all active). A client that holds nothing has nothing idle: 1.</returns>
    public static double ActiveFraction(PageCount active, PageCount held) =>
        active >= held ? 1 : (double)active.Value / held.Value;

    /// <summary>Shares per page, ρ = S / (P (f + k (1-f))): what the client pays for each page once idle ones are taxed.</summary>
    /// <param name="shares">S, from 0.</param>
    /// <param name="pages">P, the pages held, from 0.</param>
    /// <param name="activeFraction">f, from 0 (all idle) to 1 (all active).</param>
    /// <param name="taxRate">τ; <see cref="TaxRate.None"/> gives the plain S/P.</param>
    /// <returns>ρ, from 0. A client without pages pays infinitely much per page: nothing can be taken from it.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="activeFraction"/> is outside 0..1.</exception>
    /// <remarks>OSDI '02 §5.2. Example: 100 shares, 10 pages, f = 0.3, τ = 0.8 give 100 / (10 (0.3 + 5 x 0.7)) = 2.63.</remarks>
    public static double SharesPerPage(Shares shares, PageCount pages, double activeFraction, TaxRate taxRate)
    {
        if (!(activeFraction is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(activeFraction), activeFraction, "An active fraction f lies in 0 <= f <= 1.");
        if (pages.Value <= 0)
            return double.PositiveInfinity;
        return shares.Value / (pages.Value * (activeFraction + taxRate.IdlePageCost * (1 - activeFraction)));
    }

    /// <summary>Shares per page of a client that actively uses <paramref name="active"/> of the pages it holds.</summary>
    /// <param name="shares">S, from 0.</param>
    /// <param name="pages">P, the pages held, from 0.</param>
    /// <param name="active">A, the pages in active use; f = min(1, A/P) follows P.</param>
    /// <param name="taxRate">τ.</param>
    /// <returns>ρ, from 0; infinite without pages.</returns>
    public static double SharesPerPage(Shares shares, PageCount pages, PageCount active, TaxRate taxRate) =>
        SharesPerPage(shares, pages, ActiveFraction(active, pages), taxRate);

    /// <summary>The pages that a client can pay for at a given price: the inverse of <see cref="SharesPerPage(Shares, PageCount, PageCount, TaxRate)"/>.</summary>
    /// <param name="shares">S, from 0.</param>
    /// <param name="active">A, the pages in active use.</param>
    /// <param name="taxRate">τ.</param>
    /// <param name="price">ρ, the price of a page in shares, above 0.</param>
    /// <returns>P in continuous terms: S/ρ where that is at most A (all its pages are active), else τA + (1-τ) S/ρ.</returns>
    public static double PagesAtPrice(Shares shares, PageCount active, TaxRate taxRate, double price)
    {
        double untaxed = shares.Value / price;
        return untaxed <= active.Value ? untaxed : taxRate.Value * active.Value + (1 - taxRate.Value) * untaxed;
    }
}
