using System.Text.RegularExpressions;

namespace EsxCourse.Grading.Submissions;

/// <summary>
/// Finds out whether a submission prints, by its text, so that whoever printed the right answer and lost points learns why. Only words are
/// looked for: a mention in a comment counts, too, and no points hang on it.
/// </summary>
internal static partial class PrintedOutput
{
    /// <summary>What to tell its author; null if it does not print.</summary>
    public static string? Note(Submission submission)
    {
        foreach (SourceFile file in submission.Files)
            if (Writing().Match(file.Text) is { Success: true } found)
                return $"Your code prints ({file.Name}:{1 + file.Text.AsSpan(0, found.Index).Count('\n')}). That does no harm, but printed output counts for nothing here: the checks look only at what your methods return.";
        return null;
    }

    [GeneratedRegex(@"\bConsole\s*\.\s*((Out|Error)\s*\.\s*)?Write(Line)?\b", RegexOptions.CultureInvariant)]
    private static partial Regex Writing();
}
