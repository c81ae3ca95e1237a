namespace EsxCourse.Grading.Worker.Wire;

/// <summary>The layout of the simple values: their own bytes, little-endian; text as its length and UTF-8.</summary>
internal sealed class PrimitiveShape(TypeCode code) : Shape
{
    public override void Write(WireWriter writer, object? value, ICallbackEnd callbacks)
    {
        switch (value)
        {
            case bool b: writer.Bool(b); break;
            case byte b: writer.Byte(b); break;
            case sbyte b: writer.Byte(unchecked((byte)b)); break;
            case short s: writer.Int16(s); break;
            case ushort s: writer.Int16(unchecked((short)s)); break;
            case char c: writer.Int16(unchecked((short)c)); break;
            case int i: writer.Int32(i); break;
            case uint i: writer.Int32(unchecked((int)i)); break;
            case long l: writer.Int64(l); break;
            case ulong l: writer.Int64(unchecked((long)l)); break;
            case float f: writer.Int32(BitConverter.SingleToInt32Bits(f)); break;
            case double d: writer.Int64(BitConverter.DoubleToInt64Bits(d)); break;
            case decimal m: Array.ForEach(decimal.GetBits(m), writer.Int32); break;
            case string s: writer.Text(s); break;
            case null: throw new WireFormatException("null where the contract has no ?");
            default: throw new WireFormatException($"{value.GetType()} cannot cross the pipe");
        }
    }

    public override object Read(WireReader reader, ICallbackEnd callbacks) => code switch
    {
        TypeCode.Boolean => reader.Bool(),
        TypeCode.Byte => reader.Byte(),
        TypeCode.SByte => unchecked((sbyte)reader.Byte()),
        TypeCode.Int16 => reader.Int16(),
        TypeCode.UInt16 => unchecked((ushort)reader.Int16()),
        TypeCode.Char => unchecked((char)reader.Int16()),
        TypeCode.Int32 => reader.Int32(),
        TypeCode.UInt32 => unchecked((uint)reader.Int32()),
        TypeCode.Int64 => reader.Int64(),
        TypeCode.UInt64 => unchecked((ulong)reader.Int64()),
        TypeCode.Single => BitConverter.Int32BitsToSingle(reader.Int32()),
        TypeCode.Double => BitConverter.Int64BitsToDouble(reader.Int64()),
        TypeCode.Decimal => Decimal(reader),
        TypeCode.String => reader.Text(),
        _ => throw new WireFormatException($"{code} cannot cross the pipe"),
    };

    private static decimal Decimal(WireReader reader)
    {
        int[] bits = [reader.Int32(), reader.Int32(), reader.Int32(), reader.Int32()];
        try
        {
            return new decimal(bits);
        }
        catch (ArgumentException bad)
        {
            throw new WireFormatException("a decimal that cannot be", bad);
        }
    }
}
