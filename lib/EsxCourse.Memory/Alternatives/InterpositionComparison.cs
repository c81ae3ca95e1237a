using System.Collections.Immutable;

namespace EsxCourse.Memory.Alternatives;

/// <summary>How large the common workload is.</summary>
/// <param name="Processes">How many processes, at least 1.</param>
/// <param name="Steps">Steps of the workload between its first and its last process.</param>
public sealed record InterpositionOptions(int Processes = 8, int Steps = 20_000);

/// <summary>ESX, Xen and Arrakis on one workload. Prints as a table: what was interposed, how often, and what each can no longer do.</summary>
/// <param name="Reports">A report for each system, in that order.</param>
/// <param name="Operations">Operations of the workload.</param>
public sealed record InterpositionComparison(ImmutableArray<InterpositionReport> Reports, int Operations)
{
    /// <summary>Runs the workload under all three.</summary>
    /// <param name="seed">The seed of the workload.</param>
    /// <param name="options">Its size.</param>
    /// <returns>The comparison.</returns>
    public static InterpositionComparison Run(ulong seed, InterpositionOptions options)
    {
        CommonWorkload workload = CommonWorkload.Generate(seed, options.Processes, options.Steps);
        return new InterpositionComparison([EsxInterposition.Run(workload), XenInterposition.Run(workload), ArrakisInterposition.Run(workload)], workload.Operations.Count);
    }

    /// <summary>The table.</summary>
    public override string ToString()
    {
        List<string[]> rows = [["interposed", .. Reports.Select(r => r.System)]];
        foreach (Interposition occasion in Enum.GetValues<Interposition>())
            rows.Add([$"{occasion}", .. Reports.Select(r => $"{r.Of(occasion)}")]);
        rows.Add(["in all", .. Reports.Select(r => $"{r.Total}")]);
        rows.Add(["entries checked or followed", .. Reports.Select(r => $"{r.EntriesValidated}")]);
        foreach (Technique technique in Technique.OfEsx)
            rows.Add([$"{technique.Name} ({technique.Section})", .. Reports.Select(r => r.Lost.Contains(technique) ? "no" : "yes")]);
        int[] widths = [.. rows[0].Select((_, column) => rows.Max(row => row[column].Length))];
        return $"{Operations} operations of one guest\n" + string.Concat(rows.Select(row =>
            string.Join("  ", row.Select((cell, column) => column == 0 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))) + "\n"));
    }
}
