using EsxCourse.Contracts;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Tests.Wire;

public sealed class ShapeTests
{
    public enum Colour : byte
    {
        Red,
        Green,
    }

    public sealed record Frame(Mpn Page, byte[] Bytes, string? Note, IReadOnlyList<(VmId Vm, Ppn Page)> Mappers, Colour Colour, double? Price);

    private static object? RoundTrip(Type type, object? value, bool mayBeNull = false)
    {
        WireWriter writer = new(1 << 16);
        Shape shape = Shape.Of(type, mayBeNull);
        shape.Write(writer, value, NoCallbacks.Instance);
        WireReader reader = new(writer.Written);
        object? read = shape.Read(reader, NoCallbacks.Instance);
        reader.End();
        return read;
    }

    public static TheoryData<object> Values =>
    [
        true, (byte)200, (sbyte)-5, (short)-300, (ushort)60000, 'ρ', int.MinValue, uint.MaxValue, long.MinValue, ulong.MaxValue, 1.5f, double.NegativeInfinity,
        12.34m, "τ = 75 %", "", new byte[] { 1, 2, 3 }, Colour.Green, new Shares(100), new PageCount(-1), new TaxRate(0.75), new VmId(3), new SimTime(17),
        new[] { 1, 2, 3 }, new List<double> { 0.5, 2 }, Array.Empty<string>(), (1, "two"),
    ];

    [Theory]
    [MemberData(nameof(Values))]
    public void What_goes_in_comes_out(object value) => Assert.Equal(value, RoundTrip(value.GetType(), value));

    [Fact]
    public void Records_cross_with_all_they_hold()
    {
        Frame frame = new(new Mpn(7), [9, 8], null, [(new VmId(1), new Ppn(2))], Colour.Green, 2.5);
        Frame read = Assert.IsType<Frame>(RoundTrip(typeof(Frame), frame));
        Assert.Equal((frame.Page, frame.Note, frame.Colour, frame.Price), (read.Page, read.Note, read.Colour, read.Price));
        Assert.Equal(frame.Bytes, read.Bytes);
        Assert.Equal(frame.Mappers, read.Mappers);
    }

    [Fact]
    public void Null_crosses_where_the_contract_says_it_may() => Assert.Null(RoundTrip(typeof(string), null, mayBeNull: true));

    [Fact]
    public void Null_does_not_cross_elsewhere() => Assert.Throws<WireFormatException>(() => RoundTrip(typeof(string), null));

    [Fact]
    public void An_object_of_no_known_layout_cannot_cross() => Assert.Throws<WireFormatException>(() => Shape.Of(typeof(HttpClient)));

    [Fact]
    public void An_endless_sequence_runs_into_the_limit()
    {
        WireWriter writer = new(1000);
        Assert.Throws<WireFormatException>(() => Shape.Of(typeof(IEnumerable<int>)).Write(writer, Endless(), NoCallbacks.Instance));

        static IEnumerable<int> Endless()
        {
            while (true)
                yield return 1;
        }
    }

    [Theory]
    [InlineData(typeof(int[]), new byte[] { 255, 255, 255, 127 })]                     // Two billion elements.
    [InlineData(typeof(int[]), new byte[] { 255, 255, 255, 255 })]                     // Minus one element.
    [InlineData(typeof(int[]), new byte[] { 2, 0, 0, 0, 1, 0, 0, 0 })]                 // Two elements, bytes for one.
    [InlineData(typeof(string), new byte[] { 100, 0, 0, 0, 65 })]                      // Text that ends early.
    [InlineData(typeof(string), new byte[] { 2, 0, 0, 0, 0xC3, 0x28 })]                // Not UTF-8.
    [InlineData(typeof(bool), new byte[] { 7 })]                                       // Neither true nor false.
    [InlineData(typeof(double?), new byte[] { 2, 0, 0 })]                              // Neither there nor not.
    [InlineData(typeof(TaxRate), new byte[] { 0, 0, 0, 0, 0, 0, 0, 0x40 })]            // A tax of 200 %.
    [InlineData(typeof(decimal), new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 127 })]
    public void What_is_forged_is_refused(Type type, byte[] forged) =>
        Assert.Throws<WireFormatException>(() => Shape.Of(type).Read(new WireReader(forged), NoCallbacks.Instance));

    [Fact]
    public void Bytes_after_the_answer_are_refused()
    {
        WireReader reader = new(new byte[] { 1, 0, 0, 0, 9 });
        Shape.Of(typeof(int)).Read(reader, NoCallbacks.Instance);
        Assert.Throws<WireFormatException>(reader.End);
    }

    [Fact]
    public void Random_bytes_never_do_more_than_fail()
    {
        Random random = new(20021209);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] bytes = new byte[random.Next(0, 64)];
            random.NextBytes(bytes);
            try
            {
                Shape.Of(typeof(Frame)).Read(new WireReader(bytes), NoCallbacks.Instance);
            }
            catch (WireFormatException)
            {
                // What it should do.
            }
        }
    }

    private sealed class NoCallbacks : ICallbackEnd
    {
        public static readonly NoCallbacks Instance = new();

        public int NumberOf(object target, Type contract) => throw new WireFormatException("no callbacks here");

        public object StandInFor(int number, Type contract) => throw new WireFormatException("no callbacks here");
    }
}
