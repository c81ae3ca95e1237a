using System.Collections.Immutable;
using System.Text;

namespace EsxCourse.Grading.Reports;

/// <summary>How points are distributed in a class, for each exercise: in tenths of what was to be had, full marks apart.</summary>
/// <param name="Exercise">The exercise.</param>
/// <param name="Max">Its points.</param>
/// <param name="Tenths">How many submissions earned 0 to below 10 %, …, 90 to below 100 %, and all of it.</param>
internal sealed record PointsDistribution(string Exercise, int Max, ImmutableArray<int> Tenths)
{
    private const int Parts = 10, WidestBar = 40;

    /// <summary>One for each exercise, by slug.</summary>
    public static IEnumerable<PointsDistribution> Of(ClassReport report) =>
        from s in report.Submissions
        group s by s.Exercise into exercise
        orderby exercise.Key
        let max = exercise.First().Max
        select new PointsDistribution(exercise.Key, max, [.. Enumerable.Range(0, Parts + 1).Select(tenth => exercise.Count(s => s.Points * Parts / Math.Max(1, max) == tenth))]);

    /// <summary>As a figure in letters.</summary>
    public string Text()
    {
        StringBuilder text = new();
        for (int tenth = 0; tenth <= Parts; tenth++)
            text.Append($"{Label(tenth),-7} {Tenths[tenth],4} {new string('#', Bar(tenth))}".TrimEnd()).Append('\n');
        return text.ToString();
    }

    /// <summary>As a drawing: a bar a row.</summary>
    public string Svg()
    {
        const int Row = 18, Left = 70, Unit = 10;
        StringBuilder svg = new($"<svg role=\"img\" aria-label=\"How points are distributed\" width=\"{Left + WidestBar * Unit + 50}\" height=\"{(Parts + 1) * Row}\" font-size=\"13\">\n");
        for (int tenth = 0; tenth <= Parts; tenth++)
        {
            int top = tenth * Row, width = Bar(tenth) * Unit;
            svg.Append($"<text x=\"{Left - 8}\" y=\"{top + 13}\" text-anchor=\"end\">{Label(tenth)}</text><rect x=\"{Left}\" y=\"{top + 2}\" width=\"{width}\" height=\"{Row - 4}\" fill=\"#3b6ea5\"/>")
                .Append($"<text x=\"{Left + width + 6}\" y=\"{top + 13}\">{Tenths[tenth]}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private int Bar(int tenth) => (int)Math.Ceiling(Tenths[tenth] * (double)WidestBar / Math.Max(1, Tenths.Max()));

    private static string Label(int tenth) => tenth == Parts ? "100 %" : $"{tenth * 10}-{tenth * 10 + 9} %";
}
