using System.Net;
using System.Text;
using System.Text.Json;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Rendering;

/// <summary>A quiz as an HTML fragment to practise with: in a notebook, in the offline book, on any page. Needs no kernel and no network.</summary>
/// <remarks>
/// Each question is a <c>fieldset</c> of plain form elements, so that keyboard and screen reader work as everywhere; what is right and why is said in a
/// live region. The answers are in the page, which is why only a practice quiz is rendered: a graded one never leaves them to the client. Judged as
/// <see cref="QuizScorer"/> does, but for inflected words in gaps (the page wants one of the accepted spellings) and free text, which is compared with the
/// model answer by the student.
/// </remarks>
public static class PracticePage
{
    /// <summary>Renders a practice quiz.</summary>
    /// <param name="quiz">The quiz as the student gets it (<see cref="QuizFile.Vary"/>).</param>
    /// <param name="headingLevel">The level of the fragment's heading, from 1 to 5.</param>
    /// <returns>One <c>section</c> element with its style and script.</returns>
    /// <exception cref="ArgumentException">The quiz is not for practice, or its numbers are not drawn.</exception>
    public static string Render(QuizFile quiz, int headingLevel = 2)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(headingLevel, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(headingLevel, 5);
        if (!quiz.Practice)
            throw new ArgumentException($"'{quiz.Name}' is not for practice: its answers may not be put into a page.", nameof(quiz));
        StringBuilder html = new();
        string id = $"esx-practice-{quiz.Name}";
        // No section element: a slide deck takes each of those for a slide.
        html.AppendLine($"<div role=\"region\" class=\"esx-practice\" id=\"{id}\" aria-labelledby=\"{id}-title\">");
        html.AppendLine($"<style>{Resource("practice.css")}</style>");
        html.AppendLine($"<h{headingLevel} id=\"{id}-title\">{Escape(quiz.Title)}</h{headingLevel}>");
        if (quiz.Intro.Length > 0)
            html.AppendLine($"<p>{Escape(quiz.Intro)}</p>");
        for (int at = 0; at < quiz.Items.Count; at++)
            Question(html, quiz.Items[at], at + 1, $"{id}-{quiz.Items[at].Id}");
        html.AppendLine("<p class=\"total\" role=\"status\"></p>");
        html.AppendLine($"<script>(function () {{ const root = document.getElementById({JsonSerializer.Serialize(id)});\n{Resource("practice.js")}\n}})();</script>");
        return html.AppendLine("</div>").ToString();
    }

    private static void Question(StringBuilder html, QuizItem item, int number, string id)
    {
        html.AppendLine($"<form data-type=\"{item.Type}\"><fieldset><legend>{number}. {Escape(item.Ask.Replace(FillInItem.Gap, "…", StringComparison.Ordinal))}</legend>");
        html.Append(PictureHtml.Of(item));
        Inputs(html, item, id);
        html.AppendLine("</fieldset>");
        html.AppendLine($"<button type=\"submit\">{(item is FreeTextItem ? "Compare" : "Check")}</button><div class=\"verdict\" role=\"status\"></div>");
        html.AppendLine($"<script type=\"application/json\">{JsonSerializer.Serialize(Data(item))}</script></form>");
    }

    private static void Inputs(StringBuilder html, QuizItem item, string id)
    {
        switch (item)
        {
            case ChoiceItem choice:
                for (int at = 0; at < choice.Options.Count; at++)
                    html.AppendLine($"<div><label><input type=\"{(choice.Several ? "checkbox" : "radio")}\" name=\"{id}\" value=\"{at}\"> {Escape(choice.Options[at].Text)}</label></div>");
                break;
            case NumericItem numeric:
                html.AppendLine($"<label for=\"{id}\">Your answer ({Escape(numeric.Form)})</label> <input id=\"{id}\" type=\"text\" inputmode=\"decimal\" autocomplete=\"off\">");
                break;
            case MatchingItem matching:
                for (int at = 0; at < matching.Pairs.Count; at++)
                    Select(html, $"{id}-{at}", matching.Pairs[at].Left, matching.Rights);
                break;
            case OrderingItem ordering:
                for (int at = 0; at < ordering.Shown.Count; at++)
                    Select(html, $"{id}-{at}", ordering.Shown[at], [.. Enumerable.Range(1, ordering.Shown.Count).Select(place => $"place {place}")]);
                break;
            case FillInItem fillIn:
                for (int at = 0; at < fillIn.Blanks.Count; at++)
                    html.AppendLine($"<div><label for=\"{id}-{at}\">Gap {at + 1}</label> <input id=\"{id}-{at}\" type=\"text\" autocomplete=\"off\"></div>");
                break;
            default:
                html.AppendLine($"<label for=\"{id}\">Your answer</label><textarea id=\"{id}\" rows=\"6\"></textarea>");
                break;
        }
    }

    private static void Select(StringBuilder html, string id, string label, IReadOnlyList<string> options) =>
        html.AppendLine($"<div><label for=\"{id}\">{Escape(label)}</label> <select id=\"{id}\"><option value=\"\">choose …</option>{string.Concat(options.Select((option, at) => $"<option value=\"{at}\">{Escape(option)}</option>"))}</select></div>");

    // What the script judges by. System.Text.Json writes '<' as an escape, so that no text can end the script element.
    private static object Data(QuizItem item) => new
    {
        why = item.Explanation,
        cites = string.Join("; ", item.Cites),
        worked = item.Worked,
        key = item is FreeTextItem ? null : item.Key,
        options = (item as ChoiceItem)?.Options.Select(option => new { option.Right, Why = item.Cited(option.Why, option.Source) }),
        number = item is NumericItem numeric ? new { numeric.Answer, numeric.Tolerance, numeric.Unit, near = Math.Max(numeric.Tolerance, 0.51 * Math.Pow(10, -numeric.Decimals)), traps = numeric.Traps.Select(trap => new { trap.Value, trap.Mistake, Why = item.Cited(trap.Why, trap.Source) }) } : null,
        places = item switch
        {
            MatchingItem matching => matching.Pairs.Select(pair => new { at = matching.Rights.ToList().IndexOf(pair.Right), Why = item.Cited(pair.Why, pair.Source) }),
            OrderingItem ordering => ordering.Shown.Select(step => new { at = ordering.Steps.ToList().IndexOf(step), Why = $"It comes at place {ordering.Steps.ToList().IndexOf(step) + 1}." }),
            _ => null,
        },
        blanks = (item as FillInItem)?.Blanks.Select(blank => new { blank.Accepts, Why = item.Cited(blank.Why, blank.Source) }),
        model = (item as FreeTextItem)?.ModelAnswer,
        rubric = (item as FreeTextItem)?.Rubric.Concepts.Select(concept => concept.Says),
    };

    private static string Resource(string name)
    {
        using StreamReader reader = new(typeof(PracticePage).Assembly.GetManifestResourceStream($"EsxCourse.Quiz.Rendering.{name}")
            ?? throw new InvalidOperationException($"The resource {name} is missing."));
        return reader.ReadToEnd();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
