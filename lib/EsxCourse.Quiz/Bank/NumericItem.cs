using System.Globalization;

namespace EsxCourse.Quiz.Bank;

/// <summary>A wrong number that a known misunderstanding leads to.</summary>
/// <param name="Value">The number, in the question's unit.</param>
/// <param name="Mistake">The misconception's name, such as "forgot k".</param>
/// <param name="Why">What went wrong.</param>
public sealed record Trap(double Value, string Mistake, string Why)
{
    /// <summary>Where this explanation can be checked, as it is shown; null if where the whole question's can.</summary>
    public string? Source { get; init; }
}

/// <summary>A question answered by a number.</summary>
/// <remarks>
/// The tolerance is wider than one unit of the last printed digit, so that no point hangs on rounding; a count is exact. No trap lies within
/// twice the tolerance of the answer.
/// </remarks>
/// <param name="Id">Its name.</param>
/// <param name="Ask">The question.</param>
/// <param name="Points">What a full answer earns.</param>
/// <param name="Answer">The number.</param>
/// <param name="Decimals">How many decimals the answer is asked for; 0 asks for a whole number.</param>
/// <param name="Tolerance">How far off is still right, from 0.</param>
/// <param name="Unit">The unit, or empty. Sizes and times may be given in a related unit.</param>
/// <param name="Traps">Known wrong answers.</param>
/// <param name="Explanation">Why.</param>
/// <param name="Cites">Where that can be checked.</param>
public sealed record NumericItem(
    string Id, string Ask, double Points, double Answer, int Decimals, double Tolerance, string Unit, IReadOnlyList<Trap> Traps, string Explanation, IReadOnlyList<Citation> Cites)
    : QuizItem(Id, Ask, Points, Explanation, Cites)
{
    /// <inheritdoc/>
    public override string Key => Format(Answer);

    /// <inheritdoc/>
    public override string Type => "numeric";

    /// <inheritdoc/>
    public override string Form => (Decimals == 0 ? "a whole number" : $"a number with {Decimals} decimals") + (Unit.Length > 0 ? $", in {Unit}" : "");

    /// <summary>The least tolerance that keeps a point from hanging on the last printed digit.</summary>
    /// <param name="decimals">How many decimals the answer is asked for.</param>
    public static double LeastTolerance(int decimals) => decimals == 0 ? 0 : Math.Round(1.5 * Math.Pow(10, -decimals), decimals + 1);

    /// <summary>Writes a number as the answer is to be written.</summary>
    /// <param name="value">A number.</param>
    public string Format(double value) => (value.ToString($"F{Decimals}", CultureInfo.InvariantCulture) + " " + Unit).Trim();
}
