using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EsxCourse.Cli;

/// <summary>What <c>--json</c> prints: one document, indented, names in camel case, enumerations by name, infinity and NaN as strings, and text as it is written.</summary>
internal static class JsonOutput
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter() },
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
    };

    /// <summary>The document as text.</summary>
    public static string Of(object document) => JsonSerializer.Serialize(document, Layout);

    /// <summary>Prints the document.</summary>
    public static void Print(object document) => Console.WriteLine(Of(document));
}
