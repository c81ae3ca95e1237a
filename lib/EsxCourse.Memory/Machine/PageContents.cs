using System.Buffers.Binary;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Machine;

// From seeds to bytes. A generated page is the SplitMix64 sequence that starts at its seed: its first eight bytes are a bijection
// of the seed, hence different seeds give different pages. An imported page keeps its bytes here, and its seed is its number.

/// <summary>The bytes behind content seeds, and the pages imported from files.</summary>
public sealed class PageContents
{
    private readonly List<byte[]> imported = [];

    /// <summary>Keeps a page of real bytes.</summary>
    /// <param name="page">Exactly 4,096 bytes.</param>
    /// <returns>The seed that stands for them; <see cref="ContentSeed.Zero"/> if all are zero.</returns>
    /// <exception cref="ArgumentException"><paramref name="page"/> is not one page long.</exception>
    public ContentSeed Import(ReadOnlySpan<byte> page)
    {
        if (page.Length != PageCount.PageSizeBytes)
            throw new ArgumentException($"A page has {PageCount.PageSizeBytes} bytes, not {page.Length}.", nameof(page));
        if (!page.ContainsAnyExcept((byte)0))
            return ContentSeed.Zero;
        imported.Add(page.ToArray());
        return new ContentSeed(ContentSeed.ImportedBit | (uint)(imported.Count - 1));
    }

    /// <summary>Writes out the 4 KiB that a seed stands for.</summary>
    /// <param name="seed">The contents.</param>
    /// <param name="page">Exactly 4,096 bytes, overwritten.</param>
    /// <exception cref="ArgumentException"><paramref name="page"/> is not one page long.</exception>
    public void Expand(ContentSeed seed, Span<byte> page)
    {
        if (page.Length != PageCount.PageSizeBytes)
            throw new ArgumentException($"A page has {PageCount.PageSizeBytes} bytes, not {page.Length}.", nameof(page));
        if (seed.IsZero)
            page.Clear();
        else if ((seed.Value & ContentSeed.ImportedBit) != 0)
            imported[(int)(seed.Value & ~ContentSeed.ImportedBit)].CopyTo(page);
        else
            for (int word = 0; word < PageCount.PageSizeBytes / 8; word++)
                BinaryPrimitives.WriteUInt64LittleEndian(page[(word * 8)..], RandomStream.Mix(seed.Value + (ulong)word * 0x9E37_79B9_7F4A_7C15));
    }
}
