using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Exchange;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz import</c>: questions from another system.</summary>
internal static class QuizImportCommand
{
    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "A GIFT file." };
        Option<string?> to = new("--out") { Description = "The quiz file to write. Without it, the text is printed.", HelpName = "FILE" };
        Command command = new("import", "Read questions from Moodle's GIFT format and write a quiz file. 'esx quiz lint' then says which explanations and citations it lacks.") { file, to };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            if (!File.Exists(path))
                throw new BadInputException(path, "no such file", "name a GIFT file");
            QuizOutput.Put(QuizYamlWriter.Write(Path.GetFileNameWithoutExtension(path), GiftReader.Read(path, File.ReadAllText(path))), parsed.GetValue(to));
            return CommandLine.Done;
        });
        return command;
    }
}
