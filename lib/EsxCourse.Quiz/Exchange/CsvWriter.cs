using System.Globalization;
using System.Text;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

/// <summary>Writes a quiz as a table: one line a question, with its key. RFC 4180, UTF-8, header first.</summary>
public static class CsvWriter
{
    /// <summary>Writes all questions of a quiz.</summary>
    /// <param name="quiz">The quiz as a student gets it; computed questions must be drawn.</param>
    /// <returns>The text of a CSV file.</returns>
    public static string Write(QuizFile quiz)
    {
        StringBuilder csv = new();
        csv.Append("quiz,id,type,difficulty,points,question,key,explanation,cites\r\n");
        foreach (QuizItem item in quiz.Items)
            csv.AppendJoin(',', new[] { quiz.Name, item.Id, item.Type, $"{item.Difficulty}", item.Points.ToString(CultureInfo.InvariantCulture), Question(item), item.Key, item.Explanation, string.Join("; ", item.Cites) }.Select(Cell)).Append("\r\n");
        return csv.ToString();
    }

    private static string Question(QuizItem item)
    {
        using StringWriter text = new();
        Rendering.QuestionText.Write(item, text);
        return text.ToString().TrimEnd();
    }

    // A cell that a spreadsheet would take for a formula is made text by a leading apostrophe.
    private static string Cell(string text)
    {
        string safe = text.Length > 0 && (text[0] is '=' or '+' or '-' or '@') ? "'" + text : text;
        return $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }
}
