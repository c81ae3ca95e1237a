using System.Diagnostics.CodeAnalysis;

namespace EsxCourse.Grading.Checks;

/// <summary>Expectation and answer part: the check's points are lost. The message says at which step.</summary>
public sealed class CheckFailedException : Exception
{
    internal CheckFailedException(string message)
        : base(message)
    {
    }
}

/// <summary>One run of one check: where its inputs come from and how it says what it found.</summary>
public sealed class CheckRun
{
    private readonly Func<object> makeStudentObject;

    internal CheckRun(Inputs inputs, Func<object> makeStudentObject)
    {
        Inputs = inputs;
        this.makeStudentObject = makeStudentObject;
    }

    /// <summary>Fresh inputs for this submission.</summary>
    public Inputs Inputs { get; }

    /// <summary>What is being done now; put before everything that is found.</summary>
    internal string? Where { get; private set; }

    /// <summary>How much has been compared; a check that compares nothing must not give points.</summary>
    internal int Comparisons { get; private set; }

    /// <summary>Says what the check does next, in the terms of the lecture, with the inputs that matter.</summary>
    /// <param name="what">For example "VM with 100 shares, 10 pages, 3 active, τ = 80 %".</param>
    public void Step(string what) => Where = what;

    /// <summary>Another new object of the student's class.</summary>
    /// <typeparam name="TContract">The exercise's contract.</typeparam>
    public TContract Another<TContract>()
        where TContract : class => (TContract)makeStudentObject();

    /// <summary>Holds that two values are the same.</summary>
    /// <param name="expected">What it should be.</param>
    /// <param name="actual">What the student's code answered.</param>
    /// <param name="what">Which value this is.</param>
    /// <exception cref="CheckFailedException">They are not.</exception>
    public void Equal<T>(T expected, T actual, string what)
    {
        Comparisons++;
        if (!EqualityComparer<T>.Default.Equals(expected, actual))
            Fail($"{what} should be {Show(expected)}, your answer is {Show(actual)}");
    }

    /// <summary>Holds that two numbers are the same up to rounding: one part in a million.</summary>
    /// <param name="expected">What it should be; may be infinite.</param>
    /// <param name="actual">What the student's code answered.</param>
    /// <param name="what">Which number this is.</param>
    /// <exception cref="CheckFailedException">They are not.</exception>
    public void Near(double expected, double actual, string what)
    {
        Comparisons++;
        bool near = double.IsInfinity(expected) ? expected.Equals(actual) : Math.Abs(expected - actual) <= 1e-6 * Math.Max(1, Math.Abs(expected));
        if (!near)
            Fail($"{what} should be {Show(expected)}, your answer is {Show(actual)}");
    }

    /// <summary>Holds that two sequences are the same, and says at which place they part.</summary>
    /// <param name="expected">What it should be.</param>
    /// <param name="actual">What the student's code answered.</param>
    /// <param name="item">What one element is, for example "step" or "page".</param>
    /// <param name="same">How elements are compared; by default they are equal.</param>
    /// <exception cref="CheckFailedException">They are not.</exception>
    public void SameSequence<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, string item, Func<T, T, bool>? same = null)
    {
        Comparisons++;
        same ??= EqualityComparer<T>.Default.Equals;
        for (int i = 0; i < Math.Max(expected.Count, actual.Count); i++)
        {
            string should = i < expected.Count ? Show(expected[i]) : "nothing more";
            string answer = i < actual.Count ? Show(actual[i]) : "nothing more";
            if (i >= expected.Count || i >= actual.Count || !same(expected[i], actual[i]))
                Fail($"{item} {i + 1} should be {should}, your answer is {answer}");
        }
    }

    /// <summary>Holds that something is so.</summary>
    /// <param name="holds">Whether it is.</param>
    /// <param name="otherwise">What is wrong if not, as a sentence without a full stop.</param>
    /// <exception cref="CheckFailedException">It is not.</exception>
    public void True(bool holds, string otherwise)
    {
        Comparisons++;
        if (!holds)
            Fail(otherwise);
    }

    [DoesNotReturn]
    private static void Fail(string what) => throw new CheckFailedException(what);

    private static string Show<T>(T value) => value switch
    {
        null => "none",
        double.PositiveInfinity => "infinite",
        double number => number.ToString("G6"),
        string text => $"'{PlainText.Line(text, 100)}'",
        _ => PlainText.Line(value.ToString() ?? "", 200),
    };
}
