namespace EsxCourse.Kernel.Cells;

/// <summary>Something that is on the page, and can be replaced there.</summary>
public sealed class DisplayedValue
{
    private readonly string id;
    private readonly string[] mimeTypes;

    internal DisplayedValue(string id, string[] mimeTypes)
    {
        this.id = id;
        this.mimeTypes = mimeTypes;
    }

    /// <summary>Shows another value in the same place.</summary>
    /// <param name="updatedValue">Anything.</param>
    public void Update(object? updatedValue) => CellOutputSink.Current.Display(MimeBundle.Of(updatedValue, mimeTypes), id, update: true);
}
