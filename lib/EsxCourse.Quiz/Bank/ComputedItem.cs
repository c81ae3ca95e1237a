using EsxCourse.Quiz.Templates;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Bank;

/// <summary>A question whose numbers are drawn from a seed and whose answer and distractors are computed by the memory manager.</summary>
/// <remarks>It cannot be answered as it stands; <see cref="Vary"/> makes a numeric or a choice question of it.</remarks>
/// <param name="Id">Its name.</param>
/// <param name="Points">What a full answer earns.</param>
/// <param name="Template">The name of the template.</param>
/// <param name="Title">What it is about.</param>
/// <param name="Cites">Where the method can be checked.</param>
public sealed record ComputedItem(string Id, double Points, string Template, string Title, IReadOnlyList<Citation> Cites) : QuizItem(Id, Title, Points, Title, Cites)
{
    /// <inheritdoc/>
    public override string Key => throw new InvalidOperationException($"'{Id}' has no answer before its numbers are drawn: call Vary first.");

    /// <inheritdoc/>
    public override string Type => "computed";

    /// <inheritdoc/>
    public override string Form => "see the variant";

    /// <inheritdoc/>
    public override QuizItem Vary(long seed) =>
        (ItemTemplate.Find(Template)!.Draw(new SeedStream(seed, Id), Id, Points) with { Difficulty = Difficulty }).Vary(seed);
}
