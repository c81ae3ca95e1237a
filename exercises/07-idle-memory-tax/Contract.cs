using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Tax;

/// <summary>A VM as the tax office sees it.</summary>
/// <param name="Shares">S, its relative right to memory.</param>
/// <param name="Pages">P, the pages it holds now; may be none.</param>
/// <param name="Active">A, how many pages it actively uses: an absolute number that stays as it is while pages are taken or given. May be more than it holds.</param>
/// <param name="Grows">Its working set grows with its memory: whatever it holds is active, and <paramref name="Active"/> does not matter.</param>
/// <param name="Min">Its guaranteed pages, which are never taken.</param>
public sealed record TaxedVm(Shares Shares, PageCount Pages, PageCount Active, bool Grows, PageCount Min);

/// <summary>What a VM pays, in shares.</summary>
/// <param name="Active">For all its active pages together.</param>
/// <param name="Idle">For all its idle pages together.</param>
public readonly record struct Bill(double Active, double Idle)
{
    /// <summary>Writes both amounts.</summary>
    public override string ToString() => $"{Active:0.####} for active and {Idle:0.####} for idle pages";
}

/// <summary>One page taken.</summary>
/// <param name="From">The VM that loses it.</param>
/// <param name="SharesPerPage">ρ of that VM just before.</param>
public readonly record struct Revocation(VmId From, double SharesPerPage)
{
    /// <summary>Writes the VM and its price.</summary>
    public override string ToString() => $"from {From}, which pays {SharesPerPage:0.####}";
}

/// <summary>The idle memory tax and min-funding revocation (OSDI '02 §5; slides "Idle Memory Tax" and "Tax example").</summary>
/// <remarks>VMs are numbered by their place in the list. The tax rate τ comes in whole percent, 0 to 99.</remarks>
public interface IMemoryTax
{
    /// <summary>k: what an idle page costs when an active one costs 1.</summary>
    /// <param name="taxPercent">τ in percent, 0 to 99.</param>
    double IdlePageCost(int taxPercent);

    /// <summary>ρ: the shares that a VM pays per page, idle pages taxed.</summary>
    /// <param name="vm">The VM. One without pages pays infinitely much per page.</param>
    /// <param name="taxPercent">τ in percent, 0 to 99.</param>
    double SharesPerPage(TaxedVm vm, int taxPercent);

    /// <summary>How a VM's shares divide into what it pays for active and for idle pages, at its own ρ.</summary>
    /// <param name="vm">The VM. One without pages pays nothing.</param>
    /// <param name="taxPercent">τ in percent, 0 to 99.</param>
    Bill BillOf(TaxedVm vm, int taxPercent);

    /// <summary>The VM that loses the next page: the lowest ρ among those above their min; on a tie the first in the list.</summary>
    /// <param name="vms">The VMs.</param>
    /// <param name="taxPercent">τ in percent, 0 to 99.</param>
    /// <returns>Its number, or null when nobody is above min.</returns>
    VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent);

    /// <summary>A VM asks for pages: what is free above "high" is handed out first; then page after page is taken from the others.</summary>
    /// <param name="vms">The VMs.</param>
    /// <param name="requester">The VM that asks.</param>
    /// <param name="wanted">How many pages it wants; may be none.</param>
    /// <param name="freeAboveHigh">Free pages above the threshold "high".</param>
    /// <param name="taxPercent">τ in percent, 0 to 99.</param>
    /// <returns>The pages taken, in order. A page is taken only from a VM that pays less per page than the requester pays, both as they stand at that moment.</returns>
    IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent);
}
