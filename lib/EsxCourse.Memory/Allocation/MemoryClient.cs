using EsxCourse.Contracts;

namespace EsxCourse.Memory.Allocation;

/// <summary>A VM as the allocator sees it: what it is entitled to, what it holds and what it uses.</summary>
/// <param name="Shares">S, its relative right to memory.</param>
/// <param name="Allocated">P, the pages it holds now.</param>
/// <param name="Active">A, the pages in active use, an absolute number: it does not change because pages are taken.
/// A value at or above what the client may ever hold says that its working set grows with its memory.</param>
/// <param name="Min">The guaranteed number of pages; never revoked.</param>
/// <param name="Max">The most it can use: the size of its "physical" memory.</param>
/// <remarks>OSDI '02 §5, §6.1. The default of each number is 0.</remarks>
public sealed record MemoryClient(Shares Shares, PageCount Allocated, PageCount Active, PageCount Min, PageCount Max)
{
    /// <summary>f = min(1, A/P), of the pages held now.</summary>
    public double ActiveFraction => IdleMemoryTax.ActiveFraction(Active, Allocated);

    /// <summary>ρ for the pages held now.</summary>
    /// <param name="taxRate">τ.</param>
    /// <returns>Shares per page, from 0; infinite without pages.</returns>
    public double SharesPerPage(TaxRate taxRate) => SharesPerPage(Allocated, taxRate);

    /// <summary>ρ as it would be with another number of pages.</summary>
    /// <param name="held">The pages held.</param>
    /// <param name="taxRate">τ.</param>
    /// <returns>Shares per page, from 0; infinite without pages.</returns>
    public double SharesPerPage(PageCount held, TaxRate taxRate) => IdleMemoryTax.SharesPerPage(Shares, held, Active, taxRate);
}
