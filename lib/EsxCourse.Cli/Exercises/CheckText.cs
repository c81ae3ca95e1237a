using System.Collections.Immutable;
using EsxCourse.Grading;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;
using Spectre.Console;

namespace EsxCourse.Cli.Exercises;

/// <summary>What <c>esx exercise check</c> prints: a table of the checks, and for each that was lost its hint and the steps up to where expectation and answer part.</summary>
internal static class CheckText
{
    /// <summary>course choice: as many steps as a screen shows with a table above them.</summary>
    private const int MaxSteps = 16;

    public static void Print(SubmissionReport report)
    {
        Console.WriteLine($"{report.Exercise}: {report.Points} of {report.Max} points of the checks that you have.");
        if (!report.CompileErrors.IsEmpty)
        {
            Console.WriteLine("It does not compile:");
            foreach (CompileError error in report.CompileErrors)
                Console.WriteLine($"  {error}");
            return;
        }

        Table table = new Table().Border(TableBorder.Rounded).AddColumns("check", "points", "what happened");
        foreach (CheckReport check in report.Checks)
            table.AddRow(new Text(check.Name), new Text($"{check.Points} of {check.Max}"), new Text(check.Reason));
        AnsiConsole.Write(table);
        foreach (CheckReport check in report.Checks.Where(c => c.Hint is not null))
        {
            Console.WriteLine($"{check.Name}. Hint: {check.Hint}");
            if (check.Steps is { } steps && steps.Any(s => s.Expected.Length > 0))
                AnsiConsole.Write(Steps(steps));
        }

        foreach (string note in report.Notes)
            Console.WriteLine(note);
    }

    /// <summary>Two columns, the first difference marked. Of a long play the steps around it.</summary>
    private static Table Steps(ImmutableArray<PlayedStep> steps)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("", "step", "expected", "your code");
        int parted = Math.Max(0, steps.IndexOf(steps.FirstOrDefault(s => s.Differs)!));
        int first = Math.Clamp(parted - MaxSteps + MaxSteps / 4, 0, Math.Max(0, steps.Length - MaxSteps));
        if (first > 0)
            table.AddRow("", $"({first} before, as expected)", "", "");
        foreach (PlayedStep step in steps.Skip(first).Take(MaxSteps))
        {
            string what = step.Differs && step.What.Length > 0 ? $"{step.Step}: {step.What}" : step.Step;
            Style style = step.Differs ? new Style(decoration: Decoration.Bold) : Style.Plain;
            table.AddRow(new Text(step.Differs ? ">" : ""), new Text(what, style), new Text(step.Expected, style), new Text(step.Actual, style));
        }

        int after = steps.Length - first - MaxSteps;
        if (after > 0)
            table.AddRow("", $"({after} more)", "", "");
        return table;
    }
}
