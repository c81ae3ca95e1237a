namespace EsxCourse.Memory.Machine;

// What a page holds, in eight bytes. A simulated machine of 700 GiB cannot keep 700 GiB of bytes, but sharing, swapping and
// zeroing are about contents, so contents must be real: a seed stands for the 4 KiB that it expands to (PageContents), and two
// pages are equal exactly if their seeds are. Seed 0 is the zero page. Seeds with the top bit set are pages imported from files.

/// <summary>The contents of a page: a 64-bit seed that expands to 4 KiB deterministically.</summary>
/// <param name="Value">The seed. 0 is the zero page; values with the top bit set name imported pages.</param>
/// <remarks>The default is the zero page. Generated seeds are equal exactly when the pages they expand to are.</remarks>
public readonly record struct ContentSeed(ulong Value)
{
    internal const ulong ImportedBit = 1UL << 63;

    /// <summary>4 KiB of zeroes.</summary>
    public static ContentSeed Zero => default;

    /// <summary>What a freed frame is filled with, so that a stale reference shows (the idea is xv6's).</summary>
    internal static ContentSeed Junk => new(0x0505_0505_0505_0505);

    /// <summary>Whether this is the zero page.</summary>
    public bool IsZero => Value == 0;

    /// <summary>Whether it stands for real bytes, which only <see cref="PageContents"/> has.</summary>
    internal bool IsImported => (Value & ImportedBit) != 0;

    /// <summary>The contents number <paramref name="number"/> of a family: the same pair always gives the same page.</summary>
    /// <param name="family">Whose pages: an operating system image, a VM's private data.</param>
    /// <param name="number">Which page of them.</param>
    /// <returns>A seed that is neither zero nor an imported page.</returns>
    public static ContentSeed Of(ulong family, ulong number)
    {
        ulong mixed = RandomStream.Mix(family * 0x9E37_79B9_7F4A_7C15 + RandomStream.Mix(number + 1)) & ~ImportedBit;
        return new ContentSeed(mixed == 0 ? 1 : mixed);
    }

    /// <summary>Writes the seed in hexadecimal, or <c>zero</c>.</summary>
    public override string ToString() => IsZero ? "zero" : $"{Value:x16}";
}
