namespace EsxCourse.Cli.Bench;

/// <summary>What is made of repeated measurements.</summary>
internal static class Figures
{
    /// <summary>The one in the middle; of an even number the upper one.</summary>
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);
}
