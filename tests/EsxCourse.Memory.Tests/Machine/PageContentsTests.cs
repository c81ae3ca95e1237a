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

    [Fact]
    public void A_page_of_an_image_is_read_where_it_lies()
    {
        byte[] image = new byte[3 * PageCount.PageSizeBytes];
        image[PageCount.PageSizeBytes] = 7;
        contents.Import([.. Enumerable.Repeat((byte)1, PageCount.PageSizeBytes)]);
        ContentSeed first = contents.ImportImage(image), second = contents.PageOfImage(first, 1);
        Assert.True(contents.Read(second, []).Overlaps(image, out int at));
        Assert.Equal((-PageCount.PageSizeBytes, 7), (at, Bytes(second)[0]));
        Assert.Equal((true, false, true), (contents.IsZero(first), contents.IsZero(second), contents.IsZero(contents.PageOfImage(first, 2))));
    }

    [Fact]
    public void An_image_ends_with_a_whole_page_and_has_no_more_than_its_own()
    {
        Assert.Throws<ArgumentException>(() => contents.ImportImage(new byte[PageCount.PageSizeBytes + 1]));
        ContentSeed first = contents.ImportImage(new byte[PageCount.PageSizeBytes]);
        Assert.Throws<ArgumentOutOfRangeException>(() => contents.PageOfImage(first, 1));
    }
}
