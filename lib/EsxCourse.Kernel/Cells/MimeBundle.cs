using Microsoft.DotNet.Interactive.Formatting;

namespace EsxCourse.Kernel.Cells;

/// <summary>A value in the MIME types in which it can be shown, by the formatters registered with Microsoft.DotNet.Interactive.Formatting.</summary>
/// <remarks>Plain text is always among them, for a client that can show nothing else.</remarks>
internal static class MimeBundle
{
    public static Dictionary<string, string> Of(object? value, params string[] mimeTypes)
    {
        Dictionary<string, string> data = new(StringComparer.Ordinal);
        IEnumerable<string> preferred = mimeTypes.Length > 0 ? mimeTypes : Formatter.GetPreferredMimeTypesFor(value?.GetType() ?? typeof(object));
        foreach (string mime in preferred)
            data[mime] = Formatter.ToDisplayString(value, mime);
        if (mimeTypes.Length == 0 && !data.ContainsKey(PlainTextFormatter.MimeType))
            data[PlainTextFormatter.MimeType] = Formatter.ToDisplayString(value, PlainTextFormatter.MimeType);
        return data;
    }
}
