using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace EsxCourse.Grading.Checks;

// Fresh inputs for every submission, the same ones whenever it is graded again.
//
//   key   = HMAC-SHA256(course secret, student, exercise, version, hash of the submission, check)
//   block = HMAC-SHA256(key, 0), HMAC-SHA256(key, 1), …      read as a stream of bytes
//
// Whoever does not know the secret can neither tell the inputs before nor work back from some of them to the others, so answers
// cannot be hard-coded, not even from an earlier run's feedback: an edited submission has another hash.

/// <summary>A check's source of inputs: random to the student, repeatable to the grader.</summary>
public sealed class Inputs
{
    private readonly byte[] key;
    private byte[] block = [];
    private int used;
    private ulong number;

    private Inputs(byte[] key) => this.key = key;

    /// <summary>The inputs of one check of one submission.</summary>
    /// <param name="secret">The course's secret.</param>
    /// <param name="parts">What the inputs depend on: student, exercise, version, hash of the submission, check.</param>
    /// <returns>A stream at its beginning.</returns>
    public static Inputs For(byte[] secret, params IEnumerable<string> parts)
    {
        // Each part is preceded by its length, so that no two lists of parts read the same.
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        foreach (string part in parts)
        {
            byte[] text = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(text.Length));
            hash.AppendData(text);
        }

        return new Inputs(hash.GetHashAndReset());
    }

    /// <summary>A whole number.</summary>
    /// <param name="min">The smallest that may come.</param>
    /// <param name="max">The largest that may come.</param>
    /// <returns>Each number from <paramref name="min"/> to <paramref name="max"/> with the same chance.</returns>
    public int Whole(int min, int max)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(min, max);
        uint range = (uint)((long)max - min + 1);
        return range == 0 ? (int)Bits() : (int)(min + (long)((ulong)Bits() * range >> 32));
    }

    /// <summary>A number from 0 to below 1.</summary>
    public double Fraction() => ((ulong)Bits() << 21 ^ Bits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True in so many cases of a hundred.</summary>
    /// <param name="percent">From 0 (never) to 100 (always).</param>
    public bool Chance(int percent) => Whole(1, 100) <= percent;

    /// <summary>One of several.</summary>
    /// <param name="choices">At least one.</param>
    public T Pick<T>(params IReadOnlyList<T> choices) => choices[Whole(0, choices.Count - 1)];

    /// <summary>Random bytes, such as a page's contents.</summary>
    /// <param name="count">How many.</param>
    public byte[] Bytes(int count)
    {
        byte[] bytes = new byte[count];
        Span<byte> four = stackalloc byte[4];
        for (int i = 0; i < count; i += 4)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(four, Bits());
            four[..Math.Min(4, count - i)].CopyTo(bytes.AsSpan(i));
        }

        return bytes;
    }

    private uint Bits()
    {
        if (used == block.Length)
        {
            block = HMACSHA256.HashData(key, BitConverter.GetBytes(number++));
            used = 0;
        }

        uint bits = BinaryPrimitives.ReadUInt32LittleEndian(block.AsSpan(used));
        used += 4;
        return bits;
    }
}
