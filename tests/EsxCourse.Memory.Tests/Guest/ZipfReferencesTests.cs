using EsxCourse.Memory.Guest;

namespace EsxCourse.Memory.Tests.Guest;

public sealed class ZipfReferencesTests
{
    [Fact]
    public void The_page_of_rank_r_is_drawn_r_times_as_rarely_as_the_first()
    {
        const int Count = 200_000;
        int[] references = ZipfReferences.Draw(100, Count, seed: 1);
        int[] byRank = [.. Enumerable.Range(0, 100).Select(page => references.Count(r => r == page)).OrderDescending()];
        Assert.Equal(Count, byRank.Sum());
        double first = Count / Enumerable.Range(1, 100).Sum(rank => 1.0 / rank); // 200,000 / 5.187 = 38,555
        foreach (int rank in new[] { 1, 2, 4, 8 })
            Assert.InRange(byRank[rank - 1], 0.95 * first / rank, 1.05 * first / rank);
    }

    [Fact]
    public void The_same_seed_draws_the_same_references_and_another_one_others()
    {
        Assert.Equal(ZipfReferences.Draw(1_000, 500, seed: 3), ZipfReferences.Draw(1_000, 500, seed: 3));
        Assert.NotEqual(ZipfReferences.Draw(1_000, 500, seed: 3), ZipfReferences.Draw(1_000, 500, seed: 4));
    }

    [Fact]
    public void A_single_page_is_all_there_is_to_draw() => Assert.Equal([0, 0, 0], ZipfReferences.Draw(1, 3, seed: 9));

    [Fact]
    public void No_page_at_all_is_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => ZipfReferences.Draw(0, 3, seed: 9));
}
