using System.Net;
using System.Text;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Rendering;

/// <summary>A scored quiz as an HTML fragment: plain, readable without styles, by keyboard and by a screen reader; no script, nothing fetched.</summary>
public static class ScoreHtml
{
    /// <summary>The styles that a page with fragments may include once.</summary>
    public const string Style = """
        .esx-quiz{max-width:46rem;line-height:1.5}.esx-quiz blockquote{margin:.5rem 0;padding:.5rem 1rem;border-left:4px solid #5b6b7b;white-space:pre-wrap;overflow-wrap:anywhere}
        .esx-quiz mark{background:#dff3e4;color:inherit;border-bottom:2px solid #1a7f37}.esx-quiz mark.wrong{background:#fde8e8;border-bottom:2px dashed #b42318}
        .esx-quiz .points{font-weight:600}.esx-quiz .confirm{border:1px solid #9a6700;padding:.1rem .4rem;border-radius:.25rem}
        """;

    /// <summary>Renders a scored quiz.</summary>
    /// <param name="score">The scored quiz.</param>
    /// <param name="headingLevel">The level of the fragment's heading, from 1 to 5; its questions are one below.</param>
    /// <returns>One <c>section</c> element. Everything that a student wrote is escaped.</returns>
    public static string Render(QuizScore score, int headingLevel = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(headingLevel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(headingLevel, 5);
        StringBuilder html = new();
        string who = score.Student is { } student ? $", {Escape(student)}" : "";
        html.AppendLine($"<section class=\"esx-quiz\" aria-label=\"{Escape(score.Quiz.Title)}{who}\">");
        html.AppendLine($"<h{headingLevel}>{Escape(score.Quiz.Title)}{who}</h{headingLevel}>");
        html.AppendLine($"<p class=\"points\">{score.Points:0.#} of {score.Max:0.#} points{(score.NeedsConfirmation ? ", <span class=\"confirm\">free text: to be confirmed by a human</span>" : "")}</p>");
        foreach (QuestionScore question in score.Questions)
            Question(html, question, headingLevel + 1);
        return html.AppendLine("</section>").ToString();
    }

    internal static void Question(StringBuilder html, QuestionScore question, int level)
    {
        html.AppendLine($"<article data-question=\"{question.Item.Id}\">");
        html.AppendLine($"<h{level}>{Escape(question.Item.Ask)}</h{level}>");
        html.AppendLine($"<p class=\"points\">{question.Points:0.#} of {question.Max:0.#} points{(question.NeedsConfirmation ? $" ({ScoreText.Confidence(question)})" : "")}</p>");
        html.AppendLine(question.Answer.Trim().Length == 0 ? "<p>No answer.</p>" : $"<blockquote>{Marked(question)}</blockquote>");
        List(html, "Found", "✓", question.Found.Select(found => found.Concept));
        List(html, "Missing", "–", question.Missed);
        List(html, "Wrong", "✗", question.Mistakes.Select(mistake => mistake.Concept));
        if (question.Feedback.Count > 0)
            html.AppendLine($"<ul>{string.Concat(question.Feedback.Select(part => $"<li><span aria-hidden=\"true\">{(part.Right ? '✓' : '✗')}</span> {(part.Right ? "Right" : "Wrong")}: {Escape(part.Part)}. {Escape(part.Why)}</li>"))}</ul>");
        foreach (string remark in question.Remarks)
            html.AppendLine($"<p>{Escape(remark)}</p>");
        html.AppendLine($"<p><strong>Why.</strong> {Escape(question.Item.Explanation)} <cite>{Escape(string.Join("; ", question.Item.Cites))}</cite></p>");
        if (question.Item is FreeTextItem freeText)
            html.AppendLine($"<details><summary>Model answer</summary><p>{Escape(freeText.ModelAnswer)}</p></details>");
        html.AppendLine("</article>");
    }

    private static void List(StringBuilder html, string heading, string sign, IEnumerable<Concept> concepts)
    {
        Concept[] entries = [.. concepts];
        if (entries.Length > 0)
            html.AppendLine($"<p>{heading}:</p><ul>{string.Concat(entries.Select(concept => $"<li><span aria-hidden=\"true\">{sign}</span> {Escape(concept.Says)}</li>"))}</ul>");
    }

    // The answer with its evidence marked. Pieces of evidence may overlap: each character is marked by the worst that covers it.
    private static string Marked(QuestionScore question)
    {
        int[] kind = new int[question.Answer.Length];
        foreach (FoundConcept found in question.Found)
            Array.Fill(kind, 1, found.Start, found.Length);
        foreach (FoundConcept mistake in question.Mistakes)
            Array.Fill(kind, 2, mistake.Start, mistake.Length);
        StringBuilder html = new();
        for (int at = 0; at < kind.Length;)
        {
            int end = at;
            while (end < kind.Length && kind[end] == kind[at])
                end++;
            string piece = Escape(question.Answer[at..end]);
            html.Append(kind[at] switch { 0 => piece, 1 => $"<mark>{piece}</mark>", _ => $"<mark class=\"wrong\">{piece}</mark>" });
            at = end;
        }

        return html.ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
