using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Gradebook;
using EsxCourse.Gradebook.Export;
using EsxCourse.Gradebook.Report;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Gradebook.Statistics;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx gradebook show / export / adjust / policy / statistics</c>: what a course has earned, and how it leaves for elsewhere.</summary>
internal static class GradebookCommand
{
    /// <summary>Where a gradebook is looked for if <c>--db</c> does not say; keeps a server's password off the command line.</summary>
    private const string PlaceVariable = "ESXCOURSE_GRADEBOOK";

    private static readonly string[] Formats = ["csv", "canvas", "gradescope"];

    public static Command Create() =>
        new("gradebook", "Show, export and adjust what was graded: exercises and quizzes.") { Show(), Export(), Adjust(), Policy(), Statistics() };

    private static Command Show()
    {
        (Option<string?> place, Option<string?> course) = Place();
        Option<string?> student = new("--student") { Description = "Show this student alone, with every check, attempt and change.", HelpName = "KEY" };
        Option<bool> json = Json();
        Command command = new("show", "Show the scores of a class, or of one student.") { place, course, student, json };
        command.SetAction(async (parsed, stop) =>
        {
            GradebookContent content = await ReadAsync(parsed, place, course, stop);
            IReadOnlyList<StudentScore> scores = StudentScore.OfAll(content);
            if (parsed.GetValue(student) is { } key)
                scores = [scores.SingleOrDefault(score => score.Student.Key == key) ?? throw NoSuch("--student", key, "student", content.Students.Select(known => known.Key))];
            if (parsed.GetValue(json))
                Console.WriteLine(GradebookJson.Of(content, scores));
            else if (parsed.GetValue(student) is not null)
                GradebookText.WriteStudent(content, scores[0], Console.Out);
            else
                GradebookText.WriteClass(content, Console.Out);
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Export()
    {
        (Option<string?> place, Option<string?> course) = Place();
        Option<string> format = new("--format") { Description = "What to write, separated by commas: csv (two tables), canvas (its gradebook's import), gradescope (results.json for each student).", HelpName = "csv,canvas,gradescope", DefaultValueFactory = _ => "csv" };
        Option<DirectoryInfo> folder = new("--out") { Description = "The folder to write to; files of an earlier export are replaced.", HelpName = "DIR", DefaultValueFactory = _ => new DirectoryInfo("grades") };
        Option<bool> json = Json();
        Command command = new("export", "Write the scores for a spreadsheet, Canvas or Gradescope.") { place, course, format, folder, json };
        command.SetAction(async (parsed, stop) =>
        {
            string[] formats = parsed.GetRequiredValue(format).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
            if (formats.Length == 0 || formats.Except(Formats).FirstOrDefault() is not null)
                throw new BadInputException("--format", $"'{parsed.GetValue(format)}' is not known", $"name some of: {string.Join(",", Formats)}");
            GradebookContent content = await ReadAsync(parsed, place, course, stop);
            List<ExportFile> files = [.. Formats.Intersect(formats).SelectMany(name => name switch
            {
                "csv" => CsvExport.Of(content),
                "canvas" => [CanvasExport.Of(content)],
                _ => GradescopeExport.Of(content),
            })];
            string root = parsed.GetRequiredValue(folder).FullName;
            ExportFile.WriteAll(files, root);

            AssignmentScore[] scores = [.. StudentScore.OfAll(content).SelectMany(student => student.Assignments)];
            int provisional = scores.Count(score => score.IsProvisional), outdated = scores.Count(score => score.IsOutdated);
            if (parsed.GetValue(json))
                JsonOutput.Print(new { course = content.Course, folder = root, files = files.Select(file => file.Path), notFinal = provisional, outdated });
            else
                Console.WriteLine($"{files.Count} {(files.Count == 1 ? "file" : "files")} in {root}.");
            if (provisional > 0)
                Console.Error.WriteLine($"{provisional} {(provisional == 1 ? "score is" : "scores are")} not final; see 'esx gradebook show'.");
            if (outdated > 0)
                Console.Error.WriteLine($"{outdated} {(outdated == 1 ? "score was" : "scores were")} graded at an older version; grade again.");
            return CommandLine.Done;
        });
        return command;
    }

    private static Command Adjust()
    {
        (Option<string?> place, Option<string?> course) = Place();
        Argument<string> student = new("student") { Description = "The student's key." };
        Argument<string> assignment = new("assignment") { Description = "The assignment's short name." };
        Option<decimal> points = new("--points") { Description = "Points to add, or to take away if negative; 0 to comment or confirm.", HelpName = "N", Required = true };
        Option<bool> set = new("--set") { Description = "Put the points in the place of what is there." };
        Option<string?> check = new("--check") { Description = "The check or question whose points change, before any late penalty. Without it, the final score changes, after the penalty.", HelpName = "ID" };
        Option<string?> submission = new("--submission") { Description = "Only for this submission. Without it, for whichever counts, also after a regrade.", HelpName = "HASH" };
        Option<string> comment = new("--comment") { Description = "Why; the student may read it.", HelpName = "TEXT", Required = true };
        Option<string> by = new("--by") { Description = "Who decided.", HelpName = "NAME", Required = true };
        Option<bool> json = Json();
        Command command = new("adjust", "Change a score by hand. It is kept beside the grader's result and survives a regrade.") { student, assignment, points, set, check, submission, comment, by, place, course, json };
        command.SetAction(async (parsed, stop) =>
        {
            await using CourseGradebook gradebook = await OpenAsync(parsed, place, course, stop);
            Adjustment adjustment = new(parsed.GetRequiredValue(student), parsed.GetRequiredValue(assignment), parsed.GetValue(set) ? AdjustmentKind.Set : AdjustmentKind.Add,
                parsed.GetValue(points), parsed.GetRequiredValue(comment), parsed.GetRequiredValue(by))
            {
                Check = parsed.GetValue(check),
                SubmissionHash = parsed.GetValue(submission),
            };
            decimal? before = (await Score()).Score;
            await gradebook.AdjustAsync(adjustment, stop);
            AssignmentScore after = await Score();
            if (parsed.GetValue(json))
                JsonOutput.Print(new { student = adjustment.Student, assignment = adjustment.Assignment, before, after = after.Score, max = after.Max, explanation = Explanation.Of(after) });
            else
                Console.WriteLine($"{PlainText.OneLine(adjustment.Student)} {adjustment.Assignment}: {before?.ToString("0.##") ?? "nothing"} → {after.Score?.ToString("0.##") ?? "nothing"} of {after.Max:0.##}");
            return CommandLine.Done;

            async Task<AssignmentScore> Score()
            {
                GradebookContent content = await gradebook.ReadAsync(stop);
                StudentScore score = StudentScore.OfAll(content).SingleOrDefault(score => score.Student.Key == adjustment.Student)
                    ?? throw NoSuch("student", adjustment.Student, "student", content.Students.Select(known => known.Key));
                return score.Assignments.SingleOrDefault(score => score.Assignment.Slug == adjustment.Assignment)
                    ?? throw NoSuch("assignment", adjustment.Assignment, "assignment", content.Assignments.Select(known => known.Slug));
            }
        });
        return command;
    }

    private static Command Policy()
    {
        (Option<string?> place, Option<string?> course) = Place();
        Argument<FileInfo?> file = new("file") { Description = "A YAML file: due dates, which attempt counts, late days and what they cost. Without it, the policy that holds is shown.", Arity = ArgumentArity.ZeroOrOne };
        Command command = new("policy", "Show the policy that turns results into scores, or set it from a file.") { file, place, course };
        command.SetAction(async (parsed, stop) =>
        {
            await using CourseGradebook gradebook = await OpenAsync(parsed, place, course, stop);
            if (parsed.GetValue(file) is { } yaml)
            {
                Policy policy = await gradebook.SetPolicyAsync(await TextFile.ReadAsync(yaml, stop), yaml.Name, stop);
                GradebookContent content = await gradebook.ReadAsync(stop);
                foreach (string slug in policy.Assignments.Keys.Concat(policy.Extensions.Keys.Select(extension => extension.Assignment)).Distinct().Except(content.Assignments.Select(assignment => assignment.Slug)).Order(StringComparer.Ordinal))
                    Console.Error.WriteLine($"Nothing of '{PlainText.OneLine(slug)}' has been graded yet; if that is a slip, mend {yaml.Name} and set it again.");
                Console.WriteLine($"Scores of course '{gradebook.Course}' follow {yaml.Name} from now on.");
            }
            else
            {
                Console.WriteLine(await gradebook.PolicyTextAsync(stop) ?? "# No policy: the best attempt counts, nothing is ever late.");
            }

            return CommandLine.Done;
        });
        return command;
    }

    private static Command Statistics()
    {
        (Option<string?> place, Option<string?> course) = Place();
        Argument<string?> assignment = new("assignment") { Description = "The assignment's short name. Without it, all of them.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> json = Json();
        Command command = new("statistics", "Show how a class did on each assignment and check: spread, difficulty, discrimination, frequent answers.") { assignment, place, course, json };
        command.SetAction(async (parsed, stop) =>
        {
            GradebookContent content = await ReadAsync(parsed, place, course, stop);
            IReadOnlyList<AssignmentStatistics> all = AssignmentStatistics.OfAll(content);
            if (parsed.GetValue(assignment) is { } slug)
                all = [all.SingleOrDefault(statistics => statistics.Assignment.Slug == slug) ?? throw NoSuch("assignment", slug, "assignment", content.Assignments.Select(known => known.Slug))];
            if (parsed.GetValue(json))
                Console.WriteLine(GradebookJson.Of(content.Course, all));
            else
                foreach (AssignmentStatistics statistics in all)
                    GradebookText.WriteStatistics(statistics, Console.Out);
            return CommandLine.Done;
        });
        return command;
    }

    private static (Option<string?> Place, Option<string?> Course) Place() => (
        new Option<string?>("--db", "--gradebook") { Description = $"The gradebook: a file, or postgres://user@host/database. Without it, what ${PlaceVariable} says, else gradebook.db here.", HelpName = "FILE" },
        new Option<string?>("--course") { Description = "The course, where a gradebook holds several.", HelpName = "NAME" });

    private static Option<bool> Json() => new("--json") { Description = "Print one JSON document." };

    // The variable's value is no default that --help would print: it may hold a password.
    private static Task<CourseGradebook> OpenAsync(ParseResult parsed, Option<string?> place, Option<string?> course, CancellationToken stop) =>
        CourseGradebook.OpenExistingAsync(
            parsed.GetValue(place) ?? (Environment.GetEnvironmentVariable(PlaceVariable) is { Length: > 0 } named ? named : "gradebook.db"), parsed.GetValue(course), stop);

    private static async Task<GradebookContent> ReadAsync(ParseResult parsed, Option<string?> place, Option<string?> course, CancellationToken stop)
    {
        await using CourseGradebook gradebook = await OpenAsync(parsed, place, course, stop);
        return await gradebook.ReadAsync(stop);
    }

    private static BadInputException NoSuch(string place, string given, string what, IEnumerable<string> known)
    {
        string[] some = [.. known.Take(6).Select(PlainText.OneLine)];
        return new BadInputException(place, $"there is no {what} '{PlainText.OneLine(given)}'", some.Length == 0 ? "grade something first" : $"name one of: {string.Join(", ", some.Take(5))}{(some.Length > 5 ? ", …" : "")}");
    }
}
