using System.CommandLine;
using System.Diagnostics;
using EsxCourse.Cli.Scan;
using EsxCourse.Contracts;
using EsxCourse.Scan;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx scan FILE…</c>: content-based sharing on real memory.</summary>
internal static class ScanCommand
{
    private const int SmallestBudget = 16, ProgressSteps = 20;

    private static readonly Argument<string[]> Inputs = new("FILE") { Description = "Files, folders (with everything below), or the memory of a process as pid:1234.", Arity = ArgumentArity.OneOrMore };
    private static readonly Option<bool> Json = new("--json") { Description = "Print the report as one JSON document." };
    private static readonly Option<string?> Html = new("--html") { Description = "Also write the report with charts to this file, a page that needs no network." };
    private static readonly Option<int> Memory = new("--memory") { Description = "Memory for the records of pages, in MiB; beyond it they go to temporary files.", DefaultValueFactory = _ => 512 };
    private static readonly Option<int> Most = new("--most") { Description = "How many of the most shared pages to name.", DefaultValueFactory = _ => 10 };

    public static Command Create()
    {
        Command command = new("scan", "Find equal pages in files, memory images, core dumps, disk images or processes: what could be shared, reclaimed, zero.") { Inputs, Json, Html, Memory, Most };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        if (parsed.GetValue(Memory) < SmallestBudget)
            throw new BadInputException("--memory", $"a scan needs {SmallestBudget} MiB at least", "write for example --memory 512");
        if (parsed.GetValue(Most) < 0)
            throw new BadInputException("--most", "is a number from 0", "write for example --most 10");
        if (parsed.GetValue(Html) is { } page && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(page))))
            throw new BadInputException(page, "its folder does not exist", "make the folder, or name another file");

        long start = Stopwatch.GetTimestamp();
        ScanInput input = ScanInput.Find(parsed.GetRequiredValue(Inputs), stop);
        ScanOptions options = new() { Budget = (long)parsed.GetValue(Memory) << 20, Most = parsed.GetValue(Most) };
        ScanReport report = null!;
        await ProgressDisplay.RunAsync(display => Task.Run(() => report = PageScan.Run(input, options, new Progress(display, input.Length), stop), stop));

        if (parsed.GetValue(Json))
            Console.WriteLine(ScanJson.Write(report));
        else
            ScanText.Write(report, Stopwatch.GetElapsedTime(start));
        if (parsed.GetValue(Html) is { } file)
        {
            await File.WriteAllTextAsync(file, ScanPage.Of(report).ToSingleFile(), stop);
            if (!parsed.GetValue(Json))
                Console.WriteLine($"Charts: {file}");
        }

        return CommandLine.Done;
    }

    /// <summary>A step for every twentieth of the bytes: a line each in a log would be too many.</summary>
    private sealed class Progress(ProgressDisplay display, long total) : IProgress<long>
    {
        private readonly IStage? stage = total > 256 << 20 ? display.Stage("scan", ProgressSteps) : null;
        private int shown;

        public void Report(long done)
        {
            int reached = (int)(done * ProgressSteps / Math.Max(total, 1));
            for (int before = shown; stage is not null && before < reached; before = shown)
                if (Interlocked.CompareExchange(ref shown, before + 1, before) == before)
                    stage.Step(FormattableString.Invariant($"{(before + 1.0) * total / ProgressSteps / (1 << 30):0.0} of {(double)total / (1 << 30):0.0} GiB"));
        }
    }
}
