using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Exchange;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz export</c>: a quiz for another system.</summary>
internal static class QuizExportCommand
{
    public static Command Create()
    {
        Argument<string> name = QuizInput.Quiz();
        Option<string> format = new("--format") { Description = "gift, moodle (XML), qti12 (Canvas; a package if the file ends in .zip), qti21 (a package), csv, print (HTML with an answer sheet), or html (a page to practise with; practice quizzes only).", HelpName = "FORMAT", Required = true };
        format.AcceptOnlyFromAmong("gift", "moodle", "qti12", "qti21", "csv", "print", "html");
        Option<string?> to = new("--out") { Description = "The file to write. Without it, the text is printed.", HelpName = "FILE" };
        Option<long?> seed = QuizInput.Seed();
        Option<bool> key = new("--key") { Description = "With --format print: the key on pages of its own at the end." };
        Command command = new("export", "Write a quiz for another system, or for paper. Its key goes with it, but for paper.") { name, format, to, seed, key };
        command.SetAction(parsed =>
        {
            string wanted = parsed.GetRequiredValue(name);
            QuizFile quiz = QuizInput.Open(wanted, parsed.GetValue(seed) ?? QuizInput.UsualSeed);
            string kind = parsed.GetRequiredValue(format);
            if (kind == "html" && !quiz.Practice)
                throw new BadInputException(wanted, "is not for practice, and a page would hold its answers", "write 'practice: true' into the quiz, or take it with 'esx quiz take'");
            string? path = parsed.GetValue(to);
            bool package = kind == "qti21" || (kind == "qti12" && path?.EndsWith(".zip", StringComparison.OrdinalIgnoreCase) == true);
            if (package)
            {
                QuizOutput.Put(kind == "qti21" ? Qti21Writer.Write(quiz) : Qti12Writer.WritePackage(quiz),
                    path ?? throw new BadInputException("--format qti21", "is a zip package, which is not printed", "add '--out FILE.zip'"));
                return CommandLine.Done;
            }

            string text = kind switch
            {
                "gift" => GiftWriter.Write(quiz),
                "moodle" => MoodleXmlWriter.Write(quiz),
                "qti12" => Qti12Writer.Write(quiz),
                "csv" => CsvWriter.Write(quiz),
                "print" => PrintedPaper.Write(quiz, parsed.GetValue(seed) ?? QuizInput.UsualSeed, parsed.GetValue(key)),
                _ => $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{System.Net.WebUtility.HtmlEncode(quiz.Title)}</title></head>\n"
                    + $"<body><main>{PracticePage.Render(quiz, headingLevel: 1)}</main></body></html>\n",
            };
            QuizOutput.Put(text, path);
            return CommandLine.Done;
        });
        return command;
    }
}
