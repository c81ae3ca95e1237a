namespace EsxCourse.Quiz.Bank;

/// <summary>One question of a quiz. The kinds of question are its sealed cases.</summary>
/// <param name="Id">Its name in files, reports and exports: small letters, digits and dashes.</param>
/// <param name="Ask">The question, in plain text.</param>
/// <param name="Points">What a full answer earns, above 0.</param>
/// <param name="Explanation">Why the answer is what it is; shown after scoring.</param>
/// <param name="Cites">Where that can be checked; at least one slide or section.</param>
public abstract record QuizItem(string Id, string Ask, double Points, string Explanation, IReadOnlyList<Citation> Cites);

/// <summary>A question answered in a few sentences, scored against a rubric and then confirmed by a human.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Ask">The question.</param>
/// <param name="Points">What a full answer earns.</param>
/// <param name="ModelAnswer">What a very good student would write.</param>
/// <param name="Rubric">What the answer has to say.</param>
/// <param name="Explanation">Why.</param>
/// <param name="Cites">Where that can be checked.</param>
public sealed record FreeTextItem(string Id, string Ask, double Points, string ModelAnswer, Rubric Rubric, string Explanation, IReadOnlyList<Citation> Cites)
    : QuizItem(Id, Ask, Points, Explanation, Cites);
