using System.Globalization;
using EsxCourse.Contracts;
using EsxCourse.Experiments;
using EsxCourse.Lecture;
using EsxCourse.Notebooks;
using Spectre.Console;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx sim FILE --sweep …</c>: one table and one chart over many runs.</summary>
internal static class SimSweep
{
    private const int WidthInAFile = 140, WidthOfBars = 100;
    private const string Log = "sweep.jsonl", Page = "sweep.html";

    public static async Task<int> RunAsync(Sweep sweep, string? folder, bool json, CancellationToken stop)
    {
        if (folder is not null)
            MakeFolder(folder);
        IReadOnlyList<SweepPoint> points = [];
        await ProgressDisplay.RunAsync(display => Task.Run(() => points = sweep.Run(folder is null ? null : Path.Combine(folder, Log), new Progress(display, sweep), stop), stop));
        IReadOnlyList<SweepRow> rows = SweepRow.Of(points);
        if (folder is not null)
            await File.WriteAllTextAsync(Path.Combine(folder, Page), PageOf(sweep, rows).ToSingleFile(), stop);

        if (json)
        {
            JsonOutput.Print(new { Scenario = sweep.Name, Key = sweep.Axis.Path, sweep.Seeds, Rows = rows, Runs = points });
            return CommandLine.Done;
        }

        Console.WriteLine($"{sweep.Name}: {sweep.Axis.Values.Count} values of {sweep.Axis.Path}, {sweep.Seeds} seed{(sweep.Seeds == 1 ? "" : "s")} each");
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthInAFile;
        Table table = new Table().Border(TableBorder.Rounded);
        foreach (string column in Columns(sweep, rows))
            table.AddColumn(new TableColumn(Markup.Escape(column)) { Alignment = Justify.Right });
        foreach (SweepRow row in rows)
            table.AddRow([.. Cells(row).Select(Markup.Escape)]);
        AnsiConsole.Write(table);
        AnsiConsole.Write(Bars(rows));
        Console.WriteLine(folder is null ? "With --out DIR, a chart of memory and operations to look at, and a sweep that can be stopped and taken up again." : $"Chart: {Path.Combine(folder, Page)}");
        return CommandLine.Done;
    }

    // The chart as far as a terminal can draw it.
    private static BarChart Bars(IReadOnlyList<SweepRow> rows)
    {
        BarChart bars = new BarChart().Width(Math.Min(WidthOfBars, AnsiConsole.Profile.Width)).Label("operations");
        foreach (SweepRow row in rows)
            bars.AddItem(Markup.Escape(row.Value), Math.Round(row.Operations));
        return bars;
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(folder, "cannot be made", "give --out a folder that can be written", cause);
        }
    }

    private static IEnumerable<string> Columns(Sweep sweep, IReadOnlyList<SweepRow> rows) =>
        [sweep.Axis.Path, .. rows[0].Vms.Select(vm => $"{vm.Name}, MiB"), "operations", "least to most", "swapped pages", "s under pressure"];

    private static IEnumerable<string> Cells(SweepRow row) =>
    [
        row.Value, .. row.Vms.Select(vm => Text(vm.AllocatedMiB, "0.0")), Text(row.Operations, "N0"),
        $"{Text(row.LeastOperations, "N0")} to {Text(row.MostOperations, "N0")}", Text(row.SwapTransfers, "N0"), Text(row.SecondsUnderPressure, "0.0"),
    ];

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static HtmlPage PageOf(Sweep sweep, IReadOnlyList<SweepRow> rows)
    {
        string Row(IEnumerable<string> cells, string element) => $"<tr>{string.Concat(cells.Select(cell => $"<{element}>{System.Net.WebUtility.HtmlEncode(cell)}</{element}>"))}</tr>\n";
        string table = $"<div class=\"wide\"><table>\n<thead>{Row(Columns(sweep, rows), "th")}</thead>\n<tbody>\n{string.Concat(rows.Select(row => Row(Cells(row), "td")))}</tbody>\n</table></div>\n";
        return new HtmlPage(Page, $"{sweep.Name}: a sweep of {sweep.Axis.Path}", SweepCharts.MemoryAndOperations(sweep, rows).ToPageHtml() + table);
    }

    /// <summary>A step for every run, those of an earlier time at once.</summary>
    private sealed class Progress(ProgressDisplay display, Sweep sweep) : IProgress<SweepPoint>
    {
        private readonly IStage stage = display.Stage("sweep", sweep.Runs);

        public void Report(SweepPoint value) => stage.Step($"{sweep.Axis.Path}={value.Value}, seed {value.Seed}");
    }
}
