using System.CommandLine;
using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Exchange;
using EsxCourse.Quiz.Rendering;
using EsxCourse.Quiz.Taking;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz list / lint / take / score / analyse / export / import / serve</c>: the quizzes of the kit, or any quiz file.</summary>
/// <remarks>A quiz is named by its file, or by its name in <c>exercises/quizzes</c>.</remarks>
internal static class QuizCommand
{
    private const long UsualSeed = 1;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    public static Command Create() => new("quiz", "List, check, take, score, analyse, export and import quizzes.") { List(), Lint(), Take(), Score(), Analyse(), Export(), Import(), QuizServeCommand.Create() };

    private static Command List()
    {
        Option<bool> json = JsonOption();
        Command command = new("list", "List the quizzes of the kit.") { json };
        command.SetAction(parsed =>
        {
            QuizBank bank = QuizBank.Load(Folder());
            QuizFile[] quizzes = [.. bank.Quizzes.Select(quiz => bank.Assemble(quiz, seed: 1))];
            if (parsed.GetValue(json))
                Print(quizzes.Select(quiz => new { quiz.Name, quiz.Title, questions = quiz.Items.Count, quiz.Pick, minutes = quiz.TimeLimit?.TotalMinutes, quiz.MaxPoints }));
            else
                foreach (QuizFile quiz in quizzes)
                    Console.WriteLine($"{quiz.Name,-24} {quiz.Title}: {Rules(quiz)}");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Lint()
    {
        Argument<string?> file = new("file") { Description = "A quiz file or a folder of them. Without it, the quizzes of the kit.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = JsonOption();
        Command command = new("lint", "Check quiz files: every key, type, id, citation and rubric. The first fault of each file is reported with its line.") { file, json };
        command.SetAction(parsed =>
        {
            string place = parsed.GetValue(file) ?? Folder();
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
                Print(new { files = files.Count, questions, faults = faults.Select(bad => new { bad.Place, bad.Problem, bad.Remedy }) });
            else if (faults.Count == 0)
                Console.WriteLine($"{files.Count} {(files.Count == 1 ? "file" : "files")}, {questions} questions, no fault.");
            return faults.Count == 0 ? CommandLine.Done : CommandLine.BadInput;
        });
        return command;
    }

    private static Command Take()
    {
        Argument<string> name = QuizArgument();
        Option<bool> json = JsonOption();
        Option<string?> student = new("--student") { Description = "Who answers.", HelpName = "NAME" };
        Option<long?> seed = SeedOption();
        Option<string?> to = new("--out") { Description = "Keep the answers in this file, for 'esx quiz score'.", HelpName = "FILE" };
        Command command = new("take", "Take a quiz here: pick, answer, and see the score. Reads lines, so that answers may come from a pipe.") { name, student, seed, to, json };
        command.SetAction(async (parsed, stop) =>
        {
            long drawn = parsed.GetValue(seed) ?? UsualSeed;
            QuizFile quiz = Open(parsed.GetRequiredValue(name), drawn);
            TerminalQuiz terminal = new(Console.In, parsed.GetValue(json) ? Console.Error : Console.Out, TimeProvider.System);
            AnswerSheet? sheet = await terminal.TakeAsync(quiz, stop);
            if (sheet is null)
                throw new BadInputException("standard input", "ended before the questions were picked", "write the numbers of the questions, then each answer, ended by an empty line");
            sheet = sheet with { Student = parsed.GetValue(student), Seed = drawn };
            if (parsed.GetValue(to) is { } path)
                Put(sheet.ToYaml(), path);
            Show(QuizScorer.Score(quiz, sheet), parsed.GetValue(json));
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Score()
    {
        Argument<string> name = QuizArgument();
        Argument<string> answers = new("answers") { Description = "A YAML file: 'quiz: NAME' and 'answers:' with one 'ID: |' for each picked question." };
        Option<long?> seed = SeedOption();
        Option<bool> json = JsonOption();
        Command command = new("score", "Score answers from a file.") { name, answers, seed, json };
        command.SetAction(parsed =>
        {
            string file = parsed.GetRequiredValue(answers);
            QuizFile quiz = Open(parsed.GetRequiredValue(name), parsed.GetValue(seed) ?? AnswerSheet.SeedOf(file) ?? UsualSeed);
            Show(QuizScorer.Score(quiz, AnswerSheet.Load(file, quiz)), parsed.GetValue(json));
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Analyse()
    {
        Argument<string> name = QuizArgument();
        Argument<string> folder = new("answers") { Description = "A folder of answer files (*.yaml), one a student, as 'esx quiz take --out' writes them." };
        Option<bool> json = JsonOption();
        Command command = new("analyse", "Say of each question how hard it was for a class, whether it told good students from weak ones, and what was answered.") { name, folder, json };
        command.SetAction(parsed =>
        {
            string place = parsed.GetRequiredValue(folder);
            string[] files = Directory.Exists(place) ? [.. Directory.GetFiles(place, "*.yaml").Order(StringComparer.Ordinal)] : [];
            if (files.Length == 0)
                throw new BadInputException(place, "holds no answer files", "name a folder with one *.yaml a student");
            IReadOnlyList<ItemStatistics> items = ItemAnalysis.Of([.. files.Select(file =>
            {
                QuizFile quiz = Open(parsed.GetRequiredValue(name), AnswerSheet.SeedOf(file) ?? UsualSeed);
                return QuizScorer.Score(quiz, AnswerSheet.Load(file, quiz));
            })]);
            if (parsed.GetValue(json))
            {
                Print(items);
                return CommandLine.Done;
            }

            Console.WriteLine($"{"question",-28} {"answered",8} {"earned",7} {"discriminates",13}  answered most");
            foreach (ItemStatistics item in items)
                Console.WriteLine($"{item.Id,-28} {item.Answered,8} {item.MeanFraction * 100,5:0} % {(item.Discrimination is { } told ? $"{told:0.00}" : "-"),13}  {string.Join("; ", item.Chosen.Take(3).Select(chosen => $"{chosen.Value} x {chosen.Key}"))}");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Export()
    {
        Argument<string> name = QuizArgument();
        Option<string> format = new("--format") { Description = "gift, moodle (XML), qti12 (Canvas), csv, or html (a page to practise with; practice quizzes only).", HelpName = "FORMAT", Required = true };
        format.AcceptOnlyFromAmong("gift", "moodle", "qti12", "csv", "html");
        Option<string?> to = new("--out") { Description = "The file to write. Without it, the text is printed.", HelpName = "FILE" };
        Option<long?> seed = SeedOption();
        Command command = new("export", "Write a quiz for another system. Its key goes with it.") { name, format, to, seed };
        command.SetAction(parsed =>
        {
            string wanted = parsed.GetRequiredValue(name);
            QuizFile quiz = Open(wanted, parsed.GetValue(seed) ?? UsualSeed);
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
            Put(text, parsed.GetValue(to));
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Import()
    {
        Argument<string> file = new("file") { Description = "A GIFT file." };
        Option<string?> to = new("--out") { Description = "The quiz file to write. Without it, the text is printed.", HelpName = "FILE" };
        Command command = new("import", "Read questions from Moodle's GIFT format and write a quiz file. 'esx quiz lint' then says which explanations and citations it lacks.") { file, to };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            if (!File.Exists(path))
                throw new BadInputException(path, "no such file", "name a GIFT file");
            Put(QuizYamlWriter.Write(Path.GetFileNameWithoutExtension(path), GiftReader.Read(path, File.ReadAllText(path))), parsed.GetValue(to));
            return CommandLine.Done;
        });
        return command;
    }

    private static void Put(string text, string? path)
    {
        if (path is null)
        {
            Console.Out.Write(text);
            return;
        }

        try
        {
            File.WriteAllText(path, text);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, "cannot be written", "name a file in a folder that exists", cause);
        }
    }

    private static void Show(QuizScore score, bool json)
    {
        if (!json)
        {
            Console.WriteLine();
            ScoreText.Write(score, Console.Out);
            return;
        }

        Print(new
        {
            quiz = score.Quiz.Name,
            score.Student,
            score.Points,
            score.Max,
            score.NeedsConfirmation,
            questions = score.Questions.Select(question => new
            {
                question.Item.Id,
                question.Points,
                question.Max,
                question.Confidence,
                question.NeedsConfirmation,
                found = question.Found.Select(Evidence),
                missed = question.Missed.Select(concept => new { concept.Name, concept.Says, concept.Weight }),
                mistakes = question.Mistakes.Select(Evidence),
                question.Remarks,
                question.Feedback,
                key = question.Item is FreeTextItem ? null : question.Item.Key,
                question.Item.Explanation,
                cites = question.Item.Cites.Select(cite => cite.Text),
            }),
        });

        static object Evidence(FoundConcept found) => new { found.Concept.Name, found.Concept.Says, found.Concept.Weight, found.Evidence, found.Start, found.Length };
    }

    private static QuizFile Open(string name, long seed)
    {
        bool isFile = File.Exists(name) || name.EndsWith(".yaml", StringComparison.Ordinal);
        QuizFile? file = isFile ? QuizFile.Load(name) : null;
        if (file is { Draws.Count: 0 })
            return file.Vary(seed);
        QuizBank bank = QuizBank.Load(Folder());
        return bank.Assemble(file ?? bank.Find(name), seed);
    }

    private static string Rules(QuizFile quiz) =>
        (quiz.Pick == quiz.Items.Count ? $"{quiz.Items.Count} questions" : $"pick {quiz.Pick} of {quiz.Items.Count}")
        + (quiz.TimeLimit is { } limit ? $", {limit.TotalMinutes:0.#} min" : "") + $", {quiz.MaxPoints:0.#} points";

    private static string Folder() => Path.Combine(KitRoot.Find(), "exercises", "quizzes");

    private static Argument<string> QuizArgument() => new("quiz") { Description = "A quiz of the kit by name (see 'esx quiz list'), or a quiz file." };

    private static Option<long?> SeedOption() =>
        new("--seed") { Description = "The student's seed: the order of options and, in computed questions, the numbers. Without it, the one that the answers name, or 1.", HelpName = "N" };

    private static Option<bool> JsonOption() => new("--json") { Description = "Print one JSON document and nothing else." };

    private static void Print(object document) => Console.WriteLine(JsonSerializer.Serialize(document, Json));
}
