using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// Two VMs on one page market: min-funding revocation page by page, and where it settles (OSDI '02 §5.1, §5.2).
internal static class MarketTemplates
{
    private static readonly string[] Sources = ["slide: Managing Memory with Taxes", "slide: Tax example", "§5.2"];

    public static IReadOnlyList<ItemTemplate> All { get; } =
    [
        new("victim-price", "market", "The price that the victim pays", ["slide: Managing Memory with Taxes", "§5.1", "§5.2"], VictimPrice),
        new("pages-revoked", "market", "Pages that a second VM takes", Sources, PagesRevoked),
        new("settled-pages", "market", "Where the market settles", ["§5.2"], SettledPages),
        new("settled-price", "market", "The price at which the market settles", ["§5.2"], SettledPrice),
    ];

    private static NumberDraft VictimPrice(SeedStream draw)
    {
        TaxRate tax = new(draw.OneOf(0.5, 0.75, 0.8));
        (long Shares, long Pages, int Active)[] drawn = [.. Enumerable.Range(0, 3).Select(_ => (100L * draw.Between(5, 60), 1000L * draw.Between(1, 5), 5 * draw.Between(2, 19)))];
        MemoryClient[] vms = [.. drawn.Select(vm => Client(vm.Shares, vm.Pages, vm.Pages * vm.Active / 100, vm.Pages))];
        int victim = MinFundingRevocation.Victim(vms, tax)!.Value, untaxed = MinFundingRevocation.Victim(vms, TaxRate.None)!.Value;
        return new NumberDraft(
            "Memory is short. " + string.Join(" ", vms.Select((vm, at) => $"VM {at + 1}: {vm.Shares}, {vm.Allocated}, {drawn[at].Active} % active.")) + $" τ is {tax}. Min-funding revocation takes a page from one of them. "
            + "Which price ρ does that one pay?",
            vms[victim].SharesPerPage(tax), 3, "shares per page", "The victim is the VM with the lowest ρ after tax.")
        {
            Traps =
            [
                new(vms[untaxed].SharesPerPage(TaxRate.None), "forgot the tax", "This is the lowest S/P. With the tax, idle pages count k times, and another may be poorest."),
                new(vms.Max(vm => vm.SharesPerPage(tax)), "took from the one that pays most", "Revocation takes from the client that pays least for its pages."),
                new(vms[Largest()].SharesPerPage(tax), "took from the largest", "Size alone decides nothing: shares per page do."),
            ],
            Worked =
            [
                $"k = {tax.IdlePageCost:0.##}",
                .. vms.Select((vm, at) => $"VM {at + 1}: ρ = {vm.Shares.Value} / ({vm.Allocated.Value} x ({vm.ActiveFraction:0.00} + {tax.IdlePageCost:0.##} x {1 - vm.ActiveFraction:0.00})) = {vm.SharesPerPage(tax):0.000}"),
                $"VM {victim + 1} pays least",
            ],
        };

        int Largest() => Enumerable.Range(0, vms.Length).MaxBy(at => vms[at].Allocated.Value);
    }

    private static NumberDraft PagesRevoked(SeedStream draw)
    {
        int pages = draw.OneOf(10, 12, 16, 20), shares = pages * draw.OneOf(5, 10, 20), active = pages * draw.Between(2, 4) / 10;
        TaxRate tax = new(draw.OneOf(0.75, 0.8, 0.9));
        MemoryClient[] vms = [Client(shares, pages, active, pages), Client(shares, pages, 2 * pages, 4 * pages)];
        PageCount wanted = new(2 * pages);
        RevocationStep[] steps = [.. MinFundingRevocation.Satisfy(vms, 1, wanted, tax)];
        double f = vms[0].ActiveFraction;
        int heldFixed = MinFundingRevocation.Satisfy(vms, 1, wanted, default, (vm, held) =>
            vm == 0 ? IdleMemoryTax.SharesPerPage(vms[0].Shares, held, f, tax) : vms[1].SharesPerPage(held, tax)).Count();
        int untaxed = MinFundingRevocation.Satisfy(vms, 1, wanted, TaxRate.None).Count();
        MemoryClient[] constant = [vms[0], Client(shares, pages, pages, 4 * pages)];
        int notGrowing = MinFundingRevocation.Satisfy(constant, 1, wanted, tax).Count();
        return new NumberDraft(
            $"Two VMs hold {pages} pages and {shares} shares each. Of VM 1's pages {active} are active; VM 2 uses all it has and would use any more it got. τ is {tax}. VM 2 asks for pages; ρ is worked out anew "
            + "after each page. How many pages does VM 1 lose?",
            steps.Length, 0, "pages", "A page moves while VM 1 pays less than VM 2. With each one ρ of VM 1 rises, and that of VM 2 falls, until taking stops.")
        {
            Traps =
            [
                new(heldFixed, "held f fixed", "As VM 1 shrinks its active pages stay, so f rises, and ρ with it."),
                new(notGrowing, "let VM 2's working set stand still", "Then the pages VM 2 gets would be idle and taxed; here it uses them all."),
                new(untaxed, "forgot the tax", "Without a tax both pay the same, and nothing moves."),
                new(pages - active, "took all idle pages", "τ below 1 leaves VM 1 some of its idle pages."),
            ],
            Worked = [.. steps.Select(step => $"{step.Pages[0].Value}/{step.Pages[1].Value}: ρ1 = {step.SharesPerPage[0]:0.00} < ρ2 = {step.SharesPerPage[1]:0.00}, one page moves"), $"{steps.Length} pages moved; then VM 1 pays no less than VM 2"],
        };
    }

    private static NumberDraft SettledPages(SeedStream draw)
    {
        (MemoryClient[] vms, PageCount total, TaxRate tax, long activeIdle, long activeBusy) = Settling(draw);
        MarketEquilibrium settled = MarketEquilibrium.Solve(vms, total, tax);
        double shortForm = (tax.Value * activeIdle) + (0.5 * (total.Value - (tax.Value * (activeIdle + activeBusy))));
        return new NumberDraft(
            $"Two VMs with equal shares share {total.Value} MB. The idle one has {activeIdle} MB active, the busy one {activeBusy} MB; τ is {tax}. Where does the market settle: how many MB has the idle VM?",
            settled.Pages[0], 1, "MB", "At the end both pay the same ρ. A VM all of whose memory is active pays S/P; another one holds τA + (1-τ) S/ρ.")
        {
            Tolerance = 0.6,
            Traps =
            [
                new(total.Value / 2.0, "forgot the tax", "Equal shares give equal memory only at τ = 0."),
                new(shortForm, "used the short form", "P = τA + S/ΣS (M - τΣA) holds only if nobody falls below its active memory; here the busy VM would."),
                new(activeIdle, "took all idle memory", "τ below 1 leaves a part of the idle memory."),
                new(settled.Pages[1], "took the other VM's", "This is what the busy VM has."),
            ],
            Worked =
            [
                $"the common price is ρ = {settled.Price:0.0000} shares per MB, S/ρ = {vms[0].Shares.Value / settled.Price:0.0}",
                $"idle VM: τA + (1-τ) S/ρ = {tax.Value:0.##} x {activeIdle} + {1 - tax.Value:0.##} x {vms[0].Shares.Value / settled.Price:0.0} = {settled.Pages[0]:0.0} MB",
                $"busy VM: {settled.Pages[1]:0.0} MB; together {settled.Pages[0] + settled.Pages[1]:0} MB",
            ],
        };
    }

    private static NumberDraft SettledPrice(SeedStream draw)
    {
        (MemoryClient[] vms, PageCount total, TaxRate tax, long activeIdle, long activeBusy) = Settling(draw);
        MarketEquilibrium settled = MarketEquilibrium.Solve(vms, total, tax);
        double untaxed = MarketEquilibrium.Solve(vms, total, TaxRate.None).Price;
        return new NumberDraft(
            $"Two VMs with {vms[0].Shares} each share {total.Value} MB. One has {activeIdle} MB active, the other {activeBusy} MB; τ is {tax}. At which price ρ, in shares per MB, does the market settle?",
            settled.Price, 3, "shares per MB", "It is the one price at which what both hold adds up to all memory.")
        {
            Tolerance = 0.006,
            Traps =
            [
                new(untaxed, "forgot the tax", "This is ΣS/M, the price without a tax."),
                new((vms[0].Shares.Value + vms[1].Shares.Value) / (double)(activeIdle + activeBusy), "counted active memory only", "Idle memory is paid for too, and at k times the price."),
            ],
            Worked =
            [
                $"without a tax the price would be {untaxed:0.000}",
                $"idle VM: {settled.Pages[0]:0.0} MB at ρ; busy VM: {settled.Pages[1]:0.0} MB; together {settled.Pages[0] + settled.Pages[1]:0}",
                $"so ρ = {settled.Price:0.000}",
            ],
        };
    }

    private static (MemoryClient[] Vms, PageCount Total, TaxRate Tax, long ActiveIdle, long ActiveBusy) Settling(SeedStream draw)
    {
        long total = 40 * draw.Between(5, 12), activeIdle = 10 * draw.Between(1, 3), activeBusy = total * draw.OneOf(85, 90, 95) / 100;
        long shares = draw.OneOf(total, 2 * total, 4 * total);
        return ([Client(shares, total / 2, activeIdle, total), Client(shares, total / 2, activeBusy, total)], new PageCount(total), new TaxRate(draw.OneOf(0.5, 0.75, 0.8)), activeIdle, activeBusy);
    }

    private static MemoryClient Client(long shares, long pages, long active, long max) =>
        new(new Shares(shares), new PageCount(pages), new PageCount(active), PageCount.Zero, new PageCount(max));
}
