using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Allocation;

namespace EsxCourse.Exercises.Tax;

// Every check holds numbers worked by hand (the paper's and the slides') as well as the library's own answers on fresh inputs, so that
// neither a mistake in the library nor an answer learned by heart can pass.

/// <summary>ρ of random VMs, and of the odd ones: empty, without shares, a working set that does not fit, one that grows.</summary>
public sealed class PriceOfAnyVm : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "Which pages are active: all if the working set grows, else A, but never more than it holds. And what does a VM without pages pay for each?";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        run.Near(double.PositiveInfinity, student.SharesPerPage(Market.Vm(100, 0, 0), 75), "ρ of a VM without pages");
        run.Near(0, student.SharesPerPage(Market.Vm(0, 10, 5), 75), "ρ of a VM without shares");
        run.Near(5, student.SharesPerPage(Market.Vm(100, 20, 30), 80), "ρ of a VM with 100 shares and 20 pages whose working set is 30 pages");
        run.Near(5, student.SharesPerPage(Market.Vm(100, 20, 0) with { Grows = true }, 80), "ρ of a VM with 100 shares and 20 pages, all active because it grows");
        run.Near(1, student.SharesPerPage(Market.Vm(100, 20, 0), 80), "ρ of a VM with 100 shares and 20 pages, all idle, τ = 80 %");
        for (int i = 0; i < 20; i++)
        {
            TaxedVm vm = Market.Random(run.Inputs);
            int percent = run.Inputs.Whole(0, 95);
            run.Step($"{Market.Describe(vm)}, τ = {percent} %");
            run.Near(Market.Price(vm, percent), student.SharesPerPage(vm, percent), "ρ");
        }
    }
}

/// <summary>Active pages cost ρ, idle ones kρ, and the bill comes to all the shares.</summary>
public sealed class TheWholeBill : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "ρ is one price for the whole VM; at it an active page costs ρ and an idle one kρ. Add your two numbers: do they come to its shares? The slide's bill does not.";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        // By hand: 3 x 100/38 = 7.89 for active pages, 7 x 5 x 100/38 = 92.11 for idle ones.
        Bill bill = student.BillOf(Market.Vm(100, 10, 3), 80);
        run.Step("the slides' VM, τ = 80 %");
        run.Near(300.0 / 38, bill.Active, "the bill for active pages");
        run.Near(3500.0 / 38, bill.Idle, "the bill for idle pages");
        run.Step("a VM without pages");
        run.Equal(new Bill(0, 0), student.BillOf(Market.Vm(100, 0, 3), 80), "the bill");
        for (int i = 0; i < 10; i++)
        {
            TaxedVm vm = Market.Random(run.Inputs);
            int percent = run.Inputs.Whole(0, 95);
            run.Step($"{Market.Describe(vm)}, τ = {percent} %");
            bill = student.BillOf(vm, percent);
            double price = Market.Price(vm, percent);
            long active = vm.Grows ? vm.Pages.Value : Math.Min(vm.Active.Value, vm.Pages.Value);
            run.Near(price * active, bill.Active, "the bill for active pages");
            run.Near(vm.Shares.Value, bill.Active + bill.Idle, "the whole bill");
        }
    }
}

/// <summary>Who loses the next page: the lowest ρ above min, the first on a tie; a tax can flip it.</summary>
public sealed class TheNextVictim : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "Min-funding revocation takes from the lowest ρ, skips whoever is at its min, and on a tie takes the first in the list.";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        // A practice set of another course: 0.375 against 0.625 taxed, 1.5 against 1.0 untaxed, so the victim flips.
        TaxedVm[] pair = [Market.Vm(6000, 4000, 1000), Market.Vm(2000, 2000, 1700)];
        run.Step("S = 6000, P = 4000, A = 1000 against S = 2000, P = 2000, A = 1700");
        run.Near(0.375, student.SharesPerPage(pair[0], 80), "ρ of the first at τ = 80 %");
        run.Near(0.625, student.SharesPerPage(pair[1], 80), "ρ of the second at τ = 80 %");
        run.Equal(new VmId(0), student.NextVictim(pair, 80), "the victim at τ = 80 %");
        run.Equal(new VmId(1), student.NextVictim(pair, 0), "the victim without a tax");
        run.Step("three VMs that are alike");
        TaxedVm alike = Market.Vm(100, 10, 5);
        run.Equal(new VmId(0), student.NextVictim([alike, alike, alike], 75), "the victim");
        run.Step("the same, the first at its min");
        run.Equal(new VmId(1), student.NextVictim([alike with { Min = alike.Pages }, alike, alike], 75), "the victim");
        run.Step("everybody at min or empty");
        run.Equal(null, student.NextVictim([alike with { Min = alike.Pages }, Market.Vm(10, 0, 0)], 75), "the victim");
        for (int i = 0; i < 10; i++)
        {
            (TaxedVm[] vms, int percent, _) = Market.Draw(run.Inputs);
            run.Step($"{string.Join("; ", vms.Select(Market.Describe))}; τ = {percent} %");
            VmId? expected = MinFundingRevocation.Victim([.. vms.Select(Market.Client)], new TaxRate(percent / 100.0)) is int victim ? new VmId(victim) : null;
            run.Equal(expected, student.NextVictim(vms, percent), "the victim");
        }
    }
}

/// <summary>The lecture's second VM asks for pages, and all prices are worked out anew after each one.</summary>
public sealed class PageByPage : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "A stays while P shrinks, so f = A/P rises with every page taken. Whoever holds f fixed takes too many. At equal price nothing is taken.";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        TaxedVm hoarder = Market.Vm(100, 10, 3);
        double[] prices = [100.0 / 38, 100.0 / 33, 100.0 / 28, 100.0 / 23, 100.0 / 18];   // By hand: 100/(3 + 5 (P-3)) for P = 10 .. 6.

        run.Step("the slides' VM against one that grows, τ = 80 %");
        run.SameSequence(Taken(prices), student.Revoke([hoarder, Market.Vm(100, 10, 10) with { Grows = true }], new VmId(1), new PageCount(20), default, 80), "page", Same);

        run.Step("the slides' VM against one that has 10 active pages, τ = 80 %");
        run.SameSequence(Taken(prices[..3]), student.Revoke([hoarder, Market.Vm(100, 10, 10)], new VmId(1), new PageCount(20), default, 80), "page", Same);

        run.Step("two VMs that pay the same");
        run.Equal(0, student.Revoke([Market.Vm(100, 10, 10), Market.Vm(100, 10, 10)], new VmId(1), new PageCount(5), default, 75).Count, "the number of pages taken");

        run.Step("two hoarders that are alike, and one who asks for two pages");
        Revocation first = new(new VmId(0), prices[0]), second = new(new VmId(1), prices[0]);
        run.SameSequence([first, second], student.Revoke([hoarder, hoarder, Market.Vm(100, 1, 1)], new VmId(2), new PageCount(2), default, 80), "page", Same);
    }

    internal static bool Same(Revocation expected, Revocation actual) =>
        expected.From == actual.From && Math.Abs(expected.SharesPerPage - actual.SharesPerPage) <= 1e-6 * Math.Max(1, expected.SharesPerPage);

    private static Revocation[] Taken(double[] prices) => [.. prices.Select(p => new Revocation(new VmId(0), p))];
}

/// <summary>Without demand, or while memory is free above "high", nobody loses a page.</summary>
public sealed class WhenNothingIsTaken : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "Idle memory is taken only when someone needs it: first comes what is free above the threshold 'high'. Pages handed out so change what the requester pays, too.";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        TaxedVm[] vms = [Market.Vm(100, 10, 3), Market.Vm(100, 10, 10) with { Grows = true }];
        int wanted = run.Inputs.Whole(1, 8);
        run.Step("nobody wants a page");
        run.Equal(0, student.Revoke(vms, new VmId(1), default, default, 80).Count, "the number of pages taken");
        run.Step($"{wanted} pages wanted, {wanted + 5} free above high");
        run.Equal(0, student.Revoke(vms, new VmId(1), new PageCount(wanted), new PageCount(wanted + 5), 80).Count, "the number of pages taken");

        // By hand: two free pages make it 10/12. Then ρ1 = 2.63, 3.03, 3.57, 4.35, 5.56 against ρ2 = 8.33, 7.69, 7.14, 6.67, 6.25; at 5/17 7.69 > 5.88.
        run.Step("20 pages wanted, 2 free above high");
        run.Equal(5, student.Revoke(vms, new VmId(1), new PageCount(20), new PageCount(2), 80).Count, "the number of pages taken");
        run.Step("4 pages wanted, 2 free above high");
        run.Equal(2, student.Revoke(vms, new VmId(1), new PageCount(4), new PageCount(2), 80).Count, "the number of pages taken");
    }
}

/// <summary>Nobody falls below its guaranteed pages; then the next poorest pays.</summary>
public sealed class MinIsGuaranteed : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "min is a guarantee, whatever ρ says. When the poorest VM is at its min, look at the next poorest.";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        int min = run.Inputs.Whole(6, 9);
        TaxedVm hoarder = Market.Vm(100, 10, 3) with { Min = new PageCount(min) };
        TaxedVm asking = Market.Vm(100, 2, 2) with { Grows = true };
        run.Step($"the slides' VM with min = {min}");
        run.Equal(10 - min, student.Revoke([hoarder, asking], new VmId(1), new PageCount(9), default, 80).Count, "the number of pages taken");

        run.Step($"the same, and a VM that pays more but less than the one who asks");
        IReadOnlyList<Revocation> taken = student.Revoke([hoarder, Market.Vm(100, 12, 12), asking], new VmId(2), new PageCount(10 - min + 2), default, 80);
        VmId[] expected = [.. Enumerable.Repeat(new VmId(0), 10 - min), new VmId(1), new VmId(1)];
        run.SameSequence(expected, [.. taken.Select(t => t.From)], "the VM that loses page");
    }
}

/// <summary>Random markets, page by page, against the library.</summary>
public sealed class AnyMarket : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "Step through the market that is shown: write down P, f and ρ of every VM before each page, and see who pays least.";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        for (int i = 0; i < 15; i++)
        {
            (TaxedVm[] vms, int percent, int requester) = Market.Draw(run.Inputs);
            int wanted = run.Inputs.Whole(0, 30), free = run.Inputs.Pick(0, 0, 3);
            IReadOnlyList<Revocation>? expected = Market.Play(vms, requester, wanted, free, percent);
            if (expected is null)
                continue;
            run.Step($"{string.Join("; ", vms.Select(Market.Describe))}; {new VmId(requester)} wants {wanted}, {free} free above high, τ = {percent} %");
            run.SameSequence(expected, student.Revoke(vms, new VmId(requester), new PageCount(wanted), new PageCount(free), percent), "page", PageByPage.Same);
        }
    }
}
