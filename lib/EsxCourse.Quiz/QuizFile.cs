using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz;

/// <summary>One quiz as its YAML file has it: the questions, how many the student picks, and the time.</summary>
/// <remarks>
/// The lecture's own quiz is <c>exercises/quizzes/faux-quiz.yaml</c>: four questions, pick two, five minutes. The other files of that folder are the
/// bank, one file a topic. A quiz that draws from the bank is put together by <see cref="QuizBank.Assemble"/>. The time limit and the pick of k
/// are kept by <see cref="Taking.QuizSession"/>, the points by <see cref="QuizScorer"/>.
/// </remarks>
/// <param name="Name">The file's name without <c>.yaml</c>; the topic of a bank file.</param>
/// <param name="Path">Where it was read from.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Intro">What the student reads first.</param>
/// <param name="Pick">How many questions the student picks and answers, from 1 to their number.</param>
/// <param name="TimeLimit">How long the student has, or null if there is no limit.</param>
/// <param name="Grace">How long after the limit an answer is still taken.</param>
/// <param name="Items">The questions.</param>
public sealed record QuizFile(string Name, string Path, string Title, string Intro, int Pick, TimeSpan? TimeLimit, TimeSpan Grace, IReadOnlyList<QuizItem> Items)
{
    /// <summary>What is still to be drawn from the bank.</summary>
    public IReadOnlyList<Draw> Draws { get; init; } = [];

    /// <summary>Whether each answer is judged at once and may be tried again; otherwise nothing is said before the end.</summary>
    public bool Practice { get; init; }

    /// <summary>How often a student may take it, from 1, or null for as often as one likes. Which attempt counts is the gradebook's policy.</summary>
    public int? Attempts { get; init; }

    /// <summary>The most points that can be earned: those of the <see cref="Pick"/> best questions.</summary>
    public double MaxPoints => Items.Select(item => item.Points).OrderDescending().Take(Pick).Sum();

    /// <summary>Reads a quiz.</summary>
    /// <param name="path">A YAML file.</param>
    /// <exception cref="BadInputException">The file is missing or wrong; says the line, what is wrong and what to write.</exception>
    public static QuizFile Load(string path) => QuizReader.Read(path);

    /// <summary>The quiz as the student with this seed gets it: order and numbers drawn.</summary>
    /// <param name="seed">The student's seed. The same seed gives the same paper.</param>
    /// <exception cref="InvalidOperationException">The quiz draws from the bank; use <see cref="QuizBank.Assemble"/>.</exception>
    public QuizFile Vary(long seed) => Draws.Count == 0
        ? this with { Items = [.. Items.Select(item => item.Vary(seed))] }
        : throw new InvalidOperationException($"'{Name}' draws from the bank: use QuizBank.Assemble.");
}

/// <summary>So many questions of a topic, to be drawn from the bank.</summary>
/// <param name="Topic">The name of a bank file.</param>
/// <param name="Count">How many, from 1.</param>
/// <param name="Difficulty">Only of this difficulty, 1 to 3, or null for any.</param>
/// <param name="Place">Where the quiz file asks for it.</param>
public sealed record Draw(string Topic, int Count, int? Difficulty, string Place);
