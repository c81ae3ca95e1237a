using System.Buffers.Binary;
using System.Text;

namespace EsxCourse.Grading.Worker.Wire;

/// <summary>Reads what <see cref="WireWriter"/> wrote, from bytes that may come from a hostile process.</summary>
/// <remarks>Every read is checked against what is left, so a forged count can neither read past the end nor make us take memory for it.</remarks>
internal sealed class WireReader(ReadOnlyMemory<byte> body)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int position;

    public int Left => body.Length - position;

    public byte Byte() => Take(1)[0];

    public short Int16() => BinaryPrimitives.ReadInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public bool Bool() => Byte() switch
    {
        0 => false,
        1 => true,
        byte other => throw new WireFormatException($"a truth value of {other}"),
    };

    /// <summary>A count of elements, each of which takes at least a byte.</summary>
    public int Count()
    {
        int count = Int32();
        return count >= 0 && count <= Left ? count : throw new WireFormatException($"a count of {count} with {Left} bytes left");
    }

    public byte[] Bytes() => Take(Count()).ToArray();

    public string Text()
    {
        try
        {
            return StrictUtf8.GetString(Take(Count()));
        }
        catch (ArgumentException bad)
        {
            throw new WireFormatException("text that is not UTF-8", bad);
        }
    }

    /// <summary>Holds that nothing follows.</summary>
    public void End()
    {
        if (Left > 0)
            throw new WireFormatException($"{Left} bytes more than the answer has");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > Left)
            throw new WireFormatException($"an answer that ends {count - Left} bytes early");
        ReadOnlySpan<byte> taken = body.Span.Slice(position, count);
        position += count;
        return taken;
    }
}
