using System.CommandLine;
using EsxCourse.Quiz;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz score</c>: points and reasons for answers from a file.</summary>
internal static class QuizScoreCommand
{
    public static Command Create()
    {
        Argument<string> name = QuizInput.Quiz();
        Argument<string> answers = new("answers") { Description = "A YAML file: 'quiz: NAME' and 'answers:' with one 'ID: |' for each picked question." };
        Option<long?> seed = QuizInput.Seed();
        Option<bool> json = QuizInput.Json();
        Command command = new("score", "Score answers from a file.") { name, answers, seed, json };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(answers);
            QuizFile quiz = QuizInput.Open(parsed.GetRequiredValue(name), parsed.GetValue(seed) ?? AnswerSheet.SeedOf(file) ?? QuizInput.UsualSeed);
            QuizOutput.Show(QuizScorer.Score(quiz, AnswerSheet.Load(file, quiz)), parsed.GetValue(json));
            return CommandLine.Done;
        });
        return command;
    }
}
