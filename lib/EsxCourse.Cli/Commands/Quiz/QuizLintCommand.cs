using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Quiz;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz lint</c>: are these quiz files right? Each fault with its line and a remedy; exit code 2 if there is one.</summary>
internal static class QuizLintCommand
{
    public static Command Create()
    {
        Argument<string?> file = new("file") { Description = "A quiz file or a folder of them. Without it, the quizzes of the kit.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = QuizInput.Json();
        Command command = new("lint", "Check quiz files: every key, type, id, citation and rubric. The first fault of each file is reported with its line.") { file, json };
        command.SetAction(parsed =>
        {
            string place = parsed.GetValue(file) ?? QuizInput.Folder();
            IReadOnlyList<string> files = Directory.Exists(place) ? QuizBank.Files(place) : [place];
            List<BadInputException> faults = [];
            int questions = 0;
            foreach (string path in files)
            {
                try
                {
                    questions += QuizFile.Load(path).Items.Count;
                }
                catch (BadInputException bad)
                {
                    faults.Add(bad);
                }
            }

            foreach (BadInputException bad in faults)
                Console.Error.WriteLine(bad.Message);
            if (parsed.GetValue(json))
                JsonOutput.Print(new { files = files.Count, questions, faults = faults.Select(bad => new { bad.Place, bad.Problem, bad.Remedy }) });
            else if (faults.Count == 0)
                Console.WriteLine($"{files.Count} {(files.Count == 1 ? "file" : "files")}, {questions} questions, no fault.");
            return faults.Count == 0 ? CommandLine.Done : CommandLine.BadInput;
        });
        return command;
    }
}
