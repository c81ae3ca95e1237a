using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz;

/// <summary>What a student earned in a quiz.</summary>
/// <param name="Quiz">The quiz.</param>
/// <param name="Student">Who answered, or null.</param>
/// <param name="Questions">The questions that the student picked, in the order of the quiz.</param>
/// <param name="Max">The most points that could be earned.</param>
public sealed record QuizScore(QuizFile Quiz, string? Student, IReadOnlyList<QuestionScore> Questions, double Max)
{
    /// <summary>The sum of the questions' points.</summary>
    public double Points => Math.Round(Questions.Sum(question => question.Points), 4);

    /// <summary>Whether a human has to confirm a question's points: always so for free text.</summary>
    public bool NeedsConfirmation => Questions.Any(question => question.NeedsConfirmation);
}

/// <summary>What a student earned for one question, and why.</summary>
/// <param name="Item">The question.</param>
/// <param name="Answer">The answer as it was handed in; empty if there was none.</param>
/// <param name="Points">From 0 to <see cref="Max"/>, in halves for free text.</param>
/// <param name="Max">The question's points.</param>
/// <param name="Found">The concepts that the answer states, with the words that state them.</param>
/// <param name="Missed">The concepts that it does not state.</param>
/// <param name="Mistakes">Misunderstandings that cost points.</param>
/// <param name="Remarks">What else the scorer noticed: a copied question, a list of keywords, a denied concept.</param>
/// <param name="Confidence">How sure the scorer is, from 0 to 1; below 0.5 a human should look first.</param>
/// <param name="NeedsConfirmation">Whether a human has to confirm the points.</param>
public sealed record QuestionScore(
    QuizItem Item, string Answer, double Points, double Max, IReadOnlyList<FoundConcept> Found, IReadOnlyList<Concept> Missed,
    IReadOnlyList<FoundConcept> Mistakes, IReadOnlyList<string> Remarks, double Confidence, bool NeedsConfirmation)
{
    /// <summary>For all but free text: each part that was judged.</summary>
    public IReadOnlyList<Feedback> Feedback { get; init; } = [];
}

/// <summary>One judged part of an answer: an option, a number, a pair, a place or a gap.</summary>
/// <param name="Part">What was answered.</param>
/// <param name="Right">Whether it is right.</param>
/// <param name="Why">Why.</param>
public sealed record Feedback(string Part, bool Right, string Why);

/// <summary>A concept and the place in the answer that states it.</summary>
/// <param name="Concept">The concept.</param>
/// <param name="Start">Where the evidence begins in the answer.</param>
/// <param name="Length">How many characters it has.</param>
/// <param name="Evidence">The words themselves.</param>
public sealed record FoundConcept(Concept Concept, int Start, int Length, string Evidence);
