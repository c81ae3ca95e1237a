using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Bank;

/// <summary>A left-hand side and what belongs to it.</summary>
/// <param name="Left">What is given.</param>
/// <param name="Right">What belongs to it.</param>
/// <param name="Why">Why.</param>
public sealed record Pair(string Left, string Right, string Why)
{
    /// <summary>Where this explanation can be checked, as it is shown; null if where the whole question's can.</summary>
    public string? Source { get; init; }
}

/// <summary>Left-hand sides, numbered, to each of which one lettered right-hand side belongs.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Ask">The question.</param>
/// <param name="Points">What a full answer earns.</param>
/// <param name="Pairs">Two to ten pairs; no two left-hand or right-hand sides alike.</param>
/// <param name="Explanation">Why.</param>
/// <param name="Cites">Where that can be checked.</param>
public sealed record MatchingItem(string Id, string Ask, double Points, IReadOnlyList<Pair> Pairs, string Explanation, IReadOnlyList<Citation> Cites)
    : QuizItem(Id, Ask, Points, Explanation, Cites)
{
    /// <summary>The right-hand sides in the order shown.</summary>
    public IReadOnlyList<string> Rights { get; init; } = [.. Pairs.Select(pair => pair.Right).Order(StringComparer.Ordinal)];

    /// <summary>What a partly right answer earns.</summary>
    public Credit Credit { get; init; } = Credit.Each;

    /// <inheritdoc/>
    public override string Key => string.Join(' ', Pairs.Select((pair, at) => $"{at + 1}{ChoiceItem.Letter(Rights.ToList().IndexOf(pair.Right))}"));

    /// <inheritdoc/>
    public override string Type => "matching";

    /// <inheritdoc/>
    public override string Form => "number and letter of each pair, for example 1b 2a";

    /// <inheritdoc/>
    public override QuizItem Vary(long seed)
    {
        SeedStream draw = new(seed, Id);
        return this with { Pairs = draw.Shuffle(Pairs), Rights = draw.Shuffle(Rights) };
    }
}
