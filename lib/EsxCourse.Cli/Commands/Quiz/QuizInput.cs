using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Quiz;

namespace EsxCourse.Cli.Commands;

/// <summary>What the quiz verbs are given: a quiz by name or file, a seed, answers.</summary>
/// <remarks>A quiz is named by its file, or by its name in <c>exercises/quizzes</c>.</remarks>
internal static class QuizInput
{
    public const long UsualSeed = 1;

    /// <summary>The paper that a seed makes of a quiz.</summary>
    public static QuizFile Open(string name, long seed)
    {
        (QuizFile quiz, QuizBank? bank) = Find(name);
        return bank is null ? quiz.Vary(seed) : bank.Assemble(quiz, seed);
    }

    /// <summary>A quiz as its file has it, and the bank if it draws from it.</summary>
    public static (QuizFile Quiz, QuizBank? Bank) Find(string name)
    {
        bool isFile = File.Exists(name) || name.EndsWith(".yaml", StringComparison.Ordinal);
        QuizFile? file = isFile ? QuizFile.Load(name) : null;
        if (file is { Draws.Count: 0 })
            return (file, null);
        QuizBank bank = QuizBank.Load(Folder());
        QuizFile quiz = file ?? bank.Find(name);
        return (quiz, quiz.Draws.Count == 0 ? null : bank);
    }

    /// <summary>The scored answers of one file, or of all answer files of a folder in the order of their names.</summary>
    /// <param name="name">The quiz.</param>
    /// <param name="place">An answer file, or a folder of them.</param>
    /// <param name="seed">The seed, or null for the one that each file names.</param>
    public static IEnumerable<SheetFile> Sheets(string name, string place, long? seed)
    {
        string[] files = Directory.Exists(place) ? [.. Directory.GetFiles(place, "*.yaml").Order(StringComparer.Ordinal)] : [place];
        if (files.Length == 0)
            throw new BadInputException(place, "holds no answer files", "name a folder with one *.yaml a student");
        foreach (string file in files)
        {
            QuizFile quiz = Open(name, seed ?? AnswerSheet.SeedOf(file) ?? UsualSeed);
            AnswerSheet sheet = AnswerSheet.Load(file, quiz);
            yield return new SheetFile(file, sheet, QuizScorer.Score(quiz, sheet));
        }
    }

    public static string Rules(QuizFile quiz) =>
        (quiz.Pick == quiz.Items.Count ? $"{quiz.Items.Count} questions" : $"pick {quiz.Pick} of {quiz.Items.Count}")
        + (quiz.TimeLimit is { } limit ? $", {limit.TotalMinutes:0.#} min" : "")
        + (quiz.Practice ? ", practice" : quiz.Attempts is > 1 ? $", {quiz.Attempts} attempts" : "") + $", {quiz.MaxPoints:0.#} points";

    public static string Folder() => Path.Combine(KitRoot.Find(), "exercises", "quizzes");

    public static Argument<string> Quiz() => new("quiz") { Description = "A quiz of the kit by name (see 'esx quiz list'), or a quiz file." };

    public static Option<long?> Seed() =>
        new("--seed") { Description = "The student's seed: the order of options and, in computed questions, the numbers. Without it, the one that the answers name, or 1.", HelpName = "N" };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document and nothing else." };
}

/// <summary>An answer file, read and scored.</summary>
internal sealed record SheetFile(string Path, AnswerSheet Sheet, QuizScore Score);
