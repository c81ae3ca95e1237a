using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;

namespace EsxCourse.Experiments;

// The slides' tax example ("Tax example, setup", "Tax example"), worked every way that it can be read, nothing typed in but
// the setup: 20 pages, 200 shares, so the market price of a page is 10; a VM with 10 pages and 100 shares, 30 % active, τ = 80 %.
//
//   the slide's bill       3 active pages at 10, 7 idle ones at ρ = 2.63: 48.4, "rounded up to 50", so 5 pages can go
//   one price for the VM   ρ for active pages, kρ for idle ones: the bill is all its 100 shares, whatever ρ is
//   a fixed market price   pages go while ρ < 10: 5.6 in continuous terms, 6 whole ones
//   the real algorithm     page by page against a second VM, ρ worked out anew each time: 5 or 3 go, as that VM's working set grows or not
//   a common bug           f held at 30 % while pages go: 6 go
//
// The slide and the fixed price disagree because the slide bills two kinds of pages at prices of two kinds; the fixed price and
// the real algorithm disagree because a taker's own price falls with every page it gets.

/// <summary>One line of a bill: so many pages at so many shares each.</summary>
/// <param name="Pages">How many pages.</param>
/// <param name="SharesEach">Shares for each.</param>
public readonly record struct BillLine(PageCount Pages, double SharesEach)
{
    /// <summary>Shares for all of them.</summary>
    public double Total => Pages.Value * SharesEach;
}

/// <summary>The slide's bill, and what it takes from it.</summary>
/// <param name="Active">Active pages, at the market price.</param>
/// <param name="Idle">Idle pages, at ρ.</param>
/// <param name="RoundedUp">The total, rounded up to a whole number of pages at the market price.</param>
/// <param name="Kept">The pages that this pays for.</param>
/// <param name="Taken">The pages that go.</param>
public sealed record SlideBill(BillLine Active, BillLine Idle, double RoundedUp, PageCount Kept, PageCount Taken)
{
    /// <summary>What the VM pays: 48.4 shares on the slide.</summary>
    public double Total => Active.Total + Idle.Total;
}

/// <summary>The bill at one price for the whole VM, as the paper has it.</summary>
/// <param name="Active">Active pages, at ρ.</param>
/// <param name="Idle">Idle pages, at kρ.</param>
public sealed record WholeVmBill(BillLine Active, BillLine Idle)
{
    /// <summary>What the VM pays: always all its shares.</summary>
    public double Total => Active.Total + Idle.Total;
}

/// <summary>A number of pages and the price that the VM then pays for each.</summary>
/// <param name="Pages">The pages held.</param>
/// <param name="SharesPerPage">ρ.</param>
public readonly record struct PricePoint(PageCount Pages, double SharesPerPage);

/// <summary>What a fixed market price leaves the VM.</summary>
/// <param name="ContinuousKept">Pages kept if pages could be split.</param>
/// <param name="ContinuousTaken">Pages taken if pages could be split: τ times the idle pages.</param>
/// <param name="Kept">Whole pages kept.</param>
/// <param name="Taken">Whole pages taken.</param>
/// <param name="Steps">ρ at each number of pages on the way down; the last is the first at or above the market price.</param>
public sealed record FixedPriceOutcome(double ContinuousKept, double ContinuousTaken, PageCount Kept, PageCount Taken, ImmutableArray<PricePoint> Steps);

/// <summary>The market before a step, or at the end of all: the pages of both VMs and their prices.</summary>
/// <param name="Vm1Pages">Pages of the VM of the example.</param>
/// <param name="Vm2Pages">Pages of its competitor.</param>
/// <param name="Vm1SharesPerPage">ρ of the first.</param>
/// <param name="Vm2SharesPerPage">ρ of the second.</param>
public readonly record struct MarketRow(PageCount Vm1Pages, PageCount Vm2Pages, double Vm1SharesPerPage, double Vm2SharesPerPage);

/// <summary>Min-funding revocation against a second VM that wants more.</summary>
/// <param name="Rows">The market before each step, and at the end.</param>
/// <param name="Taken">The pages that the first VM lost.</param>
/// <param name="Continuous">Where it would end if pages could be split, indexed by VM.</param>
public sealed record MarketOutcome(ImmutableArray<MarketRow> Rows, PageCount Taken, ImmutableArray<double> Continuous)
{
    /// <summary>Where it ends.</summary>
    public MarketRow End => Rows[^1];
}

/// <summary>The slides' worked tax example: one setup, every reading of it.</summary>
/// <param name="Shares">Shares of the VM.</param>
/// <param name="Pages">Pages of the VM at the start.</param>
/// <param name="Active">Pages that it actively uses.</param>
/// <param name="TaxRate">τ.</param>
/// <param name="MachinePages">All pages of the machine; the second VM has the others.</param>
/// <param name="AllShares">All shares; the second VM has the others.</param>
/// <remarks>Slides "Tax example"; OSDI '02 §5.2. Use <c>with</c> to ask what another number would do.</remarks>
public sealed record TaxExample(Shares Shares, PageCount Pages, PageCount Active, TaxRate TaxRate, PageCount MachinePages, Shares AllShares)
{
    /// <summary>The numbers of the slides.</summary>
    public static TaxExample Slides { get; } = new(new Shares(100), new PageCount(10), new PageCount(3), new TaxRate(0.8), new PageCount(20), new Shares(200));

    /// <summary>The price of a page: all shares over all pages.</summary>
    public double MarketPrice => (double)AllShares.Value / MachinePages.Value;

    /// <summary>f, of the pages held at the start.</summary>
    public double ActiveFraction => IdleMemoryTax.ActiveFraction(Active, Pages);

    /// <summary>k = 1/(1-τ).</summary>
    public double IdlePageCost => TaxRate.IdlePageCost;

    /// <summary>What the VM pays without a tax, S/P.</summary>
    public double UntaxedSharesPerPage => IdleMemoryTax.SharesPerPage(Shares, Pages, ActiveFraction, TaxRate.None);

    /// <summary>ρ, taxed.</summary>
    public double SharesPerPage => IdleMemoryTax.SharesPerPage(Shares, Pages, ActiveFraction, TaxRate);

    /// <summary>What the VM would pay without a tax if it had one page less: above the market price, so a page could be taken elsewhere and given to it.</summary>
    public double UntaxedSharesPerPageWithOnePageLess =>
        IdleMemoryTax.SharesPerPage(Shares, Pages - new PageCount(1), 1, TaxRate.None);

    /// <summary>The slide's bill: active pages at the market price, idle ones at ρ.</summary>
    public SlideBill SlideBill
    {
        get
        {
            BillLine active = new(Active, MarketPrice), idle = new(Pages - Active, SharesPerPage);
            PageCount kept = new((long)Math.Ceiling((active.Total + idle.Total) / MarketPrice - 1e-9));
            return new SlideBill(active, idle, kept.Value * MarketPrice, kept, Pages - kept);
        }
    }

    /// <summary>The paper's bill: one price ρ for the VM, at which an idle page costs kρ.</summary>
    public WholeVmBill WholeVmBill => new(new BillLine(Active, SharesPerPage), new BillLine(Pages - Active, IdlePageCost * SharesPerPage));

    /// <summary>What a fixed market price leaves the VM: a page goes while ρ is below it.</summary>
    public FixedPriceOutcome AtFixedPrice
    {
        get
        {
            MemoryClient vm = Vm1;
            List<PricePoint> steps = [];
            PageCount kept = Pages;
            while (true)
            {
                steps.Add(new PricePoint(kept, vm.SharesPerPage(kept, TaxRate)));
                if (steps[^1].SharesPerPage >= MarketPrice)
                    break;
                kept -= new PageCount(1);
            }

            double continuous = Math.Min(Pages.Value, IdleMemoryTax.PagesAtPrice(Shares, Active, TaxRate, MarketPrice));
            return new FixedPriceOutcome(continuous, Pages.Value - continuous, kept, Pages - kept, [.. steps]);
        }
    }

    /// <summary>The real algorithm against a VM whose working set grows with its memory.</summary>
    public MarketOutcome AgainstGrowingWorkingSet => Against(MachinePages, freeAboveHigh: default, wanted: MachinePages);

    /// <summary>The real algorithm against a VM whose working set stays what it holds at the start.</summary>
    public MarketOutcome AgainstConstantWorkingSet => Against(MachinePages - Pages, freeAboveHigh: default, wanted: MachinePages);

    /// <summary>The bug of holding f fixed while P shrinks: each page taken is taken as if it had been 30 % active.</summary>
    public MarketOutcome WithActiveFractionHeldFixed
    {
        get
        {
            MemoryClient[] clients = [Vm1, Vm2(MachinePages)];
            double Price(int client, PageCount held) => client == 0
                ? IdleMemoryTax.SharesPerPage(Shares, held, ActiveFraction, TaxRate)
                : clients[1].SharesPerPage(held, TaxRate);
            return Outcome(clients, MinFundingRevocation.Satisfy(clients, 1, MachinePages, default, Price), Price);
        }
    }

    /// <summary>Nobody asks for memory: nothing is taken, however idle the VM is.</summary>
    public MarketOutcome WithoutDemand => Against(MachinePages, freeAboveHigh: default, wanted: default);

    /// <summary>The second VM's wish is met from free memory above the threshold "high": nothing is taken.</summary>
    /// <param name="free">Free pages above "high".</param>
    /// <returns>What happens when the second VM asks for so many pages.</returns>
    public MarketOutcome WithFreeMemoryAboveHigh(PageCount free) => Against(MachinePages, free, wanted: free);

    private MemoryClient Vm1 => new(Shares, Pages, Active, PageCount.Zero, Pages);

    private MemoryClient Vm2(PageCount active) =>
        new(new Shares(AllShares.Value - Shares.Value), MachinePages - Pages, active, PageCount.Zero, MachinePages + MachinePages);

    private MarketOutcome Against(PageCount active, PageCount freeAboveHigh, PageCount wanted)
    {
        MemoryClient[] clients = [Vm1, Vm2(active)];
        return Outcome(clients, MinFundingRevocation.Satisfy(clients, 1, wanted, TaxRate, freeAboveHigh), (client, held) => clients[client].SharesPerPage(held, TaxRate));
    }

    private MarketOutcome Outcome(MemoryClient[] clients, IEnumerable<RevocationStep> steps, Func<int, PageCount, double> price)
    {
        PageCount one = new(1);
        List<MarketRow> rows = [];
        (PageCount first, PageCount second) = (clients[0].Allocated, clients[1].Allocated);
        foreach (RevocationStep step in steps)
        {
            rows.Add(new MarketRow(step.Pages[0], step.Pages[1], step.SharesPerPage[0], step.SharesPerPage[1]));
            (first, second) = (step.Pages[0] - one, step.Pages[1] + one);
        }

        rows.Add(new MarketRow(first, second, price(0, first), price(1, second)));
        return new MarketOutcome([.. rows], clients[0].Allocated - first, MarketEquilibrium.Solve(clients, MachinePages, TaxRate).Pages);
    }
}
