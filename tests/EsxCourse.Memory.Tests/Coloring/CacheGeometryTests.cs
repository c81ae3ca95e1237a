using EsxCourse.Contracts;
using EsxCourse.Memory.Coloring;

namespace EsxCourse.Memory.Tests.Coloring;

public sealed class CacheGeometryTests
{
    // The Pentium III Xeon of the paper's time: 512 KiB, 4 ways, 32-byte lines: 4,096 sets, 128 lines a page, 32 colours.
    private static readonly CacheGeometry Xeon = new(512 << 10, 4, 32);

    // A last-level cache of 8 MiB, 16 ways, 64-byte lines: 8,192 sets, 64 lines a page, 128 colours; with 4 slices 32.
    private static readonly CacheGeometry Sliced = new(8 << 20, 16, 64, 4);

    [Fact]
    public void A_512_KiB_cache_of_4_ways_has_32_colors() => Assert.Equal((4096, 32), (Xeon.Sets, Xeon.Colors));

    [Fact]
    public void Pages_32_apart_have_one_color() => Assert.Equal(Xeon.ColorOf(new Mpn(5)), Xeon.ColorOf(new Mpn(37)));

    [Fact]
    public void Neighbouring_pages_differ_in_color() => Assert.NotEqual(Xeon.ColorOf(new Mpn(5)), Xeon.ColorOf(new Mpn(6)));

    [Fact]
    public void Pages_of_one_color_use_the_same_sets() => Assert.Equal(SetsOf(Xeon, 5), SetsOf(Xeon, 37));

    [Fact]
    public void Pages_of_different_colors_share_no_set() => Assert.Empty(SetsOf(Xeon, 5).Intersect(SetsOf(Xeon, 6)));

    [Fact]
    public void A_2_MB_page_has_no_color_to_choose() => Assert.Equal(1, new CacheGeometry(8 << 20, 16).ColorsFor(512));

    [Fact]
    public void Slices_leave_a_quarter_of_the_colors() => Assert.Equal((128, 32), (Sliced.Colors, Sliced.ColorsInHardware));

    [Fact]
    public void With_hashed_slices_some_pages_of_other_supposed_colors_use_the_same_sets() =>
        // Multiples of 32 have page 0's index within a slice; those that are no multiple of 128 are supposed to be of another colour.
        Assert.Contains(Enumerable.Range(1, 4096).Where(mpn => mpn % 32 == 0 && mpn % 128 != 0), mpn => SetsOf(Sliced, mpn).SequenceEqual(SetsOf(Sliced, 0)));

    [Fact]
    public void Slices_are_used_evenly()
    {
        int[] lines = new int[4];
        for (int line = 0; line < 1 << 16; line++)
            lines[Sliced.SetOf(line) / (Sliced.Sets / 4)]++;
        Assert.All(lines, n => Assert.InRange(n, (1 << 14) - 500, (1 << 14) + 500));
    }

    [Fact]
    public void A_small_cache_has_one_color() => Assert.Equal(1, new CacheGeometry(16 << 10, 8).Colors);

    [Theory]
    [InlineData(3000, 4, 64, 1)]
    [InlineData(4096, 0, 64, 1)]
    [InlineData(4096, 4, 8192, 1)]
    [InlineData(1 << 20, 4, 64, 16)]
    [InlineData(64, 4, 64, 1)]
    public void Shapes_that_no_cache_has_are_refused(long size, int ways, int line, int slices) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CacheGeometry(size, ways, line, slices));

    private static int[] SetsOf(CacheGeometry cache, int mpn) =>
        [.. Enumerable.Range(0, cache.LinesPerPage).Select(line => cache.SetOf((long)mpn * cache.LinesPerPage + line)).Order()];
}
