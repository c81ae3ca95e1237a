using System.CommandLine;
using EsxCourse.Grading;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx grade</c>: a folder of submissions, each in a sandbox, to feedback, results and the class's table.</summary>
internal static class GradeCommand
{
    public static Command Create()
    {
        Argument<string> folder = new("DIR") { Description = "One folder or .cs file a student." };
        Option<string> output = new("--out") { Description = "Folder for the report.", Required = true };
        Option<string> exercise = new("--exercise") { Description = "Take every submission as one to this exercise; otherwise the contract that it implements tells." };
        Option<int> jobs = new("--jobs") { Description = "How many submissions at once. Results do not depend on it.", DefaultValueFactory = _ => Environment.ProcessorCount };
        Option<string> secret = new("--secret") { Description = "File with the course's secret, from which hidden inputs are drawn. Otherwise one of your own is made and kept." };
        Option<bool> json = new("--json") { Description = "Print results.json on standard output, and nothing else there." };
        Option<bool> isUnsafe = new("--unsafe") { Description = "Run submissions without a sandbox, for code of your own where there is none. Every report says so." };
        Command command = new("grade", "Grade a class. Student code runs in a sandbox and never sees what is expected of it.") { folder, output, exercise, jobs, secret, json, isUnsafe };
        command.SetAction(async (parsed, cancellation) =>
        {
            ExerciseCatalog catalog = CourseExercises.Load();
            string place = parsed.GetRequiredValue(output);
            ReportFiles.CheckPlace(place);
            GradingOptions options = new() { Secret = CourseSecret.Read(parsed.GetValue(secret)), Jobs = parsed.GetValue(jobs), Exercise = parsed.GetValue(exercise), Unsafe = parsed.GetValue(isUnsafe) };
            ClassReport report = await new ClassGrader(catalog, options).GradeAsync(parsed.GetRequiredValue(folder), new Progress(), cancellation);
            ReportFiles.Write(report, catalog, place);
            if (parsed.GetValue(json))
                Console.Out.Write(ClassReportJson.Write(report));
            else
                Show(report, place);
            return report.Submissions.Any(s => s.Verdict == Verdict.GraderBroke) ? CommandLine.WorkFailed : CommandLine.Done;
        });
        return command;
    }

    private static void Show(ClassReport report, string place)
    {
        int width = report.Submissions.Max(s => s.Student.Length);
        foreach (SubmissionReport s in report.Submissions)
            Console.Out.WriteLine($"{s.Student.PadRight(width)}  {s.Exercise}  {s.Points,3} of {s.Max,-3}  {s.Verdict,-16}  {s.Summary}");
        if (report.Submissions.Any(s => s.Unsafe))
            Console.Error.WriteLine("Run with --unsafe, without a sandbox: fit for code of one's own, not for grades.");
        Console.Out.WriteLine($"Report: {Path.Combine(place, "class.html")}");
    }

    /// <summary>A line a submission on standard error.</summary>
    private sealed class Progress : IProgress<GradingProgress>
    {
        public void Report(GradingProgress value) =>
            Console.Error.WriteLine($"[{value.Done}/{value.Total}] {value.Latest.Student}: {value.Latest.Points} of {value.Latest.Max}");
    }
}
