using System.Text.RegularExpressions;

namespace EsxCourse.Gradebook.Report;

/// <summary>Text of students, made safe to show: a name or an answer may hold a terminal's commands, or marks that make it read as another.</summary>
public static partial class PlainText
{
    /// <summary>On one line: breaks, control characters and marks of direction become spaces.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text on one line.</returns>
    public static string OneLine(string text) => Marks().Replace(text, " ");

    /// <summary>On as many lines as it has, each of them safe.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>Its lines; none if it is empty.</returns>
    public static IEnumerable<string> Lines(string text) => text.Length == 0 ? [] : text.ReplaceLineEndings("\n").Split('\n').Select(OneLine);

    [GeneratedRegex(@"\r\n|[\p{Cc}\u200E\u200F\u2028-\u202E\u2066-\u2069]")]
    private static partial Regex Marks();
}
