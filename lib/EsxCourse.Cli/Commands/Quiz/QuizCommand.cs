using System.CommandLine;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz</c>: the quizzes of the kit, or any quiz file. One file a verb.</summary>
internal static class QuizCommand
{
    public static Command Create() => new("quiz", "List, check, take, score, review, analyse, export and import quizzes; hold one in the room.")
    {
        QuizListCommand.Create(),
        QuizLintCommand.Create(),
        QuizTakeCommand.Create(),
        QuizScoreCommand.Create(),
        QuizReviewCommand.Create(),
        QuizAnalyseCommand.Create(),
        QuizExportCommand.Create(),
        QuizImportCommand.Create(),
        QuizServeCommand.Create(),
    };
}
