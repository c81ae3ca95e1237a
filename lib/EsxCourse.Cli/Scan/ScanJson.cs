using System.Text.Json;
using EsxCourse.Scan;

namespace EsxCourse.Cli.Scan;

/// <summary>A scan's report as one JSON document. Counts are pages of the size that is named.</summary>
internal static class ScanJson
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Write(ScanReport report) => JsonSerializer.Serialize(
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
        },
        Layout);

    private static object Counts(PageCounts counts) => new { counts.Total, counts.Shared, counts.Reclaimed, counts.Zero, counts.Distinct };
}
