using System.Buffers.Binary;
using System.Text;

namespace EsxCourse.Grading.Worker.Wire;

/// <summary>A growing buffer of little-endian values with a limit on its size.</summary>
/// <remarks>The limit is what stops an endless answer: a lazy sequence without end runs into it, not into the machine's memory.</remarks>
internal sealed class WireWriter(int maxBytes)
{
    private byte[] bytes = new byte[256];

    public int Length { get; private set; }

    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    public Span<byte> Header(int count) => bytes.AsSpan(0, count);

    public void Reserve(int count) => Take(count);

    public void Byte(byte value) => Take(1)[0] = value;

    public void Bool(bool value) => Byte(value ? (byte)1 : (byte)0);

    public void Int16(short value) => BinaryPrimitives.WriteInt16LittleEndian(Take(2), value);

    public void Int32(int value) => BinaryPrimitives.WriteInt32LittleEndian(Take(4), value);

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Int32(value.Length);
        value.CopyTo(Take(value.Length));
    }

    public void Text(string value)
    {
        int count = Encoding.UTF8.GetByteCount(value);
        Int32(count);
        Encoding.UTF8.GetBytes(value, Take(count));
    }

    /// <summary>Keeps room for a count that is known later.</summary>
    /// <returns>Where to put it, for <see cref="Patch"/>.</returns>
    public int Hole()
    {
        int at = Length;
        Int32(0);
        return at;
    }

    public void Patch(int at, int value) => BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(at), value);

    private Span<byte> Take(int count)
    {
        if (count > maxBytes - Length)
            throw new WireFormatException($"more than {maxBytes / 1024} KiB in one message");
        if (Length + count > bytes.Length)
            Array.Resize(ref bytes, Math.Min(Math.Max(bytes.Length * 2, Length + count), maxBytes));
        Span<byte> taken = bytes.AsSpan(Length, count);
        Length += count;
        return taken;
    }
}
