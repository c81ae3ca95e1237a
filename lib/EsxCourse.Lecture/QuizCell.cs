using EsxCourse.Contracts;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Rendering;
using Microsoft.DotNet.Interactive.Formatting;

namespace EsxCourse.Lecture;

// A quiz in a notebook cell, for practice: QuizCell.Show("page-sharing"). What the cell leaves behind is a form with its own script, so that it goes on
// working when no kernel runs any more: in an executed notebook, in the offline book, on any page. A quiz that is no practice is refused, since its
// answers would be in the page; it is taken by `esx quiz take` or in the room.

/// <summary>Puts a practice quiz of the kit into a notebook cell.</summary>
public static class QuizCell
{
    private const int NearestFoldersAbove = 8;

    /// <summary>A topic's questions, or some of them, to practise with.</summary>
    /// <param name="quiz">The name of a practice quiz, such as <c>page-sharing</c> ('esx quiz list'), or a quiz file.</param>
    /// <param name="seed">The order of options and the numbers. The same seed gives the same questions.</param>
    /// <param name="questions">The ids of the questions to show; without one, all of them.</param>
    /// <returns>What the notebook shows.</returns>
    /// <exception cref="BadInputException">There is no such quiz or question, or the quiz is not for practice.</exception>
    public static QuizView Show(string quiz, long seed = 1, params string[] questions)
    {
        ArgumentNullException.ThrowIfNull(quiz);
        ArgumentNullException.ThrowIfNull(questions);
        QuizFile file;
        if (File.Exists(quiz))
        {
            file = QuizFile.Load(quiz).Vary(seed);
        }
        else
        {
            QuizBank bank = QuizBank.Load(Folder());
            file = bank.Assemble(bank.Find(quiz), seed);
        }

        if (!file.Practice)
            throw new BadInputException(quiz, "is not for practice, and a cell would hold its answers", "take it with 'esx quiz take', or write 'practice: true' into it");
        if (questions.FirstOrDefault(id => file.Items.All(item => item.Id != id)) is { } unknown)
            throw new BadInputException(unknown, $"no such question in '{file.Name}'", $"name some of: {string.Join(", ", file.Items.Select(item => item.Id))}");
        if (questions.Length > 0)
            file = file with { Items = [.. questions.Select(id => file.Items.First(item => item.Id == id))], Pick = questions.Length };
        return new QuizView(file);
    }

    // A notebook runs in its own folder, somewhere in the checkout.
    private static string Folder()
    {
        DirectoryInfo? folder = new(Environment.CurrentDirectory);
        for (int above = 0; above < NearestFoldersAbove && folder is not null; above++, folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "exercises", "quizzes")))
                return Path.Combine(folder.FullName, "exercises", "quizzes");
        throw new BadInputException(Environment.CurrentDirectory, "has no folder exercises/quizzes above it", "run the notebook inside the kit, or name a quiz file");
    }
}

/// <summary>A practice quiz as a notebook shows it.</summary>
/// <param name="Quiz">The questions as drawn.</param>
public sealed record QuizView(QuizFile Quiz)
{
    /// <summary>The quiz as an HTML fragment that needs no kernel and no network.</summary>
    public string Html => PracticePage.Render(Quiz, headingLevel: 3);

    /// <summary>What a client without HTML shows.</summary>
    public override string ToString() => $"{Quiz.Title}: {Quiz.Items.Count} questions. Take it at the terminal: esx quiz take {Quiz.Name}";

    internal static void Register()
    {
        Formatter.Register<QuizView>(view => view.Html, HtmlFormatter.MimeType);
        Formatter.Register<QuizView>(view => view.ToString(), PlainTextFormatter.MimeType);
    }
}
