using System.Collections.Immutable;
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
    private const int MaxCellLength = 100;

    private readonly Func<object> makeStudentObject;
    private readonly Func<object> makeReference;

    /// <summary>What was played so far; null where nobody is to be told, as with hidden checks.</summary>
    private readonly List<PlayedStep>? played;

    private bool stepHasRow;

    /// <param name="inputs">Where inputs come from.</param>
    /// <param name="makeStudentObject">Makes a new object of the student's class.</param>
    /// <param name="makeReference">Makes a new reference, or what stands for one.</param>
    /// <param name="tells">Whether the student is shown the steps, and what was expected at each: only of checks that students have.</param>
    internal CheckRun(Inputs inputs, Func<object> makeStudentObject, Func<object> makeReference, bool tells = false)
    {
        Inputs = inputs;
        this.makeStudentObject = makeStudentObject;
        this.makeReference = makeReference;
        played = tells ? [] : null;
    }

    /// <summary>Fresh inputs for this submission.</summary>
    public Inputs Inputs { get; }

    /// <summary>What is being done now; put before everything that is found.</summary>
    internal string? Where { get; private set; }

    /// <summary>How much has been compared; a check that compares nothing must not give points.</summary>
    internal int Comparisons { get; private set; }

    /// <summary>The steps up to the one at which expectation and answer parted; null where nobody is to be told.</summary>
    internal ImmutableArray<PlayedStep>? Played => played is null ? null : [.. played];

    /// <summary>What the check measured.</summary>
    internal List<Figure> Figures { get; } = [];

    /// <summary>Which part of the points is earned where the check runs to its end, and why no more.</summary>
    internal (int Earned, int Of, string Otherwise) Part { get; private set; } = (1, 1, "");

    /// <summary>Reports what the check measured. It counts only where the check runs to its end.</summary>
    /// <param name="name">What it is; figures of one name add up over an exercise's checks.</param>
    /// <param name="value">How much; kept to hundredths.</param>
    /// <param name="unit">Of what; may be empty.</param>
    public void Figure(string name, double value, string unit) => Figures.Add(Checks.Figure.Of(name, value, unit));

    /// <summary>Gives a part of the check's points, by thresholds that its statement names. Called at most once, last.</summary>
    /// <param name="earned">How many parts, from 0.</param>
    /// <param name="of">Of how many; the points earned are rounded down.</param>
    /// <param name="otherwise">What is wrong where it is not all of them, as a sentence without a full stop.</param>
    public void Earn(int earned, int of, string otherwise)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(of, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(earned);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(earned, of);
        Comparisons++;
        Part = (earned, of, otherwise);
        if (earned < of)
            played?.Add(new PlayedStep(Where ?? "", "", "", otherwise, Differs: true));
    }

    /// <summary>Says what the check does next, in the terms of the lecture, with the inputs that matter.</summary>
    /// <param name="what">For example "VM with 100 shares, 10 pages, 3 active, τ = 80 %".</param>
    public void Step(string what)
    {
        Where = what;
        stepHasRow = false;
    }

    /// <summary>Another new object of the student's class.</summary>
    /// <typeparam name="TContract">The exercise's contract.</typeparam>
    public TContract Another<TContract>()
        where TContract : class => (TContract)makeStudentObject();

    /// <summary>A new object of the reference's class, to play beside the student's. In a release, what was recorded of it.</summary>
    /// <typeparam name="TContract">The exercise's contract.</typeparam>
    /// <remarks>What it is asked, and in which order, must hang on the inputs alone and not on the student's answers.</remarks>
    public TContract Reference<TContract>()
        where TContract : class => (TContract)makeReference();

    /// <summary>Holds that two values are the same.</summary>
    /// <param name="expected">What it should be.</param>
    /// <param name="actual">What the student's code answered.</param>
    /// <param name="what">Which value this is.</param>
    /// <exception cref="CheckFailedException">They are not.</exception>
    public void Equal<T>(T expected, T actual, string what)
    {
        Comparisons++;
        bool same = EqualityComparer<T>.Default.Equals(expected, actual);
        Tell(same, what, expected, actual);
        if (!same)
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
        Tell(near, what, expected, actual);
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
            {
                TellSequence(expected, actual, item, i);
                Fail($"{item} {i + 1} should be {should}, your answer is {answer}");
            }
        }

        if (expected.Count > 0)
            Tell(true, $"each {item}", $"{expected.Count} as expected", $"{actual.Count} as expected");
    }

    /// <summary>Holds that something is so.</summary>
    /// <param name="holds">Whether it is.</param>
    /// <param name="otherwise">What is wrong if not, as a sentence without a full stop.</param>
    /// <exception cref="CheckFailedException">It is not.</exception>
    public void True(bool holds, string otherwise)
    {
        Comparisons++;
        if (holds)
            return;
        played?.Add(new PlayedStep(Where ?? "", "", "", otherwise, Differs: true));
        Fail(otherwise);
    }

    /// <summary>The student's code did not answer: the step at which it was ends what was played.</summary>
    internal void TellFault(string what) => played?.Add(new PlayedStep(Where ?? "", "", "", what, Differs: true));

    /// <summary>A row for the first comparison of a step, and one for that which fails.</summary>
    private void Tell<T>(bool same, string what, T expected, T actual)
    {
        if (played is null || (same && stepHasRow))
            return;
        played.Add(new PlayedStep(Where ?? what, Where is null ? "" : what, Cell(expected), Cell(actual), !same));
        stepHasRow = Where is not null;
    }

    /// <summary>A row for each place of two sequences, of which <paramref name="parted"/> is the first that differs.</summary>
    private void TellSequence<T>(IReadOnlyList<T> expected, IReadOnlyList<T> actual, string item, int parted)
    {
        for (int i = 0; played is not null && i < Math.Max(expected.Count, actual.Count); i++)
            played.Add(new PlayedStep($"{item} {i + 1}", "", i < expected.Count ? Cell(expected[i]) : "", i < actual.Count ? Cell(actual[i]) : "", i == parted));
    }

    [DoesNotReturn]
    private static void Fail(string what) => throw new CheckFailedException(what);

    private static string Cell<T>(T value) => PlainText.Line(value is string text ? text : Show(value), MaxCellLength);

    private static string Show<T>(T value) => value switch
    {
        null => "none",
        double.PositiveInfinity => "infinite",
        double number => number.ToString("G6"),
        string text => $"'{PlainText.Line(text, 100)}'",
        _ => PlainText.Line(value.ToString() ?? "", 200),
    };
}
