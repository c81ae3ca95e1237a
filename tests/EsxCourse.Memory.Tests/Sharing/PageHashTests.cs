using EsxCourse.Memory.Sharing;

namespace EsxCourse.Memory.Tests.Sharing;

public sealed class PageHashTests
{
    private static byte[] Page(byte first)
    {
        byte[] page = new byte[4096];
        page[0] = first;
        return page;
    }

    [Fact]
    public void Equal_pages_have_equal_hashes() => Assert.Equal(PageHashes.XxHash3(Page(7)), PageHashes.XxHash3(Page(7)));

    [Fact]
    public void One_byte_changes_the_hash() => Assert.NotEqual(PageHashes.XxHash3(Page(7)), PageHashes.XxHash3(Page(8)));

    [Fact]
    public void An_8_bit_hash_has_at_most_256_values_in_its_upper_byte()
    {
        PageHash weak = PageHashes.Truncated(8);
        ulong[] values = [.. Enumerable.Range(0, 2000).Select(i => weak(BitConverter.GetBytes(i))).Distinct()];
        Assert.Equal(256, values.Length);
        Assert.All(values, v => Assert.Equal(0UL, v & 0x00FF_FFFF_FFFF_FFFF));
    }

    [Fact]
    public void A_hash_of_no_bits_is_zero() => Assert.Equal(0UL, PageHashes.Truncated(0)(Page(9)));

    [Fact]
    public void Salt_zero_leaves_the_hash() => Assert.Equal(42UL, PageHashes.Salted(42, 0));

    [Fact]
    public void Two_salts_give_two_hashes() => Assert.NotEqual(PageHashes.Salted(42, 1), PageHashes.Salted(42, 2));

    [Fact]
    public void A_salt_keeps_different_pages_apart()
    {
        ulong[] salted = [.. Enumerable.Range(0, 10_000).Select(i => PageHashes.Salted((ulong)i, 99)).Distinct()];
        Assert.Equal(10_000, salted.Length);
    }
}
