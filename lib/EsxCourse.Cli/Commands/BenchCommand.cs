using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using EsxCourse.Cli.Bench;
using Spectre.Console;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx bench</c>: the speed table, measured now, each figure beside its peer. Exit code 1 says that a limit does not hold.</summary>
internal static class BenchCommand
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private const int WidthInAFile = 140;

    public static Command Create()
    {
        Argument<string[]> names = new("GROUP") { Description = "What to measure; everything if nothing is named.", Arity = ArgumentArity.ZeroOrMore };
        names.AcceptOnlyFromAmong([.. BenchGroups.All.Select(group => group.Name)]);
        Option<bool> json = new("--json") { Description = "Print the figures and the machine as one JSON document." };
        string groups = string.Join(' ', BenchGroups.All.Select(group => $"{group.Name}: {group.About}."));
        Command command = new("bench", $"Measure the kit's speed on this machine, each figure beside a peer in the same run. {groups}") { names, json };
        command.SetAction((parsed, stop) =>
        {
            string[] wanted = parsed.GetValue(names) ?? [];
            return RunAsync([.. BenchGroups.All.Where(group => wanted.Length == 0 || wanted.Contains(group.Name))], parsed.GetValue(json), stop);
        });
        return command;
    }

    private static async Task<int> RunAsync(IReadOnlyList<IBenchGroup> groups, bool json, CancellationToken stop)
    {
        MachineFacts machine = MachineFacts.Now();
        List<(IBenchGroup Group, BenchRow Row)> rows = [];
        foreach (IBenchGroup group in groups)
            await foreach (BenchRow row in group.MeasureAsync(new Doing(group.Name), stop))
                rows.Add((group, row));

        if (json)
            Console.WriteLine(JsonSerializer.Serialize(new { Machine = machine, Rows = rows.Select(one => Describe(one.Group, one.Row)) }, Layout));
        else
            Show(machine, rows);
        return rows.Any(one => one.Row.Holds == false) ? CommandLine.WorkFailed : CommandLine.Done;
    }

    private static object Describe(IBenchGroup group, BenchRow row) => new
    {
        Group = group.Name,
        row.What,
        row.Figure,
        row.Unit,
        row.Peer,
        row.PeerFigure,
        row.Ratio,
        Limit = row.Limit?.ToString(),
        row.Holds,
        row.Note,
    };

    private static void Show(MachineFacts machine, List<(IBenchGroup Group, BenchRow Row)> rows)
    {
        Console.WriteLine(machine);
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WidthInAFile;
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("group", "what", "measured", "peer", "peer measured", "ratio", "limit", "");
        foreach (int number in new[] { 2, 4, 5 })
            table.Columns[number].RightAligned();
        foreach ((IBenchGroup group, BenchRow row) in rows)
            table.AddRow([.. new[]
            {
                group.Name, row.What, Number(row.Figure, row.Unit), row.Peer ?? "", Number(row.PeerFigure, row.Unit), Number(row.Ratio, ""), row.Limit?.ToString() ?? "",
                row.Holds switch { true => "holds", false => "MISSED", null => "" },
            }.Select(Markup.Escape)]);
        AnsiConsole.Write(table);
        foreach ((_, BenchRow row) in rows.Where(one => one.Row.Note is not null))
            Console.WriteLine($"{row.What}: {row.Note}");
    }

    /// <summary>Three significant digits: more would be noise.</summary>
    private static string Number(double? value, string unit) => value is { } number ? $"{number.ToString(Math.Abs(number) >= 100 ? "0" : "G3", CultureInfo.InvariantCulture)} {unit}".TrimEnd() : "";

    /// <summary>What is being measured, a line each on standard error.</summary>
    private sealed class Doing(string group) : IProgress<string>
    {
        public void Report(string value) => Console.Error.WriteLine($"{group}: {value}");
    }
}
