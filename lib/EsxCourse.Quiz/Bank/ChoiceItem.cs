using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Bank;

/// <summary>One option of a choice.</summary>
/// <param name="Text">What it says.</param>
/// <param name="Right">Whether it is right.</param>
/// <param name="Why">Why it is right or wrong; for a wrong one, the misunderstanding behind it.</param>
/// <param name="Mistake">The misconception's name, such as "held f fixed", or null.</param>
public sealed record Option(string Text, bool Right, string Why, string? Mistake = null)
{
    /// <summary>Where this explanation can be checked, as it is shown; null if where the whole question's can.</summary>
    public string? Source { get; init; }
}

/// <summary>A choice of one option (<c>single</c>) or of any number (<c>multiple</c>). Options are lettered in the order shown.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Ask">The question.</param>
/// <param name="Points">What a full answer earns.</param>
/// <param name="Several">Whether any number of options may be right; otherwise exactly one is.</param>
/// <param name="Options">Two to ten options, no two alike.</param>
/// <param name="Explanation">Why.</param>
/// <param name="Cites">Where that can be checked.</param>
public sealed record ChoiceItem(string Id, string Ask, double Points, bool Several, IReadOnlyList<Option> Options, string Explanation, IReadOnlyList<Citation> Cites)
    : QuizItem(Id, Ask, Points, Explanation, Cites)
{
    /// <summary>What a partly right answer earns; of no account for a single choice.</summary>
    public Credit Credit { get; init; } = Credit.Each;

    /// <inheritdoc/>
    public override string Key => string.Join(' ', Enumerable.Range(0, Options.Count).Where(at => Options[at].Right).Select(Letter));

    /// <inheritdoc/>
    public override string Type => Several ? "multiple" : "single";

    /// <inheritdoc/>
    public override string Form => Several ? "the letters of all right options, for example a c" : "one letter";

    /// <summary>The letter of an option, place or right-hand side: a, b, c …</summary>
    /// <param name="at">Its place, from 0.</param>
    public static string Letter(int at) => ((char)('a' + at)).ToString();

    /// <inheritdoc/>
    public override QuizItem Vary(long seed) => this with { Options = new SeedStream(seed, Id).Shuffle(Options) };
}
