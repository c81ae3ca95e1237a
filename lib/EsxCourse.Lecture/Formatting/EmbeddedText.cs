namespace EsxCourse.Lecture.Formatting;

/// <summary>The scripts and styles that are built into the library.</summary>
internal static class EmbeddedText
{
    /// <summary>One of them, whole.</summary>
    /// <param name="name">Its file's name.</param>
    public static string Read(string name)
    {
        using StreamReader reader = new(typeof(EmbeddedText).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
