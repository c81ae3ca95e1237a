using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Gradebook;
using EsxCourse.Gradebook.Report;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Grading;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Records;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;
using Verdict = EsxCourse.Grading.Reports.Verdict;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx grade</c>: a class, each submission in a sandbox, into the gradebook; from there to feedback, results and the class's table.</summary>
internal static class GradeCommand
{
    public static Command Create()
    {
        Argument<string> upload = new("DIR") { Description = "The class: one folder, .cs file or notebook a student; or a zip (unpacked or not) from Canvas, Moodle or Gradescope." };
        Option<string> output = new("--out") { Description = "Folder for the report, and for the gradebook.", HelpName = "DIR", Required = true };
        Option<string?> place = new("--gradebook") { Description = "Keep the results there: a file, or postgres://user@host/database. Otherwise in gradebook.db in the report's folder.", HelpName = "PLACE" };
        Option<string> course = new("--course") { Description = "The course in the gradebook.", HelpName = "NAME", DefaultValueFactory = _ => CourseGradebook.DefaultCourse };
        Option<bool> regrade = new("--regrade") { Description = "Grade again what has a result, too, and show what changes. Otherwise only what is missing is graded." };
        Option<FileInfo?> policy = new("--policy") { Description = "A YAML file: due dates, which attempt counts, late days and what they cost. It holds from now on (see 'esx gradebook policy').", HelpName = "FILE" };
        Option<FileInfo?> times = new("--times") { Description = "A YAML file that says when students handed in, a line each, like ann: 2026-11-20T23:10:00-06:00. Otherwise Gradescope's data or the files' own times do.", HelpName = "FILE" };
        Option<string?> exercise = new("--exercise") { Description = "Take every submission as one to this exercise; otherwise the contract that it implements tells.", HelpName = "SLUG" };
        Option<int> jobs = new("--jobs") { Description = "How many submissions at once. Results do not depend on it.", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string?> secret = new("--secret") { Description = "File with the course's secret, from which hidden inputs are drawn. Otherwise one of your own is made and kept.", HelpName = "FILE" };
        Option<bool> json = new("--json") { Description = "Print results.json on standard output, and nothing else there." };
        Option<bool> isUnsafe = new("--unsafe") { Description = "Run submissions without a sandbox, for code of your own where there is none. Every report says so." };
        Command command = new("grade", "Grade a class. Student code runs in a sandbox and never sees what is expected of it. Stopped, it goes on where it was.")
        {
            upload, output, place, course, regrade, policy, times, exercise, jobs, secret, json, isUnsafe,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            ExerciseCatalog catalog = CourseExercises.Load();
            string folder = parsed.GetRequiredValue(output);
            ReportFiles.CheckPlace(folder);
            GradingOptions options = new() { Secret = CourseSecret.Read(parsed.GetValue(secret)), Jobs = parsed.GetValue(jobs), Exercise = parsed.GetValue(exercise), Unsafe = parsed.GetValue(isUnsafe) };
            ClassGrader grader = new(catalog, options);
            HandInTimes? known = parsed.GetValue(times) is { } timesFile ? HandInTimes.Parse(await TextFile.ReadAsync(timesFile, cancellation), timesFile.Name) : null;
            string? rules = parsed.GetValue(policy) is { } policyFile ? await TextFile.ReadAsync(policyFile, cancellation) : null;
            if (rules is not null)
                PolicyFile.Parse(rules, parsed.GetValue(policy)!.Name);
            IReadOnlyList<Submission> submissions = SubmissionFolder.Read(parsed.GetRequiredValue(upload), catalog, options.Exercise is string slug ? catalog.Find(slug) : null, known);
            if (string.IsNullOrWhiteSpace(parsed.GetValue(course)))
                throw new BadInputException("--course", "is empty", "name the course");

            string? elsewhere = parsed.GetValue(place);
            if (elsewhere is null)
                ReportFiles.Prepare(folder);
            await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(elsewhere ?? Path.Combine(folder, ReportFiles.Gradebook), parsed.GetValue(course)!, cancellation);
            ReportFiles.Prepare(folder);
            if (rules is not null)
                await gradebook.SetPolicyAsync(rules, parsed.GetValue(policy)!.Name, cancellation);
            Warn(submissions, known);
            GradedClass? graded = null;
            await ProgressDisplay.RunAsync(async progress => graded =
                await new ClassRecord(grader, gradebook).GradeAsync(submissions, parsed.GetValue(regrade), new Steps(progress), cancellation));
            ReportFiles.Write(graded!, catalog, folder);
            if (parsed.GetValue(json))
                Console.Out.Write(ClassReportJson.Write(graded!.Report));
            else
                Show(graded!, parsed.GetValue(regrade), folder, gradebook.Place);
            return graded!.Report.Submissions.Any(s => s.Verdict == Verdict.GraderBroke) ? CommandLine.WorkFailed : CommandLine.Done;
        });
        return command;
    }

    /// <summary>Says where a time may be wrong or a name misspelled, for the teacher to judge.</summary>
    private static void Warn(IReadOnlyList<Submission> submissions, HandInTimes? known)
    {
        int late = submissions.Count(s => s.HandIn is { IsMarkedLate: true, IsCertain: false });
        if (late > 0)
            Console.Error.WriteLine($"{late} submissions are marked late, but not by how much: their files' own times count unless --times says better.");
        string[] unknown = [.. (known?.Students ?? []).Except(submissions.Select(s => s.Student)).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
            Console.Error.WriteLine($"--times names students who handed nothing in: {string.Join(", ", unknown.Take(5).Select(PlainText.OneLine))}{(unknown.Length > 5 ? ", …" : "")}.");
    }

    private static void Show(GradedClass graded, bool regrade, string folder, string gradebook)
    {
        int width = graded.Report.Submissions.Max(s => s.Student.Length);
        foreach (SubmissionReport s in graded.Report.Submissions)
            Console.Out.WriteLine($"{s.Student.PadRight(width)}  {s.Exercise}  {s.Points,3} of {s.Max,-3}  {s.Verdict,-16}  {s.Summary}");
        if (graded.Report.Submissions.Any(s => s.Unsafe))
            Console.Error.WriteLine("Run with --unsafe, without a sandbox: fit for code of one's own, not for grades.");
        foreach (ResultDiff change in graded.Changes)
            Console.Out.WriteLine($"Changed: {change}");
        int all = graded.Report.Submissions.Length, kept = all - graded.Graded;
        if (regrade)
            Console.Out.WriteLine(ChangesPage.Summary(graded));
        else if (kept > 0)
            Console.Out.WriteLine($"{graded.Graded} graded; {kept} had a result already (--regrade grades them again).");
        Console.Out.WriteLine($"Report: {Path.Combine(folder, "class.html")}");
        Console.Out.WriteLine($"Gradebook: {gradebook}");
    }

    private sealed class Steps(ProgressDisplay display) : IProgress<GradingProgress>
    {
        private readonly Lock turn = new();
        private IStage? stage;

        public void Report(GradingProgress value)
        {
            lock (turn)
                stage ??= display.Stage("Class", value.Total);
            stage.Step($"{value.Latest.Student}, {value.Latest.Points} of {value.Latest.Max}");
        }
    }
}
