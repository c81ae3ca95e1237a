using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Exchange;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz import</c>: questions from another system.</summary>
internal static class QuizImportCommand
{
    public static Command Create()
    {
        Argument<string> file = new("file") { Description = "A GIFT file, a QTI 1.2 file (.xml), or a QTI 1.2 package as Canvas exports it (.zip)." };
        Option<string?> to = new("--out") { Description = "The quiz file to write. Without it, the text is printed.", HelpName = "FILE" };
        Command command = new("import", "Read questions from Moodle's GIFT format or from QTI 1.2 (Canvas) and write a quiz file. 'esx quiz lint' then says which explanations and citations it lacks.") { file, to };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            if (!File.Exists(path))
                throw new BadInputException(path, "no such file", "name a GIFT file, or a QTI 1.2 file or package");
            QuizOutput.Put(QuizYamlWriter.Write(Path.GetFileNameWithoutExtension(path), Path.GetExtension(path).ToLowerInvariant() is ".xml" or ".zip" ? Qti12Reader.ReadFile(path) : GiftReader.Read(path, File.ReadAllText(path))), parsed.GetValue(to));
            return CommandLine.Done;
        });
        return command;
    }
}
