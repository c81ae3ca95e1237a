using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Coloring;

namespace EsxCourse.Memory.Tests.Coloring;

public sealed class SetAssociativeCacheTests
{
    [Fact]
    public void The_third_page_of_a_color_evicts_the_oldest_of_two_ways()
    {
        // 16 KiB, 2 ways: 2 colours. Pages 0, 2 and 4 have colour 0.
        SetAssociativeCache cache = new(new CacheGeometry(16 << 10, 2));
        int[] misses = [.. new[] { 0, 2, 0, 4, 0, 2 }.Select(page => cache.AccessPage(new Mpn(page)))];
        Assert.Equal([64, 64, 0, 64, 0, 64], misses);
    }

    [Fact]
    public void Counts_start_anew_and_contents_stay()
    {
        SetAssociativeCache cache = new(new CacheGeometry(16 << 10, 2));
        cache.AccessPage(new Mpn(1));
        cache.ResetCounts();
        Assert.Equal((0, 64L, 0L), (cache.AccessPage(new Mpn(1)), cache.Accesses, cache.Misses));
    }

    [Fact]
    public void Any_trace_misses_as_often_as_a_list_of_recent_lines_for_each_set()
    {
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 3], Gen.Int[0, 2], Gen.Int[0, 600].Array[1, 400]).Sample(
            (setBits, wayBits, sliceBits, lines) =>
            {
                CacheGeometry shape = new(64L << setBits << wayBits << sliceBits, 1 << wayBits, 64, 1 << sliceBits);
                SetAssociativeCache cache = new(shape);
                Dictionary<int, List<long>> model = [];
                foreach (int line in lines)
                {
                    int set = shape.SetOf(line);
                    Assert.InRange(set, 0, shape.Sets - 1);
                    List<long> recent = model.TryGetValue(set, out List<long>? known) ? known : model[set] = [];
                    bool hit = recent.Remove(line);
                    recent.Insert(0, line);
                    if (recent.Count > shape.Ways)
                        recent.RemoveAt(shape.Ways);
                    Assert.Equal(hit, cache.Access(line));
                }
            },
            iter: 1_000,
            threads: 1);
    }

    // So many sets that the packed form is taken; lines from all over the largest machine, of which many meet in two sets.
    [Fact]
    public void Packed_sets_of_8_and_16_ways_hit_and_miss_as_a_list_of_recent_lines_does()
    {
        Gen<long> line = Gen.Select(Gen.Long[0, 1], Gen.Long[0, 24], Gen.Bool, (set, tag, high) => set + 64 * (high ? (1L << 29) - 1 - tag : tag));
        Gen.Select(Gen.Int[3, 4], Gen.Int[0, 2], line.Array[1, 400]).Sample(
            (wayBits, sliceBits, lines) =>
            {
                CacheGeometry shape = new(64L << 6 << wayBits << sliceBits, 1 << wayBits, 64, 1 << sliceBits);
                Assert.NotNull(PackedCacheSets.For(shape, 1L << 35));
                SetAssociativeCache cache = new(shape);
                Dictionary<int, List<long>> model = [];
                foreach (long line in lines)
                {
                    int set = shape.SetOf(line);
                    List<long> recent = model.TryGetValue(set, out List<long>? known) ? known : model[set] = [];
                    bool hit = recent.Remove(line);
                    recent.Insert(0, line);
                    if (recent.Count > shape.Ways)
                        recent.RemoveAt(shape.Ways);
                    Assert.Equal(hit, cache.Access(line));
                }
            },
            iter: 1_000,
            threads: 1);
    }

    [Fact]
    public void A_line_beyond_the_largest_machine_is_refused()
    {
        SetAssociativeCache cache = new(new CacheGeometry(1 << 20, 16));
        Assert.False(cache.Access((1L << 35) - 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Access(1L << 35));
        Assert.Throws<ArgumentOutOfRangeException>(() => cache.Access(-1));
        Assert.Equal(1, cache.Accesses);
    }

    [Fact]
    public void A_first_access_is_compulsory() => Assert.Equal(new MissCounts(1, 1, 0, 0), Run(0));

    [Fact]
    public void A_loop_larger_than_the_cache_misses_for_capacity() =>
        // 1 KiB, fully used by 16 lines in one set of 16 ways; a loop over 17 lines always misses.
        Assert.Equal(new MissCounts(34, 17, 17, 0), Run([.. Enumerable.Range(0, 34).Select(i => i % 17)]));

    [Fact]
    public void Two_pages_that_meet_in_a_direct_mapped_set_miss_for_conflict()
    {
        MissClassifier cache = new(new CacheGeometry(8 << 10, 1));
        foreach (int page in new[] { 0, 2, 0, 2 })
            cache.Access(new Mpn(page), 0);
        Assert.Equal(new MissCounts(4, 2, 0, 2), cache.Counts);
    }

    private static MissCounts Run(params int[] lines)
    {
        MissClassifier cache = new(new CacheGeometry(1 << 10, 16));
        foreach (int line in lines)
            cache.Access(new Mpn(line / 64), line % 64);
        return cache.Counts;
    }
}
