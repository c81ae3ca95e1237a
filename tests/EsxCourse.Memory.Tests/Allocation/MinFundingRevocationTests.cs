using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;

namespace EsxCourse.Memory.Tests.Allocation;

public sealed class MinFundingRevocationTests
{
    private static readonly TaxRate Tax = new(0.8);

    private static MemoryClient Client(long shares, long held, long active, long min = 0, long max = 1000) =>
        new(new Shares(shares), new PageCount(held), new PageCount(active), new PageCount(min), new PageCount(max));

    [Fact]
    public void The_tax_flips_the_victim()
    {
        MemoryClient[] clients = [Client(6000, 4000, 1000, max: 4000), Client(2000, 2000, 1700, max: 2000)];
        Assert.Equal(0, MinFundingRevocation.Victim(clients, Tax));
        Assert.Equal(1, MinFundingRevocation.Victim(clients, TaxRate.None));
    }

    [Fact]
    public void Nobody_is_robbed_below_its_min()
    {
        MemoryClient[] clients = [Client(100, 10, 3, min: 8), Client(100, 10, 20)];
        Assert.Equal(2, MinFundingRevocation.Satisfy(clients, 1, new PageCount(10), Tax).Count());
        Assert.Null(MinFundingRevocation.Victim([Client(1, 5, 0, min: 5)], Tax));
    }

    [Fact]
    public void Nobody_is_given_more_than_its_max() =>
        Assert.Equal(2, MinFundingRevocation.Satisfy([Client(100, 10, 3), Client(100, 10, 20, max: 12)], 1, new PageCount(10), Tax).Count());

    [Fact]
    public void A_requester_gets_no_more_than_it_wants() =>
        Assert.Single(MinFundingRevocation.Satisfy([Client(100, 10, 3), Client(100, 10, 20)], 1, new PageCount(1), Tax));

    [Fact]
    public void Free_memory_above_high_is_handed_out_before_anyone_is_robbed()
    {
        MemoryClient[] clients = [Client(100, 10, 3), Client(100, 10, 20)];
        Assert.Empty(MinFundingRevocation.Satisfy(clients, 1, new PageCount(3), Tax, freeAboveHigh: new PageCount(3)));
        Assert.Equal(2, MinFundingRevocation.Satisfy(clients, 1, new PageCount(5), Tax, freeAboveHigh: new PageCount(3)).Count());
    }

    [Fact]
    public void An_unknown_requester_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MinFundingRevocation.Satisfy([Client(1, 1, 1)], 1, new PageCount(1), Tax));
}
