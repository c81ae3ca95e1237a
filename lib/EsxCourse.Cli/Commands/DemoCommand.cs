using System.CommandLine;
using EsxCourse.Cli.Demo;
using EsxCourse.Cli.Tools;
using Spectre.Console;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx demo</c>: the kit's main job on its own material, and one report to look at.</summary>
internal static class DemoCommand
{
    public static Command Create()
    {
        Option<string> output = new("--out") { Description = "Write the report into this folder.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("out", "demo") };
        Option<bool> setup = new("--setup") { Description = "First install what is missing, with apt (as root or through sudo)." };
        Option<bool> json = new("--json") { Description = "Print the outcome as one JSON document." };
        Command command = new("demo", "Run every lecture, score the quiz with its answer key, grade a sample class, and write one report.") { output, setup, json };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(output)!, parsed.GetValue(setup), parsed.GetValue(json), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string output, bool setup, bool json, CancellationToken cancellation)
    {
        string kit = KitRoot.Find();
        await Setup.EnsureAsync(Job.Demo, setup, cancellation);
        DemoResult? result = null;
        await ProgressDisplay.RunAsync(async progress => result = await new DemoRunner(kit, output).RunAsync(progress, cancellation));
        if (json)
            Console.Out.Write(result!.ToJson() + "\n");
        else
            Show(result!);
        return result!.Succeeded ? CommandLine.Done : CommandLine.WorkFailed;
    }

    private static void Show(DemoResult result)
    {
        Table lectures = new Table().Border(TableBorder.Rounded).AddColumns("lecture", "cells", "failed");
        foreach (NotebookResult notebook in result.Notebooks)
            lectures.AddRow(Markup.Escape(notebook.Title), $"{notebook.Cells}", Markup.Escape(notebook.Failed == 0 ? "none" : string.Join("; ", notebook.Failures)));
        Table students = new Table().Border(TableBorder.Rounded).AddColumns("student", "points", "what happened");
        foreach (SubmissionResult submission in result.Submissions)
            students.AddRow(Markup.Escape(submission.Student), $"{submission.Points:0.##} of {submission.Max:0.##}", Markup.Escape(submission.Verdict));
        AnsiConsole.Write(lectures);
        AnsiConsole.MarkupLine($"{Markup.Escape(result.Quiz.Title)}: {result.Quiz.Points:0.#} of {result.Quiz.Max:0.#} points for the answer key.");
        AnsiConsole.Write(students);
        Console.Out.WriteLine($"The report, for any browser and without a network: {result.Report}");
    }
}
