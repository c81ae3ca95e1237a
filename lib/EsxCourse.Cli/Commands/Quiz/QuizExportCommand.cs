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
        Option<string> format = new("--format") { Description = "gift, moodle (XML), qti12 (Canvas), csv, or html (a page to practise with; practice quizzes only).", HelpName = "FORMAT", Required = true };
        format.AcceptOnlyFromAmong("gift", "moodle", "qti12", "csv", "html");
        Option<string?> to = new("--out") { Description = "The file to write. Without it, the text is printed.", HelpName = "FILE" };
        Option<long?> seed = QuizInput.Seed();
        Command command = new("export", "Write a quiz for another system. Its key goes with it.") { name, format, to, seed };
        command.SetAction(parsed =>
        {
            string wanted = parsed.GetRequiredValue(name);
            QuizFile quiz = QuizInput.Open(wanted, parsed.GetValue(seed) ?? QuizInput.UsualSeed);
            string kind = parsed.GetRequiredValue(format);
            if (kind == "html" && !quiz.Practice)
                throw new BadInputException(wanted, "is not for practice, and a page would hold its answers", "write 'practice: true' into the quiz, or take it with 'esx quiz take'");
            string text = kind switch
            {
                "gift" => GiftWriter.Write(quiz),
                "moodle" => MoodleXmlWriter.Write(quiz),
                "qti12" => Qti12Writer.Write(quiz),
                "csv" => CsvWriter.Write(quiz),
                _ => $"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{System.Net.WebUtility.HtmlEncode(quiz.Title)}</title></head>\n"
                    + $"<body><main>{PracticePage.Render(quiz, headingLevel: 1)}</main></body></html>\n",
            };
            QuizOutput.Put(text, parsed.GetValue(to));
            return CommandLine.Done;
        });
        return command;
    }
}
