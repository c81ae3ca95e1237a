using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Taking;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz take</c>: a quiz at the terminal.</summary>
internal static class QuizTakeCommand
{
    public static Command Create()
    {
        Argument<string> name = QuizInput.Quiz();
        Option<bool> json = QuizInput.Json();
        Option<string?> student = new("--student") { Description = "Who answers.", HelpName = "NAME" };
        Option<long?> seed = QuizInput.Seed();
        Option<string?> to = new("--out") { Description = "Keep the answers in this file, for 'esx quiz score'.", HelpName = "FILE" };
        Command command = new("take", "Take a quiz here: pick, answer, and see the score. Reads lines, so that answers may come from a pipe.") { name, student, seed, to, json };
        command.SetAction(async (parsed, stop) =>
        {
            long drawn = parsed.GetValue(seed) ?? QuizInput.UsualSeed;
            QuizFile quiz = QuizInput.Open(parsed.GetRequiredValue(name), drawn);
            TerminalQuiz terminal = new(Console.In, parsed.GetValue(json) ? Console.Error : Console.Out, TimeProvider.System);
            AnswerSheet? sheet = await terminal.TakeAsync(quiz, stop);
            if (sheet is null)
                throw new BadInputException("standard input", "ended before the questions were picked", "write the numbers of the questions, then each answer, ended by an empty line");
            sheet = sheet with { Student = parsed.GetValue(student), Seed = drawn };
            if (parsed.GetValue(to) is { } path)
                QuizOutput.Put(sheet.ToYaml(), path);
            QuizOutput.Show(QuizScorer.Score(quiz, sheet), parsed.GetValue(json));
            return CommandLine.Done;
        });
        return command;
    }
}
