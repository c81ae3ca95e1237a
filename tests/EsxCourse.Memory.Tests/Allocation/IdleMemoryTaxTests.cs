using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;

namespace EsxCourse.Memory.Tests.Allocation;

public sealed class IdleMemoryTaxTests
{
    [Fact]
    public void A_tax_of_80_percent_makes_an_idle_page_cost_five_active_ones() => Assert.Equal(5, new TaxRate(0.8).IdlePageCost, 12);

    [Fact]
    public void The_slides_VM_pays_2_63_shares_a_page() =>
        Assert.Equal(100.0 / 38, IdleMemoryTax.SharesPerPage(new Shares(100), new PageCount(10), 0.3, new TaxRate(0.8)), 12);

    [Fact]
    public void Without_a_tax_nine_pages_cost_11_1_shares_each() =>
        Assert.Equal(11.1, IdleMemoryTax.SharesPerPage(new Shares(100), new PageCount(9), 0.3, TaxRate.None), 0.05);

    // A practice set of CS6210 (facts §10): the tax flips the victim.
    [Theory]
    [InlineData(0.8, 6000, 4000, 0.25, 0.375)]
    [InlineData(0.8, 2000, 2000, 0.85, 0.625)]
    [InlineData(0.0, 6000, 4000, 0.25, 1.5)]
    [InlineData(0.0, 2000, 2000, 0.85, 1.0)]
    public void The_practice_set_comes_out(double tax, long shares, long pages, double active, double price) =>
        Assert.Equal(price, IdleMemoryTax.SharesPerPage(new Shares(shares), new PageCount(pages), active, new TaxRate(tax)), 12);

    [Fact]
    public void The_active_fraction_rises_as_pages_go_and_ends_at_one()
    {
        PageCount active = new(3);
        Assert.Equal([0.3, 0.6, 1, 1, 1], new long[] { 10, 5, 3, 2, 0 }.Select(held => IdleMemoryTax.ActiveFraction(active, new PageCount(held))));
    }

    [Fact]
    public void A_client_without_pages_can_lose_none() =>
        Assert.Equal(double.PositiveInfinity, IdleMemoryTax.SharesPerPage(new Shares(1), PageCount.Zero, 1, TaxRate.Default));

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_fraction_outside_0_to_1_is_refused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => IdleMemoryTax.SharesPerPage(new Shares(1), new PageCount(1), fraction, TaxRate.None));

    [Theory]
    [InlineData(4, 25)] // all active
    [InlineData(3, 100.0 / 8)]
    public void Pages_at_a_price_inverts_the_price(long active, double price)
    {
        double pages = IdleMemoryTax.PagesAtPrice(new Shares(100), new PageCount(active), new TaxRate(0.8), price);
        Assert.Equal(4, pages, 12);
        Assert.Equal(price, IdleMemoryTax.SharesPerPage(new Shares(100), new PageCount(4), new PageCount(active), new TaxRate(0.8)), 12);
    }
}
