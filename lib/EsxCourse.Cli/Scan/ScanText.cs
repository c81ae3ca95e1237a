using System.Globalization;
using EsxCourse.Scan;
using Spectre.Console;

namespace EsxCourse.Cli.Scan;

/// <summary>A scan's report for the terminal.</summary>
internal static class ScanText
{
    private const int MostPairs = 10, MostProblems = 10;

    public static void Write(ScanReport report, TimeSpan time)
    {
        double gibibytes = report.Small.Total * 4096.0 / (1 << 30);
        Console.WriteLine(FormattableString.Invariant($"{report.Sources:N0} sources, {gibibytes:0.00} GiB in {time.TotalSeconds:0.0} s"));
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("pages of", "total", "shared", "reclaimed", "zero", "left");
        foreach (int number in Enumerable.Range(1, 5))
            table.Columns[number].RightAligned();
        Add(table, "4 KiB", report.Small);
        Add(table, "2 MiB", report.Large);
        AnsiConsole.Write(table);

        Section("The most shared pages", report.Most.Select(one => $"{one.Pages,12:N0}  {(one.IsZero ? "zeros; " : "")}in {one.Sources:N0} {(one.Sources == 1 ? "source" : "sources")}: {string.Join("; ", one.Places)}"), int.MaxValue);
        Section("What two of them have in common, in pages", report.Pairs.Select(pair => $"{pair.Pages,12:N0}  {pair.First} and {pair.Second}"), MostPairs);
        Section("Not read as it stood", report.Problems.Select(problem => $"  {problem.Source}: {problem.What}"), MostProblems);
    }

    public static string Share(long part, long whole) => whole == 0 ? "" : (part / (double)whole).ToString("0.0 %", CultureInfo.InvariantCulture);

    private static void Add(Table table, string size, PageCounts counts) => table.AddRow(
        size,
        Number(counts.Total),
        $"{Number(counts.Shared)} ({Share(counts.Shared, counts.Total)})",
        $"{Number(counts.Reclaimed)} ({Share(counts.Reclaimed, counts.Total)})",
        $"{Number(counts.Zero)} ({Share(counts.Zero, counts.Total)})",
        Number(counts.Distinct));

    private static string Number(long pages) => pages.ToString("N0", CultureInfo.InvariantCulture);

    private static void Section(string title, IEnumerable<string> lines, int limit)
    {
        string[] all = [.. lines];
        if (all.Length == 0)
            return;
        Console.WriteLine($"{title}:");
        foreach (string line in all.Take(limit))
            Console.WriteLine(line);
        if (all.Length > limit)
            Console.WriteLine($"  … and {all.Length - limit:N0} more; --json lists them all");
    }
}
