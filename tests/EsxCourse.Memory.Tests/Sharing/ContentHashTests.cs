using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Sharing;

namespace EsxCourse.Memory.Tests.Sharing;

public sealed class ContentHashTests
{
    private static byte[] Expanded(ContentSeed seed)
    {
        byte[] page = new byte[PageCount.PageSizeBytes];
        new PageContents().Expand(seed, page);
        return page;
    }

    [Fact]
    public void The_hash_of_a_seed_is_the_hash_of_the_page_that_it_expands_to()
    {
        RandomStream random = new(1, "seeds");
        Assert.All(
            Enumerable.Range(0, 1000).Select(i => new ContentSeed(i == 0 ? 0 : i < 10 ? (ulong)i : random.NextBits() & ~ContentSeed.ImportedBit)),
            seed => Assert.Equal(ContentHash.Of(seed), ContentHash.OfBytes(Expanded(seed))));
    }

    [Fact]
    public void A_page_that_no_seed_expands_to_is_hashed_as_any_bytes_are()
    {
        foreach (int at in (int[])[0, 7, 8, 100, 4095])
        {
            byte[] page = Expanded(ContentSeed.Of(1, 2));
            page[at] ^= 1;
            Assert.Equal(PageHashes.XxHash3(page), ContentHash.OfBytes(page));
        }
    }

    [Fact]
    public void Unmixing_undoes_mixing()
    {
        RandomStream random = new(2, "bits");
        for (int i = 0; i < 1000; i++)
        {
            ulong bits = random.NextBits();
            Assert.Equal(bits, RandomStream.Unmix(RandomStream.Mix(bits)));
        }
    }
}
