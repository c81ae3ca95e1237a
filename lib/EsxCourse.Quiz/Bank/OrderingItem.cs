using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Bank;

/// <summary>Steps that are to be put in order. They are shown lettered, in another order.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Ask">The question.</param>
/// <param name="Points">What a full answer earns.</param>
/// <param name="Steps">Three to ten steps in their right order, no two alike.</param>
/// <param name="Explanation">Why.</param>
/// <param name="Cites">Where that can be checked.</param>
public sealed record OrderingItem(string Id, string Ask, double Points, IReadOnlyList<string> Steps, string Explanation, IReadOnlyList<Citation> Cites)
    : QuizItem(Id, Ask, Points, Explanation, Cites)
{
    /// <summary>The steps in the order shown.</summary>
    public IReadOnlyList<string> Shown { get; init; } = [.. Steps.Order(StringComparer.Ordinal)];

    /// <summary>What a partly right answer earns.</summary>
    public Credit Credit { get; init; } = Credit.Each;

    /// <inheritdoc/>
    public override string Key => string.Join(' ', Steps.Select(step => ChoiceItem.Letter(Shown.ToList().IndexOf(step))));

    /// <inheritdoc/>
    public override string Type => "ordering";

    /// <inheritdoc/>
    public override string Form => "the letters in the right order, for example c a b";

    /// <inheritdoc/>
    public override QuizItem Vary(long seed) => this with { Shown = new SeedStream(seed, Id).Shuffle(Steps) };
}
