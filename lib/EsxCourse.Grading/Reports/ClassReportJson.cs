using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EsxCourse.Grading.Reports;

/// <summary>A class's report as one JSON document: <c>results.json</c> and what <c>--json</c> prints.</summary>
public static class ClassReportJson
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Writes the report.</summary>
    /// <param name="report">The report.</param>
    /// <returns>The same bytes for the same report.</returns>
    public static string Write(ClassReport report) => JsonSerializer.Serialize(report, Options) + "\n";

    /// <summary>Reads a report that was written.</summary>
    /// <param name="json">The document.</param>
    /// <returns>The report.</returns>
    /// <exception cref="JsonException">It is no such document.</exception>
    public static ClassReport Read(string json) => JsonSerializer.Deserialize<ClassReport>(json, Options) ?? throw new JsonException("The document is empty.");
}
