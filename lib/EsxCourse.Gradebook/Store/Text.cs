using System.Text;

namespace EsxCourse.Gradebook.Store;

/// <summary>Text as every database can hold it. PostgreSQL refuses U+0000, UTF-8 has no half of a surrogate pair; both become U+FFFD. Nothing else changes.</summary>
internal static class Text
{
    public static string Kept(string text)
    {
        StringBuilder? kept = null;
        for (int at = 0; at < text.Length; at++)
        {
            bool pair = char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]);
            if (pair)
                at++;
            else if (text[at] == '\0' || char.IsSurrogate(text[at]))
                (kept ??= new StringBuilder(text))[at] = '\uFFFD';
        }

        return kept?.ToString() ?? text;
    }

    /// <summary>A name that something is found by: kept, not blank, not too long.</summary>
    /// <exception cref="ArgumentException">It is blank or too long.</exception>
    public static string Key(string text, int longest, string what)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text, what);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, longest, what);
        return Kept(text);
    }
}
