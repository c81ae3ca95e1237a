using EsxCourse.Scan;

namespace EsxCourse.Cli.Scan;

/// <summary>A scan's report as one JSON document. Counts are pages of the size that is named.</summary>
internal static class ScanJson
{
    public static string Write(ScanReport report) => JsonOutput.Of(
        new
        {
            report.Sources,
            report.Parts,
            Pages4KiB = Counts(report.Small),
            Pages2MiB = Counts(report.Large),
            report.Most,
            report.Pairs,
            report.Problems,
            report.RecordsOnDisk,
        });

    private static object Counts(PageCounts counts) => new { counts.Total, counts.Shared, counts.Reclaimed, counts.Zero, counts.Distinct };
}
