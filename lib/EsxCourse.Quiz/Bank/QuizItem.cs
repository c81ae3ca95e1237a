namespace EsxCourse.Quiz.Bank;

/// <summary>One question of a quiz. The kinds of question are its sealed cases.</summary>
/// <remarks>
/// An answer is always text, the same in a file, at the terminal and on a page: a letter, letters, <c>1b 2a</c>, a number with its unit, words, or
/// sentences. <see cref="Key"/> shows the form.
/// </remarks>
/// <param name="Id">Its name in files, reports and exports: small letters, digits and dashes.</param>
/// <param name="Ask">The question, in plain text.</param>
/// <param name="Points">What a full answer earns, above 0.</param>
/// <param name="Explanation">Why the answer is what it is; shown after scoring.</param>
/// <param name="Cites">Where that can be checked; at least one slide or section.</param>
public abstract record QuizItem(string Id, string Ask, double Points, string Explanation, IReadOnlyList<Citation> Cites)
{
    /// <summary>From 1 (recall) over 2 (understand) to 3 (work out).</summary>
    public int Difficulty { get; init; } = 1;

    /// <summary>A drawing in plain characters that belongs to the question, such as a pmap, or null.</summary>
    public string? Picture { get; init; }

    /// <summary>The same picture drawn as inline SVG by the library, for pages; null where the plain characters are all. <see cref="Picture"/> says it in words.</summary>
    public string? Drawing { get; init; }

    /// <summary>The worked solution, step by step; empty where the explanation says it all.</summary>
    public IReadOnlyList<string> Worked { get; init; } = [];

    /// <summary>An answer that earns all points, in the form in which answers are written.</summary>
    public abstract string Key { get; }

    /// <summary>The kind of question as the bank writes it.</summary>
    public abstract string Type { get; }

    /// <summary>The question as the student with this seed gets it: order and numbers drawn, nothing left open.</summary>
    /// <param name="seed">The student's seed. The same seed gives the same question.</param>
    public virtual QuizItem Vary(long seed) => this;

    /// <summary>An explanation of one of its parts, with where it can be checked: the part's own source, or the question's.</summary>
    /// <param name="why">The explanation of an option, trap, pair or blank.</param>
    /// <param name="source">The part's own source, or null.</param>
    public string Cited(string why, string? source)
    {
        string from = source ?? string.Join("; ", Cites);
        return from.Length > 0 ? $"{why} ({from})" : why;
    }

    /// <summary>How the answer is to be written, for the student.</summary>
    public abstract string Form { get; }
}

/// <summary>A question answered in a few sentences, scored against a rubric and then confirmed by a human.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Ask">The question.</param>
/// <param name="Points">What a full answer earns.</param>
/// <param name="ModelAnswer">What a very good student would write.</param>
/// <param name="Rubric">What the answer has to say.</param>
/// <param name="Explanation">Why.</param>
/// <param name="Cites">Where that can be checked.</param>
public sealed record FreeTextItem(string Id, string Ask, double Points, string ModelAnswer, Rubric Rubric, string Explanation, IReadOnlyList<Citation> Cites)
    : QuizItem(Id, Ask, Points, Explanation, Cites)
{
    /// <inheritdoc/>
    public override string Key => ModelAnswer;

    /// <inheritdoc/>
    public override string Type => "free-text";

    /// <inheritdoc/>
    public override string Form => "a few sentences";
}
