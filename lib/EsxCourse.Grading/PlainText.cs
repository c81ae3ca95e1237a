using System.Globalization;
using System.Text;

namespace EsxCourse.Grading;

/// <summary>Makes text that a student chose safe to print in one line of a report.</summary>
internal static class PlainText
{
    /// <summary>One line of at most so many characters, without control characters or marks that turn the direction of writing.</summary>
    public static string Line(string text, int maxLength)
    {
        StringBuilder line = new(Math.Min(text.Length, maxLength));
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (line.Length >= maxLength)
                return line.Append('…').ToString();
            bool plain = Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
            line.Append(plain ? rune.ToString() : " ");
        }

        return line.ToString().Trim();
    }
}
