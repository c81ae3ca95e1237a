using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz;

/// <summary>One quiz as its YAML file has it: the questions, how many the student picks, and the time.</summary>
/// <remarks>
/// The lecture's own quiz is <c>exercises/quizzes/faux-quiz.yaml</c>: four questions, pick two, five minutes. The time limit and the pick of k are
/// kept by <see cref="Taking.QuizSession"/>, the points by <see cref="QuizScorer"/>.
/// </remarks>
/// <param name="Name">The file's name without <c>.yaml</c>.</param>
/// <param name="Path">Where it was read from.</param>
/// <param name="Title">Its heading.</param>
/// <param name="Intro">What the student reads first.</param>
/// <param name="Pick">How many questions the student picks and answers, from 1 to the number of items.</param>
/// <param name="TimeLimit">How long the student has, or null if there is no limit.</param>
/// <param name="Grace">How long after the limit an answer is still taken.</param>
/// <param name="Items">The questions, at least one.</param>
public sealed record QuizFile(string Name, string Path, string Title, string Intro, int Pick, TimeSpan? TimeLimit, TimeSpan Grace, IReadOnlyList<QuizItem> Items)
{
    /// <summary>The most points that can be earned: those of the <see cref="Pick"/> best questions.</summary>
    public double MaxPoints => Items.Select(item => item.Points).OrderDescending().Take(Pick).Sum();

    /// <summary>Reads a quiz.</summary>
    /// <param name="path">A YAML file.</param>
    /// <exception cref="Contracts.BadInputException">The file is missing or wrong; says the line, what is wrong and what to write.</exception>
    public static QuizFile Load(string path) => QuizReader.Read(path);
}
