using System.CommandLine;
using EsxCourse.Cli.Tools;
using EsxCourse.Contracts;
using EsxCourse.Exercises.Tax;
using EsxCourse.Grading.Sandbox;
using Spectre.Console;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx doctor</c>: what is installed, what is missing, how to get it.</summary>
internal static class DoctorCommand
{
    private static readonly SortedDictionary<string, Job> Jobs = new(StringComparer.Ordinal) { ["demo"] = Job.Demo, ["tests"] = Job.Tests };

    public static Command Create()
    {
        Option<string> job = new("--for") { Description = "Look only at what this job needs." };
        job.AcceptOnlyFromAmong(Jobs.Keys.ToArray());
        Option<bool> setup = new("--setup") { Description = "Install what is missing, with apt (as root or through sudo)." };
        Command command = new("doctor", "Say what is installed, what is missing, and how to get it.") { job, setup };
        command.SetAction(async (parsed, cancellation) =>
        {
            Job wanted = parsed.GetValue(job) is { } name ? Jobs[name] : Job.None;
            if (parsed.GetValue(setup))
                await Setup.EnsureAsync(wanted, install: true, cancellation);
            return Show(Toolbox.Probe(wanted));
        });
        return command;
    }

    private static int Show(IReadOnlyList<ToolState> states)
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("tool", "needed for", "state");
        foreach (ToolState state in states)
            table.AddRow(state.Tool.Name, Markup.Escape(state.Tool.Purpose), Markup.Escape(state.Works ? state.Detail : $"MISSING: {state.Detail}; {state.Remedy}"));
        AnsiConsole.Write(table);
        Console.Out.WriteLine($"Around a submission here: {Sandbox()}.");
        return states.All(state => state.Works) ? CommandLine.Done : CommandLine.WorkFailed;
    }

    /// <summary>What the machine allows varies, and grading goes on with less: so it is said here.</summary>
    private static string Sandbox()
    {
        try
        {
            using WorkerSandbox sandbox = WorkerSandbox.For(typeof(IMemoryTax).Assembly.Location, new SandboxLimits());
            return sandbox.Description;
        }
        catch (BadInputException none)
        {
            return $"nothing, so that grading refuses ({none.Message})";
        }
    }
}
