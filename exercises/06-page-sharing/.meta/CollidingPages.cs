using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Sharing;

/// <summary>Pages that are nearly the same, or seem to be by their hash.</summary>
internal static partial class PageBytes
{
    private const uint Offset = 2166136261, Prime = 16777619;

    /// <summary>The same but for one byte: the last one.</summary>
    public static byte[] AlmostLike(byte[] page) => [.. page[..^1], (byte)(page[^1] ^ 1)];

    /// <summary>Another page with the same hash.</summary>
    public static byte[] SameHash(byte[] page, Inputs inputs)
    {
        ushort wanted = Fold(Hash(page, Offset));
        byte[] other = Any(inputs);
        uint prefix = Hash(other.AsSpan(0, other.Length - 4), Offset);
        for (int last = 0; ; last++)
        {
            BitConverter.TryWriteBytes(other.AsSpan(other.Length - 4), last);
            if (Fold(Hash(other.AsSpan(other.Length - 4), prefix)) == wanted)
                return other;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> bytes, uint hash)
    {
        foreach (byte value in bytes)
            hash = (hash ^ value) * Prime;
        return hash;
    }

    private static ushort Fold(uint hash) => (ushort)(hash >> 16 ^ hash);
}
