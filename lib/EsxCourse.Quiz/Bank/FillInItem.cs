namespace EsxCourse.Quiz.Bank;

/// <summary>One gap of a fill-in question.</summary>
/// <param name="Accepts">What may stand there, the first being the model. Compared without regard to case, hyphens and inflection.</param>
/// <param name="Why">Why.</param>
public sealed record Blank(IReadOnlyList<string> Accepts, string Why)
{
    /// <summary>Where this explanation can be checked, as it is shown; null if where the whole question's can.</summary>
    public string? Source { get; init; }
}

/// <summary>A sentence with gaps, written <c>___</c> in the question.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Ask">The sentence.</param>
/// <param name="Points">What a full answer earns.</param>
/// <param name="Blanks">As many as the sentence has gaps.</param>
/// <param name="Explanation">Why.</param>
/// <param name="Cites">Where that can be checked.</param>
public sealed record FillInItem(string Id, string Ask, double Points, IReadOnlyList<Blank> Blanks, string Explanation, IReadOnlyList<Citation> Cites)
    : QuizItem(Id, Ask, Points, Explanation, Cites)
{
    /// <summary>How a gap is written in the question.</summary>
    public const string Gap = "___";

    /// <summary>What a partly right answer earns.</summary>
    public Credit Credit { get; init; } = Credit.Each;

    /// <inheritdoc/>
    public override string Key => string.Join("; ", Blanks.Select(blank => blank.Accepts[0]));

    /// <inheritdoc/>
    public override string Type => "fill-in";

    /// <inheritdoc/>
    public override string Form => Blanks.Count == 1 ? "the missing word" : "the missing words, separated by semicolons";
}
