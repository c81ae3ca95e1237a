using EsxCourse.Memory.Coloring;

namespace EsxCourse.Memory.Tests.Coloring;

public sealed class ColoringComparisonTests
{
    // 512 KiB, 4 ways, 32-byte lines: 32 colours, 128 pages.
    private static readonly CacheGeometry Xeon = new(512 << 10, 4, 32);

    [Fact]
    public void A_working_set_as_large_as_the_cache_has_no_conflict_misses_when_colors_are_preserved() =>
        // 128 pages of 128 lines: each line misses once and never again.
        Assert.Equal(new MissCounts(Accesses: 10 * 128 * 128, Compulsory: 128 * 128, Capacity: 0, Conflict: 0),
            ColoringComparison.Conflicts(Xeon, ColorPolicy.Preserve, workingSet: 128, rounds: 10, seed: 1));

    // The table of conflict misses. By hand: of n pages thrown into 32 colours, a page conflicts when at least 4 of the other n - 1 fall into
    // its colour, for LRU then misses all of that set in every round: P(Binomial(n - 1, 1/32) >= 4).
    [Theory]
    [InlineData(32, 0.015)]
    [InlineData(64, 0.134)]
    [InlineData(96, 0.346)]
    [InlineData(128, 0.563)]
    public void With_random_colors_pages_conflict_as_balls_in_bins_do_and_with_preserved_ones_never(int pages, double byHand)
    {
        double accesses = 9.0 * pages * 128; // The first of ten rounds is compulsory.
        double random = Enumerable.Range(1, 20).Average(seed => ColoringComparison.Conflicts(Xeon, ColorPolicy.Random, pages, 10, (ulong)seed).Conflict / accesses);
        Assert.InRange(random, byHand - 0.05, byHand + 0.05);
        Assert.Equal(0, ColoringComparison.Conflicts(Xeon, ColorPolicy.Preserve, pages, 10, 1).Conflict);
    }

    [Fact]
    public void A_victim_alone_in_its_half_of_the_cache_hits_always() => Assert.Equal(0, ColoringComparison.Isolation(Xeon, 64, 10).Alone);

    [Fact]
    public void A_streaming_neighbour_evicts_everything_of_an_unprotected_victim()
    {
        IsolationResult result = ColoringComparison.Isolation(Xeon, 64, 10);
        Assert.Equal(result.Accesses, result.BesideStream);
    }

    [Fact]
    public void A_partitioned_victim_is_unharmed_by_the_same_neighbour() => Assert.Equal(0, ColoringComparison.Isolation(Xeon, 64, 10).Partitioned);

    [Fact]
    public void A_victim_larger_than_its_part_misses_for_it_although_the_cache_would_hold_it()
    {
        // 96 pages in a half of 64: the partition's price.
        IsolationResult result = ColoringComparison.Isolation(Xeon, 96, 10);
        Assert.True(result.Alone == 0 && result.Partitioned > 0, $"{result}");
    }

    [Fact]
    public void On_a_cache_with_hashed_slices_a_partition_of_supposed_colors_protects_nobody()
    {
        // 8 MiB, 16 ways: supposedly 128 colours, halved by a bit that the hash has taken away.
        IsolationResult plain = ColoringComparison.Isolation(new CacheGeometry(8 << 20, 16), 512, 3);
        IsolationResult hashed = ColoringComparison.Isolation(new CacheGeometry(8 << 20, 16, 64, slices: 8), 512, 3);
        Assert.Equal(0, plain.Partitioned);
        Assert.True(hashed.Partitioned > hashed.Accesses / 4, $"{hashed}");
    }
}
