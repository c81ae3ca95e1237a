using System.Globalization;
using System.Net;
using System.Text;

namespace EsxCourse.Quiz.Rendering;

/// <summary>The queue of answers that wait for a human, as a page: each answer with its evidence marked, what was found and missed, and how sure the scorer is.</summary>
public static class ReviewHtml
{
    /// <summary>Writes the page.</summary>
    /// <param name="queue">Who answered, and the scored answer, in the order to show.</param>
    /// <returns>A whole HTML document. Everything that a student wrote is escaped.</returns>
    public static string Write(IReadOnlyList<(string Student, QuestionScore Question)> queue)
    {
        StringBuilder html = new();
        html.AppendLine("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Answers to review</title>"
            + $"<style>body{{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:1rem auto;padding:0 1rem;color:#1c2733;background:#fff}}article{{border-top:1px solid #5b6b7b;margin-top:1.5rem}}{ScoreHtml.Style}</style></head><body><main class=\"esx-quiz\">");
        html.AppendLine($"<h1>Answers to review</h1><p>{queue.Count} answers, the least sure first. Marked: what earned points; dashed: what cost some.</p>");
        foreach ((string student, QuestionScore question) in queue)
        {
            html.AppendLine($"<h2>{WebUtility.HtmlEncode(student)}, {question.Item.Id}: confidence {question.Confidence.ToString("0.00", CultureInfo.InvariantCulture)}</h2>");
            ScoreHtml.Question(html, question, 3);
        }

        return html.AppendLine("</main></body></html>").ToString();
    }
}
