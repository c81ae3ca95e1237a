using System.Reflection;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Tests.Wire;

public sealed class NullabilityTests
{
    private interface ISample
    {
        string? MayBeNull(string never, string? maybe, int value, int? valueOrNone);

        string Never(IReadOnlyList<string?> neverItself, IReadOnlyList<string>? maybeItself);

        byte[]? Bytes(byte[] never, (string, string?) tuple);
    }

    private sealed record Pair(string Never, string? Maybe, string?[] Several);

    /// <summary>.NET's own reader, which is slower, is the judge.</summary>
    [Fact]
    public void It_reads_what_the_runtimes_own_reader_reads()
    {
        Type[] contracts = [typeof(ISample), typeof(Pair), .. Course.Exercises.Exercises.Select(e => e.Contract).SelectMany(c => c.Assembly.GetTypes())];
        ParameterInfo[] parameters =
        [
            .. contracts.SelectMany(c => c.GetMethods()).Where(m => m.DeclaringType!.Assembly != typeof(object).Assembly).SelectMany(m => m.GetParameters().Append(m.ReturnParameter)),
            .. contracts.SelectMany(c => c.GetConstructors()).SelectMany(c => c.GetParameters()),
        ];
        Assert.Contains(parameters, Nullability.Of);
        Assert.All(parameters.Where(p => p.ParameterType != typeof(void) && !p.ParameterType.IsByRef && !p.ParameterType.IsGenericParameter), p => Assert.Equal(
            (p.Member.ToString(), p.Name, !p.ParameterType.IsValueType && new NullabilityInfoContext().Create(p).ReadState == NullabilityState.Nullable),
            (p.Member.ToString(), p.Name, Nullability.Of(p))));
    }
}
