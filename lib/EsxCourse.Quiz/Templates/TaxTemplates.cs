using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// One VM under the idle memory tax (OSDI '02 §5.2; slides "Idle Memory Tax", "Tax example"). Prices come from IdleMemoryTax; a distractor is the
// same call with the misunderstanding put in.
internal static class TaxTemplates
{
    private static readonly string[] Sources = ["slide: Idle Memory Tax", "slide: Tax example", "§5.2"];

    public static IReadOnlyList<ItemTemplate> All { get; } =
    [
        new("idle-page-cost", "tax", "What an idle page costs", ["slide: Tax example", "§5.2"], IdlePageCost),
        new("tax-rate", "tax", "The tax rate behind an idle page cost", ["slide: Tax example", "§5.2"], Rate),
        new("shares-per-page", "tax", "The price that a VM pays", Sources, SharesPerPage),
        new("idle-price", "tax", "What one idle page is billed", Sources, IdlePrice),
        new("slide-bill", "tax", "The slide's bill", Sources, SlideBill),
        new("fixed-price", "tax", "Pages that go at a fixed market price", Sources, FixedPrice),
    ];

    private static NumberDraft IdlePageCost(SeedStream draw)
    {
        TaxRate tax = new(draw.OneOf(0.2, 0.5, 0.6, 0.75, 0.8, 0.9));
        return new NumberDraft($"The idle memory tax rate τ is {tax}. What is the idle page cost k?", tax.IdlePageCost, 2, "",
            "k = 1/(1-τ): what an idle page costs when an active one costs 1.")
        {
            Traps =
            [
                new(1 / tax.Value, "inverted the tax rate", "This is 1/τ; it is the untaxed part, 1-τ, that is inverted."),
                new(1 + tax.Value, "added the tax", "This is 1+τ: the tax as a sales tax. The paper divides by 1-τ, so that k grows without bound as τ nears 1."),
                new(1 - tax.Value, "forgot to invert", "This is 1-τ, the part of an idle page that may be kept."),
            ],
            Worked = [$"τ = {tax.Value:0.##}", $"k = 1/(1-τ) = 1/{1 - tax.Value:0.##} = {tax.IdlePageCost:0.##}"],
        };
    }

    private static NumberDraft Rate(SeedStream draw)
    {
        TaxRate tax = new(draw.OneOf(0.5, 0.6, 0.75, 0.8, 0.9));
        double k = tax.IdlePageCost;
        return new NumberDraft($"An idle page costs {k:0.##} times as much as an active one. What is the tax rate τ, in percent?", tax.Value * 100, 0, "%",
            "τ = 1 - 1/k, the largest fraction of idle pages that may be taken.")
        {
            Tolerance = 0.5,
            Traps =
            [
                new(100 / k, "took the part that is kept", "This is 1/k = 1-τ, the part of the idle pages that a VM may keep."),
                new((k - 1) / (k + 1) * 100, "took k for a ratio of sums", "k compares one idle page with one active page: k = 1/(1-τ)."),
            ],
            Worked = [$"k = 1/(1-τ), so 1-τ = 1/k = 1/{k:0.##} = {1 / k:0.###}", $"τ = 1 - {1 / k:0.###} = {tax.Value:0.##}"],
        };
    }

    private static NumberDraft SharesPerPage(SeedStream draw)
    {
        (Shares shares, PageCount pages, PageCount active, TaxRate tax) = Vm(draw);
        double f = IdleMemoryTax.ActiveFraction(active, pages), k = tax.IdlePageCost;
        double answer = IdleMemoryTax.SharesPerPage(shares, pages, f, tax);
        return new NumberDraft(
            $"A VM has {pages} and {shares}; {f * 100:0} % of its pages are active. The tax rate τ is {tax}. How many shares per page (ρ) does it pay?",
            answer, 2, "shares per page", "ρ = S / (P (f + k (1-f))): the idle part of the VM counts k times.")
        {
            Traps =
            [
                new(IdleMemoryTax.SharesPerPage(shares, pages, f, TaxRate.None), "forgot k", "This is S/P, the price without a tax."),
                new(IdleMemoryTax.SharesPerPage(shares, pages, 1 - f, tax), "taxed the active pages", "f is the active fraction; the tax is on the idle part, 1-f."),
                new(IdleMemoryTax.SharesPerPage(shares, pages, 0, tax), "taxed every page", "This multiplies all pages by k; active pages count once."),
                new(shares.Value / (pages.Value * (f + (tax.Value * (1 - f)))), "used τ for k", "An idle page counts k = 1/(1-τ) times, not τ times."),
            ],
            Worked =
            [
                $"k = 1/(1-τ) = {k:0.##}",
                $"f + k (1-f) = {f:0.##} + {k:0.##} x {1 - f:0.##} = {f + (k * (1 - f)):0.###}",
                $"ρ = {shares.Value} / ({pages.Value} x {f + (k * (1 - f)):0.###}) = {answer:0.00}",
            ],
        };
    }

    private static NumberDraft IdlePrice(SeedStream draw)
    {
        (Shares shares, PageCount pages, PageCount active, TaxRate tax) = Vm(draw);
        double price = IdleMemoryTax.SharesPerPage(shares, pages, active, tax), k = tax.IdlePageCost;
        return new NumberDraft(
            $"A VM with {shares} holds {pages}, of which {active.Value} are active; τ is {tax}. All of its shares are spent on its pages. How many go to one idle page?",
            k * price, 2, "shares", "ρ is one price for the whole VM: an active page costs ρ, an idle one kρ, and the bill comes to all its shares.")
        {
            Traps =
            [
                new(price, "billed as the slide does", "This is ρ, which is what an ACTIVE page costs. The slide bills idle pages at it; at the paper's one price they cost kρ."),
                new(price / k, "made idle pages cheap", "The tax makes an idle page dearer than an active one, not cheaper."),
                new(IdleMemoryTax.SharesPerPage(shares, pages, active, TaxRate.None), "forgot k", "This is S/P: every page alike."),
            ],
            Worked =
            [
                $"k = {k:0.##}, ρ = {shares.Value} / ({active.Value} + {k:0.##} x {pages.Value - active.Value}) = {price:0.00}",
                $"an idle page costs kρ = {k:0.##} x {price:0.00} = {k * price:0.00}",
                $"check: {active.Value} x {price:0.00} + {pages.Value - active.Value} x {k * price:0.00} = {(active.Value * price) + ((pages.Value - active.Value) * k * price):0} = all {shares}",
            ],
        };
    }

    private static NumberDraft SlideBill(SeedStream draw)
    {
        (Shares shares, PageCount pages, PageCount active, TaxRate tax) = Vm(draw);
        double market = IdleMemoryTax.SharesPerPage(shares, pages, 1, TaxRate.None), price = IdleMemoryTax.SharesPerPage(shares, pages, active, tax);
        long idle = pages.Value - active.Value;
        return new NumberDraft(
            $"Bill a VM as the slide “Tax example” does: {shares}, {pages}, {active.Value} of them active, τ = {tax}; the market price of a page is {market:0.##} shares. What is the total?",
            (active.Value * market) + (idle * price), 1, "shares",
            "The slide charges active pages the market price and idle pages ρ. It is not the paper's bill, in which ρ is one price for the whole VM and the sum is always S.")
        {
            Traps =
            [
                new(shares.Value, "billed as the paper does", "At the paper's one price (active ρ, idle kρ) the bill is all its shares; the question asks for the slide's bill."),
                new(pages.Value * price, "billed every page ρ", "The slide charges ρ for the idle pages only."),
                new((idle * market) + (active.Value * price), "swapped active and idle", "Active pages pay the market price on the slide."),
            ],
            Worked =
            [
                $"ρ = {price:0.00}", $"{active.Value} active pages x {market:0.##} = {active.Value * market:0.##}", $"{idle} idle pages x {price:0.00} = {idle * price:F1}",
                $"together {(active.Value * market) + (idle * price):F1} shares",
            ],
        };
    }

    private static NumberDraft FixedPrice(SeedStream draw)
    {
        (Shares shares, PageCount pages, PageCount active, TaxRate tax) = Vm(draw);
        double market = IdleMemoryTax.SharesPerPage(shares, pages, 1, TaxRate.None), f = IdleMemoryTax.ActiveFraction(active, pages);
        List<string> worked = [$"the market price is {market:0.##}; f is worked out anew for each number of pages, since {active.Value} pages stay active"];
        long kept = Keep(held => IdleMemoryTax.SharesPerPage(shares, held, active, tax), worked);
        long heldFixed = Keep(held => IdleMemoryTax.SharesPerPage(shares, held, f, tax), []);
        double slide = Math.Ceiling(((active.Value * market) + ((pages.Value - active.Value) * IdleMemoryTax.SharesPerPage(shares, pages, active, tax)) - 1e-9) / market);
        return new NumberDraft(
            $"A VM with {shares} holds {pages}, {active.Value} of them active; τ is {tax}. The market price stays at {market:0.##} shares per page. A page is taken while the VM's ρ is below it. "
            + "How many whole pages go?",
            pages.Value - kept, 0, "pages", "While ρ is below the market price the VM pays too little, and a page goes. Each page that goes raises ρ twice: P falls, and f rises.")
        {
            Traps =
            [
                new(pages.Value - heldFixed, "held f fixed", "f is a fraction of what the VM holds now; as idle pages go it rises."),
                new(pages.Value - slide, "billed as the slide does", "The slide divides its bill by the market price and rounds up; that bill mixes two prices."),
                new(pages.Value - active.Value, "took all idle pages", "τ below 1 leaves the VM some of its idle pages."),
                new(0, "forgot k", "Without a tax the VM pays exactly the market price, and nothing goes."),
            ],
            Worked = worked,
        };

        long Keep(Func<PageCount, double> price, List<string> steps)
        {
            long held = pages.Value;
            for (; held > 0 && price(new PageCount(held)) < market - 1e-9; held--)
                steps.Add($"{held} pages: ρ = {price(new PageCount(held)):0.00} < {market:0.##}, one goes");
            steps.Add($"{held} pages: ρ = {price(new PageCount(held)):0.00}, enough: {pages.Value - held} went");
            return held;
        }
    }

    // Round numbers, such as the slides use: ten to forty pages, a market price that is whole, some pages active and some idle.
    private static (Shares Shares, PageCount Pages, PageCount Active, TaxRate Tax) Vm(SeedStream draw)
    {
        int pages = 10 * draw.Between(1, 4), price = draw.OneOf(5, 8, 10, 12, 20);
        return (new Shares(pages * price), new PageCount(pages), new PageCount(pages / 10 * draw.Between(2, 6)), new TaxRate(draw.OneOf(0.5, 0.75, 0.8, 0.9)));
    }
}
