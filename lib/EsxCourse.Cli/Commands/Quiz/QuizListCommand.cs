using System.CommandLine;
using EsxCourse.Quiz;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz list</c>: the quizzes of the kit and their rules.</summary>
internal static class QuizListCommand
{
    public static Command Create()
    {
        Option<bool> json = QuizInput.Json();
        Command command = new("list", "List the quizzes of the kit.") { json };
        command.SetAction(parsed =>
        {
            QuizBank bank = QuizBank.Load(QuizInput.Folder());
            QuizFile[] quizzes = [.. bank.Quizzes.Select(quiz => bank.Assemble(quiz, seed: 1))];
            if (parsed.GetValue(json))
                JsonOutput.Print(quizzes.Select(quiz => new { quiz.Name, quiz.Title, questions = quiz.Items.Count, quiz.Pick, minutes = quiz.TimeLimit?.TotalMinutes, quiz.MaxPoints }));
            else
                foreach (QuizFile quiz in quizzes)
                    Console.WriteLine($"{quiz.Name,-24} {quiz.Title}: {QuizInput.Rules(quiz)}");
            return CommandLine.Done;
        });
        return command;
    }
}
