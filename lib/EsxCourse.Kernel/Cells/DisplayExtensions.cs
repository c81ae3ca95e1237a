namespace EsxCourse.Kernel.Cells;

/// <summary><c>value.Display()</c>, as in .NET Interactive.</summary>
public static class DisplayExtensions
{
    /// <summary>Shows the value now.</summary>
    /// <param name="value">Anything.</param>
    /// <param name="mimeTypes">Only these MIME types; none given: those that its type prefers.</param>
    public static DisplayedValue Display(this object? value, params string[] mimeTypes) => CellFunctions.display(value, mimeTypes);

    /// <summary>Shows text as content of the MIME type named: <c>"&lt;b&gt;x&lt;/b&gt;".DisplayAs("text/html")</c>.</summary>
    /// <param name="value">The content itself.</param>
    /// <param name="mimeType">What it is.</param>
    public static DisplayedValue DisplayAs(this string value, string mimeType)
    {
        string id = Guid.NewGuid().ToString("N");
        CellOutputSink.Current.Display(new Dictionary<string, string>(StringComparer.Ordinal) { [mimeType] = value }, id, update: false);
        return new DisplayedValue(id, [mimeType]);
    }
}
