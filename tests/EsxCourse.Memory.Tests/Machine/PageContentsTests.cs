using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Tests.Machine;

public sealed class PageContentsTests
{
    private readonly PageContents contents = new();

    private byte[] Bytes(ContentSeed seed)
    {
        byte[] page = new byte[PageCount.PageSizeBytes];
        contents.Expand(seed, page);
        return page;
    }

    [Fact]
    public void Seed_zero_is_the_zero_page() => Assert.All(Bytes(ContentSeed.Zero), b => Assert.Equal(0, b));

    [Fact]
    public void The_same_seed_always_gives_the_same_bytes() =>
        Assert.Equal(Bytes(ContentSeed.Of(1, 2)), Bytes(ContentSeed.Of(1, 2)));

    [Fact]
    public void The_generators_algorithm_is_fixed()
    {
        // SplitMix64 of 0x9E3779B97F4A7C15, its published first output for seed 0.
        Assert.Equal(0xE220A8397B1DCDAF, RandomStream.Mix(0x9E3779B97F4A7C15));
    }

    [Fact]
    public void Different_seeds_give_different_pages()
    {
        HashSet<ulong> firstWords = [.. Enumerable.Range(0, 10_000).Select(i => BitConverter.ToUInt64(Bytes(ContentSeed.Of(7, (ulong)i))))];
        Assert.Equal(10_000, firstWords.Count);
    }

    [Fact]
    public void An_imported_page_keeps_its_bytes()
    {
        byte[] page = new byte[PageCount.PageSizeBytes];
        page[4095] = 1;
        Assert.Equal(page, Bytes(contents.Import(page)));
    }

    [Fact]
    public void An_imported_page_of_zeroes_is_the_zero_page() => Assert.True(contents.Import(new byte[PageCount.PageSizeBytes]).IsZero);

    [Fact]
    public void Half_a_page_is_refused() => Assert.Throws<ArgumentException>(() => contents.Import(new byte[2048]));
}
