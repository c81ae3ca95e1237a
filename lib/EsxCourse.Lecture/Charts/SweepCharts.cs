using EsxCourse.Experiments;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>The picture of a sweep.</summary>
public static class SweepCharts
{
    /// <summary>What every VM holds at the end, and what all of them have done, over the value that was swept.</summary>
    /// <param name="sweep">The sweep.</param>
    /// <param name="rows">Its rows.</param>
    /// <returns>The chart: memory on the left axis, operations dotted on the right one.</returns>
    public static GenericChart MemoryAndOperations(Sweep sweep, IReadOnlyList<SweepRow> rows)
    {
        bool numbers = rows.All(row => row.Number is not null);
        GenericChart chart = Together(rows[0].Vms
            .Select((vm, i) => Line(numbers, rows, $"{vm.Name} holds", row => row.Vms[i].AllocatedMiB))
            .Append(Line(numbers, rows, "operations of all", row => row.Operations)));
        Trace operations = GenericChart.getTraces(chart)[^1];
        operations.SetProperty("yaxis", "y2");
        operations.SetProperty("line", Map(("dash", "dot"), ("color", "#1a1a1a")));
        GenericChart projected = chart.Projected($"{sweep.Name}: what {sweep.Axis.Path} changes", sweep.Axis.Path, "memory held, MiB");
        GenericChart.getLayout(projected).SetProperty("yaxis2", Map(("title", Map(("text", "operations"))), ("overlaying", "y"), ("side", "right"), ("rangemode", "tozero"), ("showgrid", false), ("automargin", true)));
        return projected;
    }

    private static GenericChart Line(bool numbers, IReadOnlyList<SweepRow> rows, string name, Func<SweepRow, double> value) => numbers
        ? Plotly.NET.CSharp.Chart.Line<double, double, string>(rows.Select(row => row.Number!.Value), rows.Select(value), Name: name, ShowMarkers: true)
        : Plotly.NET.CSharp.Chart.Line<string, double, string>(rows.Select(row => row.Value), rows.Select(value), Name: name, ShowMarkers: true);
}
