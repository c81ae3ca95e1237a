using System.Net;
using System.Text;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Rendering;

/// <summary>A quiz on paper: an HTML page to print, with the questions, an answer sheet on a page of its own and, for the teacher, the key behind it.</summary>
/// <remarks>The answer sheet takes what <see cref="AnswerSheet"/> takes, so that a sheet can be typed in and scored. No script, nothing fetched; black on white.</remarks>
public static class PrintedPaper
{
    private const string Style = """
        body{font:11pt/1.4 Georgia,serif;max-width:46rem;margin:2rem auto;padding:0 1rem;color:#000;background:#fff}
        h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}.who{display:flex;flex-wrap:wrap;gap:1rem}.who span{flex:1 1 14rem;border-bottom:1px solid #000;padding-top:1.6rem}
        ol.questions>li{break-inside:avoid;margin:1.2rem 0}ol.letters{list-style:lower-alpha}pre{overflow-x:auto}svg{max-width:100%;height:auto}.lines{height:9rem;border:1px solid #000}
        table{border-collapse:collapse;width:100%}th,td{border:1px solid #000;padding:.35rem .5rem;text-align:left;vertical-align:top}th{width:3rem}
        .bubble{display:inline-block;border:1px solid #000;border-radius:50%;width:1.5rem;height:1.5rem;line-height:1.5rem;text-align:center;margin-right:.5rem}
        .blank{display:inline-block;border-bottom:1px solid #000;min-width:9rem;height:1.2rem}.sheet,.key{break-before:page}
        """;

    /// <summary>Writes the page.</summary>
    /// <param name="quiz">The quiz as a student gets it; computed questions must be drawn.</param>
    /// <param name="seed">The seed, printed so that the paper can be scored.</param>
    /// <param name="withKey">Whether answers and explanations follow on pages of their own.</param>
    /// <returns>A whole HTML document.</returns>
    public static string Write(QuizFile quiz, long seed, bool withKey)
    {
        StringBuilder html = new();
        html.AppendLine($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>{Escape(quiz.Title)}</title><style>{Style}</style></head><body><main>");
        html.AppendLine($"<h1>{Escape(quiz.Title)}</h1>");
        html.AppendLine($"<p>{Escape(quiz.Intro)} {(quiz.Pick < quiz.Items.Count ? $"Answer {quiz.Pick} of the {quiz.Items.Count} questions. " : "")}{(quiz.TimeLimit is { } limit ? $"Time: {limit.TotalMinutes:0.#} minutes. " : "")}Points: {quiz.MaxPoints:0.#}. Paper {seed}.</p>");
        html.AppendLine("<ol class=\"questions\">");
        foreach (QuizItem item in quiz.Items)
            Question(html, item);
        html.AppendLine("</ol>");
        Sheet(html, quiz, seed);
        if (withKey)
            Key(html, quiz, seed);
        return html.AppendLine("</main></body></html>").ToString();
    }

    private static void Question(StringBuilder html, QuizItem item)
    {
        html.Append($"<li id=\"{item.Id}\"><p>{Escape(item.Ask.Replace(FillInItem.Gap, "________", StringComparison.Ordinal))} ({item.Points:0.##} {(item.Points == 1 ? "point" : "points")})</p>");
        html.Append(PictureHtml.Of(item));
        html.Append(item switch
        {
            ChoiceItem choice => Letters(choice.Options.Select(option => option.Text)),
            MatchingItem matching => $"<ol>{string.Concat(matching.Pairs.Select(pair => $"<li>{Escape(pair.Left)}</li>"))}</ol>{Letters(matching.Rights)}",
            OrderingItem ordering => Letters(ordering.Shown),
            _ => "",
        });
        html.AppendLine("</li>");
    }

    private static void Sheet(StringBuilder html, QuizFile quiz, long seed)
    {
        html.AppendLine($"<section class=\"sheet\"><h2>Answer sheet: {Escape(quiz.Title)}, paper {seed}</h2><p class=\"who\"><span>Name</span><span>Student number</span><span>Date</span></p><table><tbody>");
        for (int at = 0; at < quiz.Items.Count; at++)
            html.AppendLine($"<tr><th scope=\"row\">{at + 1}</th><td>{Field(quiz.Items[at])}</td></tr>");
        html.AppendLine("</tbody></table></section>");
    }

    private static string Field(QuizItem item) => item switch
    {
        ChoiceItem choice => Bubbles(choice.Options.Count) + (choice.Several ? "(all that are right)" : ""),
        NumericItem numeric => $"<span class=\"blank\"></span> {Escape(numeric.Unit)}",
        MatchingItem matching => string.Concat(matching.Pairs.Select((_, at) => $"<div>{at + 1}: {Bubbles(matching.Rights.Count)}</div>")),
        OrderingItem ordering => "first " + string.Join(", ", ordering.Steps.Select(_ => "<span class=\"bubble\">&nbsp;</span>")) + " last",
        FillInItem fillIn => string.Join(" ; ", fillIn.Blanks.Select(_ => "<span class=\"blank\"></span>")),
        _ => "<div class=\"lines\"></div>",
    };

    private static void Key(StringBuilder html, QuizFile quiz, long seed)
    {
        html.AppendLine($"<section class=\"key\"><h2>Key for the teacher: {Escape(quiz.Title)}, paper {seed}</h2><ol>");
        foreach (QuizItem item in quiz.Items)
            html.AppendLine($"<li><strong>{Escape(item.Key)}</strong> {Escape(item.Explanation)} <cite>{Escape(string.Join("; ", item.Cites))}</cite></li>");
        html.AppendLine("</ol></section>");
    }

    private static string Letters(IEnumerable<string> texts) => $"<ol class=\"letters\">{string.Concat(texts.Select(text => $"<li>{Escape(text)}</li>"))}</ol>";

    private static string Bubbles(int count) => string.Concat(Enumerable.Range(0, count).Select(at => $"<span class=\"bubble\">{ChoiceItem.Letter(at)}</span>"));

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
