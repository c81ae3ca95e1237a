using EsxCourse.Quiz.Scoring;

namespace EsxCourse.Quiz.Bank;

/// <summary>What an answer has to say, and what it must not: the sheet by which a teaching assistant would grade it.</summary>
/// <remarks>
/// The weights of the concepts may sum to more than <see cref="FullAt"/>: an answer need not say everything that is true to be a full answer.
/// Mistakes take weight away again, down to zero.
/// </remarks>
/// <param name="FullAt">The weight that earns all points.</param>
/// <param name="Concepts">What earns weight.</param>
/// <param name="Mistakes">What costs weight: a named misunderstanding.</param>
public sealed record Rubric(double FullAt, IReadOnlyList<Concept> Concepts, IReadOnlyList<Concept> Mistakes)
{
    /// <summary>The word classes that the phrases are written in.</summary>
    internal Lexicon Words { get; init; } = Lexicon.Empty;

    /// <summary>The classes that an answer speaks of in turn, such as host and guest: whoever was named last is meant.</summary>
    internal IReadOnlyList<string> Subjects { get; init; } = [];
}

/// <summary>One idea of a rubric, and the ways in which students put it.</summary>
/// <param name="Name">A short name, unique in its rubric.</param>
/// <param name="Says">The idea as one sentence, shown as found or missed.</param>
/// <param name="Weight">What it earns; for a mistake, what it costs.</param>
public sealed record Concept(string Name, string Says, double Weight)
{
    /// <summary>Each of these says the idea.</summary>
    internal IReadOnlyList<Phrase> Phrases { get; init; } = [];
}
