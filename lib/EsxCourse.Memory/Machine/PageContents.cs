using System.Buffers.Binary;
using System.Runtime.InteropServices;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Machine;

// From seeds to bytes. A page either has real bytes, imported and kept here, or a seed that expands to them; whoever reads a page
// through Read cannot tell the difference.
//
//   generated   0 | seed (63)                     the SplitMix64 sequence that starts at the seed; its first eight bytes are a
//                                                 bijection of the seed, hence different seeds give different pages
//   imported    1 | page (31) | image (32)        page number of an image, whose bytes are read where they lie, without a copy
//
// Always: imported bytes never change; a guest that writes such a page gets another seed for it. Two generated pages are equal exactly if their
// seeds are; imported ones may be equal under different seeds, to each other and to a generated one.

/// <summary>The bytes behind content seeds, and the pages imported from files and memory images.</summary>
public sealed class PageContents
{
    private const int PageSize = PageCount.PageSizeBytes;
    private const int ImageBits = 32;

    private static readonly byte[] ZeroPage = new byte[PageSize];

    private readonly List<ReadOnlyMemory<byte>> images = [];

    /// <summary>Keeps a page of real bytes.</summary>
    /// <param name="page">Exactly 4,096 bytes.</param>
    /// <returns>The seed that stands for them; <see cref="ContentSeed.Zero"/> if all are zero.</returns>
    /// <exception cref="ArgumentException"><paramref name="page"/> is not one page long.</exception>
    public ContentSeed Import(ReadOnlySpan<byte> page)
    {
        RequirePage(page.Length, nameof(page));
        return page.ContainsAnyExcept((byte)0) ? ImportImage(page.ToArray()) : ContentSeed.Zero;
    }

    /// <summary>Takes in the memory of a machine, gigabytes if need be: nothing is copied, and nothing is read before somebody asks for it.</summary>
    /// <param name="image">Whole pages; they must not change from now on.</param>
    /// <returns>The seed of its first page. <see cref="PageOfImage"/> gives those of the others.</returns>
    /// <exception cref="ArgumentException"><paramref name="image"/> is empty or does not end with a whole page.</exception>
    public ContentSeed ImportImage(ReadOnlyMemory<byte> image)
    {
        if (image.Length == 0 || image.Length % PageSize != 0)
            throw new ArgumentException($"An image is whole pages of {PageSize} bytes; {image.Length} bytes are not.", nameof(image));
        images.Add(image);
        return new ContentSeed(ContentSeed.ImportedBit | (uint)(images.Count - 1));
    }

    /// <summary>The seed of a page of an image. A page of zeroes has one like any other here: whether it is one shows when it is read.</summary>
    /// <param name="first">What <see cref="ImportImage"/> returned.</param>
    /// <param name="page">Which page of it, from 0.</param>
    /// <returns>The seed.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The image has no such page.</exception>
    public ContentSeed PageOfImage(ContentSeed first, int page)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(page);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(page, images[(int)first.Value].Length / PageSize);
        return new ContentSeed(first.Value | ((ulong)(uint)page << ImageBits));
    }

    /// <summary>The 4 KiB that a seed stands for: where they lie if they are real, else written out.</summary>
    /// <param name="seed">The contents.</param>
    /// <param name="scratch">Exactly 4,096 bytes to write a generated page to.</param>
    /// <returns>The page; valid until <paramref name="scratch"/> is used for something else.</returns>
    public ReadOnlySpan<byte> Read(ContentSeed seed, Span<byte> scratch)
    {
        if (seed.IsImported)
            return images[(int)seed.Value].Span.Slice((int)((seed.Value & ~ContentSeed.ImportedBit) >> ImageBits) * PageSize, PageSize);
        if (seed.IsZero)
            return ZeroPage;
        Expand(seed, scratch);
        return scratch;
    }

    /// <summary>Writes out the 4 KiB that a seed stands for.</summary>
    /// <param name="seed">The contents.</param>
    /// <param name="page">Exactly 4,096 bytes, overwritten.</param>
    /// <exception cref="ArgumentException"><paramref name="page"/> is not one page long.</exception>
    public void Expand(ContentSeed seed, Span<byte> page)
    {
        RequirePage(page.Length, nameof(page));
        if (seed.IsZero || seed.IsImported)
        {
            Read(seed, page).CopyTo(page);
            return;
        }

        Span<ulong> words = MemoryMarshal.Cast<byte, ulong>(page);
        ulong state = seed.Value;
        for (int word = 0; word < words.Length; word++, state += RandomStream.Step)
            words[word] = RandomStream.Mix(state);
        if (!BitConverter.IsLittleEndian)
            BinaryPrimitives.ReverseEndianness(words, words);
    }

    /// <summary>Whether a page is all zeroes, also one whose seed does not show it.</summary>
    /// <param name="seed">The contents.</param>
    public bool IsZero(ContentSeed seed) => seed.IsZero || (seed.IsImported && !Read(seed, []).ContainsAnyExcept((byte)0));

    private static void RequirePage(int length, string argument)
    {
        if (length != PageSize)
            throw new ArgumentException($"A page has {PageSize} bytes, not {length}.", argument);
    }
}
