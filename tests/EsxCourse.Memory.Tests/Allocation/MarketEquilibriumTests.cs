using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;

namespace EsxCourse.Memory.Tests.Allocation;

public sealed class MarketEquilibriumTests
{
    private static MemoryClient Client(long shares, long held, long active, long min, long max) =>
        new(new Shares(shares), new PageCount(held), new PageCount(active), new PageCount(min), new PageCount(max));

    // Facts §5: with a VM below its active memory the short form would say 36.25 / 163.75.
    private static readonly MemoryClient[] OneBelowItsActiveMemory = [Client(100, 100, 20, 0, 200), Client(100, 100, 190, 0, 200)];

    [Fact]
    public void A_VM_below_its_active_memory_settles_at_52_and_148()
    {
        MarketEquilibrium market = MarketEquilibrium.Solve(OneBelowItsActiveMemory, new PageCount(200), new TaxRate(0.75));
        Assert.Equal(52, market.Pages[0], 9);
        Assert.Equal(148, market.Pages[1], 9);
    }

    [Fact]
    public void Page_by_page_it_settles_there_too() =>
        Assert.Equal([new PageCount(52), new PageCount(148)], MinFundingRevocation.Settle(OneBelowItsActiveMemory, new TaxRate(0.75)));

    [Fact]
    public void With_all_above_their_active_memory_the_short_form_holds()
    {
        // τ A + (S/ΣS)(M - τ ΣA) with A = 10, 40; S = 100, 300; M = 200; τ = .75: 7.5 + 40.625, 30 + 121.875.
        MarketEquilibrium market = MarketEquilibrium.Solve([Client(100, 0, 10, 0, 200), Client(300, 0, 40, 0, 200)], new PageCount(200), TaxRate.Default);
        Assert.Equal(48.125, market.Pages[0], 9);
        Assert.Equal(151.875, market.Pages[1], 9);
    }

    [Fact]
    public void A_min_above_the_market_holds_and_the_others_share_the_rest()
    {
        MarketEquilibrium market = MarketEquilibrium.Solve([Client(1, 0, 0, 60, 100), Client(100, 0, 0, 0, 100), Client(100, 0, 0, 0, 100)], new PageCount(100), TaxRate.None);
        Assert.Equal([60, 20, 20], market.Pages.Select(p => Math.Round(p, 9)));
    }

    [Fact]
    public void Without_overcommitment_everyone_has_its_max() =>
        Assert.Equal([new PageCount(30), new PageCount(50)], MemoryTargets.Compute([Client(1, 0, 0, 0, 30), Client(0, 0, 0, 0, 50)], new PageCount(100), TaxRate.Default));

    [Fact]
    public void Minimums_that_do_not_fit_are_refused() =>
        Assert.Throws<ArgumentException>(() => MarketEquilibrium.Solve([Client(1, 0, 0, 60, 100), Client(1, 0, 0, 60, 100)], new PageCount(100), TaxRate.Default));

    [Fact]
    public void Pages_that_only_clients_without_shares_want_go_to_them() =>
        Assert.Equal([new PageCount(30), new PageCount(40)], MemoryTargets.Compute([Client(10, 0, 0, 0, 30), Client(0, 0, 0, 0, 50)], new PageCount(70), TaxRate.Default));

    [Fact]
    public void A_thousand_random_markets_settle_within_one_page_of_the_equilibrium()
    {
        int below = 0, markets = 0, beyondOne = 0;
        Gen.Select(Gen.Int[2, 50], Gen.Double[0, 0.95], Gen.ULong, (n, tax, seed) => (n, tax, seed)).Sample(
            sample =>
            {
                (MemoryClient[] clients, PageCount total) = RandomMarket(sample.n, sample.seed);
                TaxRate tax = new(sample.tax);
                MarketEquilibrium market = MarketEquilibrium.Solve(clients, total, tax);
                Interlocked.Increment(ref markets);
                if (market.Pages.Where((p, i) => p < clients[i].Active.Value).Any())
                    Interlocked.Increment(ref below);
                Assert.Equal(total.Value, market.Pages.Sum(), 0.001);
                // One price: whoever is neither at min nor at max pays it.
                for (int i = 0; i < clients.Length; i++)
                    if (market.Pages[i] > clients[i].Min.Value && market.Pages[i] < clients[i].Max.Value)
                        Assert.Equal(market.Pages[i], IdleMemoryTax.PagesAtPrice(clients[i].Shares, clients[i].Active, tax, market.Price), 6);
                    else
                        Assert.True(market.Pages[i] == clients[i].Min.Value || market.Pages[i] == clients[i].Max.Value);
                Assert.True(FarthestFromEquilibrium(market, MemoryTargets.Compute(clients, total, tax), total) <= 1 + 1e-6);
                // Page by page, rounding each VM on its own, a VM with most of the memory that can move may gather the roundings of
                // all others (apportionment's "quota" problem): about once in ten thousand markets, and then by a fraction of a page.
                double farthest = FarthestFromEquilibrium(market, MinFundingRevocation.Settle(clients, tax), total);
                Assert.True(farthest <= 2, $"{farthest} pages from the equilibrium");
                if (farthest > 1 + 1e-6)
                    Interlocked.Increment(ref beyondOne);
            },
            iter: 1000, threads: 1);
        Assert.True(markets >= 1000, $"{markets} markets");
        Assert.True(below >= markets / 3, $"{below} of {markets} have a VM below its active memory");
        Assert.True(beyondOne <= 2, $"{beyondOne} of {markets} settle more than a page away");
    }

    private static double FarthestFromEquilibrium(MarketEquilibrium market, PageCount[] settled, PageCount total)
    {
        Assert.Equal(total.Value, settled.Sum(p => p.Value));
        return settled.Select((held, i) => Math.Abs(held.Value - market.Pages[i])).Max();
    }

    // Overcommitted hosts: sizes of 50 to 400 pages, mins below half of them, shares within a factor of twenty.
    private static (MemoryClient[] Clients, PageCount Total) RandomMarket(int n, ulong seed)
    {
        Random random = new((int)(seed % int.MaxValue));
        (long Max, long Min, long Active, long Shares)[] vms = [.. Enumerable.Range(0, n).Select(_ =>
        {
            long max = random.Next(50, 401);
            return (max, (long)random.Next(0, (int)max / 2 + 1), (long)random.Next(0, (int)max + 1), (long)random.Next(100, 2001));
        })];
        long total = random.NextInt64(vms.Sum(v => v.Min) + n, vms.Sum(v => v.Max));
        // They start as a boot leaves them: everyone its min, the rest to the first ones.
        long left = total - vms.Sum(v => v.Min);
        return ([.. vms.Select(v =>
        {
            long more = Math.Min(left, v.Max - v.Min);
            left -= more;
            return Client(v.Shares, v.Min + more, v.Active, v.Min, v.Max);
        })], new PageCount(total));
    }
}
