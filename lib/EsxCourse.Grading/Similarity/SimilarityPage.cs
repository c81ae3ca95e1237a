using System.Globalization;
using System.Text;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Similarity;

/// <summary>What submissions have in common, as a page: the pairs with most in common, and each of them side by side with the common passages marked.</summary>
/// <remarks>
/// The page loads nothing and runs no script. Names and sources are students' text and escaped. It accuses nobody: it says what two texts share and
/// what is usual in this class; why it is so, only a person can find out.
/// </remarks>
public static class SimilarityPage
{
    private const string Style = """
        :root{color-scheme:light dark;--ink:#1a1a1a;--paper:#fff;--line:#8a8f98;--mark:#ffe28a;--markink:#1a1a1a;--link:#0b57d0;--soft:#50555e}
        @media (prefers-color-scheme:dark){:root{--ink:#e8eaed;--paper:#15181c;--line:#6b727c;--mark:#5c4a00;--markink:#fff;--link:#8ab4f8;--soft:#b3b9c2}}
        body{font:16px/1.5 system-ui,sans-serif;max-width:90rem;margin:1rem auto;padding:0 1rem;color:var(--ink);background:var(--paper)}a{color:var(--link)}
        .scroll,pre{overflow-x:auto}table{border-collapse:collapse}th,td{text-align:left;padding:.3rem .7rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}td.n,th.n{text-align:right;white-space:nowrap}
        details{border:1px solid var(--line);border-radius:6px;margin:.6rem 0;padding:.4rem .8rem}summary h3{display:inline;font-size:1rem;overflow-wrap:anywhere}
        .sides{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem}.sides>div{min-width:0}
        pre{font:13px/1.45 ui-monospace,monospace;max-height:40rem;overflow-y:auto;border:1px solid var(--line);padding:.5rem;margin:.2rem 0}
        mark{background:var(--mark);color:var(--markink)}a.run{font-weight:700}small{color:var(--soft)}h4,h5{margin:.5rem 0 0;overflow-wrap:anywhere}:focus-visible{outline:3px solid var(--link)}
        """;

    /// <summary>How much of one source is shown.</summary>
    private const int MostShown = 60_000;

    /// <summary>Writes the page.</summary>
    /// <param name="exercises">One result an exercise.</param>
    /// <returns>A whole HTML document; the same bytes for the same result.</returns>
    public static string Write(IReadOnlyList<ExerciseSimilarity> exercises)
    {
        StringBuilder html = new();
        html.Append($"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>Similar passages</title><style>{Style}</style></head><body><main>\n");
        html.Append($"""
            <h1>Similar passages</h1>
            <p>Which submissions have passages in common, with each other, with the reference solution, or with the library that students read. Renaming, layout,
            comments and the order of members make no difference; what the stub and the contract say already is left out. A passage is {ComparedText.PassageLength} symbols in a row.</p>
            <p><strong>A score says how much two texts share, not why.</strong> People who solved a task together, by the same book, or in the only obvious way share passages,
            too. Look for yourself before you ask anybody.</p>
            <p>The score is the part of the smaller text's passages that the other one has, from 0 to 100. Passages that many in the class have count less, down to a tenth;
            a text with hardly any passages of its own cannot score high. Beside a source it is the submission's part.</p>

            """);
        foreach (ExerciseSimilarity exercise in exercises)
            Write(html, exercise);
        return html.Append("</main></body></html>\n").ToString();
    }

    private static void Write(StringBuilder html, ExerciseSimilarity exercise)
    {
        html.Append($"<h2>{Escape(exercise.Exercise)}</h2>\n<p>{exercise.Compared} submissions, each compared with each. Usual in this class: half of the pairs score below {Number(exercise.Median)}, all but one in a hundred below {Number(exercise.NinetyNinth)}.</p>\n");
        if (!exercise.Left.IsEmpty)
        {
            html.Append("<p>Not compared:</p>\n<ul>\n");
            foreach (NotCompared left in exercise.Left)
                html.Append($"<li>{Escape(left.Student)}: the submission {Escape(left.Reason)}</li>\n");
            html.Append("</ul>\n");
        }

        Table(html, exercise, "Submissions that share most", "p", exercise.Pairs);
        Table(html, exercise, "Submissions and what they may have read", "s", exercise.WithSources);
        foreach ((int index, SimilarPair pair) in exercise.Pairs.Index())
            SideBySide(html, pair, index + 1, Anchor(exercise, "p", index));
        foreach ((int index, SimilarPair pair) in exercise.WithSources.Index())
            SideBySide(html, pair, index + 1, Anchor(exercise, "s", index));
    }

    private static void Table(StringBuilder html, ExerciseSimilarity exercise, string title, string kind, IReadOnlyList<SimilarPair> pairs)
    {
        string name = $"{exercise.Exercise}: {title}";
        html.Append($"<h3>{title}</h3>\n");
        if (pairs.Count == 0)
        {
            html.Append("<p>None share a passage.</p>\n");
            return;
        }

        html.Append($"<div class=\"scroll\" tabindex=\"0\" role=\"region\" aria-label=\"{Escape(name)}\"><table><thead><tr><th scope=\"col\" class=\"n\">score</th><th scope=\"col\">who</th><th scope=\"col\">share</th><th scope=\"col\" class=\"n\">longest run</th></tr></thead><tbody>\n");
        foreach ((int index, SimilarPair pair) in pairs.Index())
            html.Append($"<tr><td class=\"n\">{Number(pair.Score)}</td><td><a href=\"#{Anchor(exercise, kind, index)}\">{Escape(pair.A.Name)} and {Escape(pair.B.Name)}</a></td><td>{pair.Shared} of {pair.Of} passages</td><td class=\"n\">{pair.Longest} symbols</td></tr>\n");
        html.Append("</tbody></table></div>\n");
    }

    private static void SideBySide(StringBuilder html, SimilarPair pair, int rank, string anchor)
    {
        html.Append($"<details><summary><h3>{rank}. {Escape(pair.A.Name)} and {Escape(pair.B.Name)}</h3> <small>share {pair.Shared} of {pair.Of} passages (score {Number(pair.Score)}). Look for yourself.</small></summary>\n");
        if (pair.A.IsCut || pair.B.IsCut)
            html.Append($"<p>One of the two is longer than {CodeTokens.Most} symbols; only its beginning was compared.</p>\n");
        html.Append($"<div class=\"sides\" id=\"{anchor}\">\n");   // Inside, so that a link to it opens it.
        Side(html, pair.A, [.. pair.Runs.Select((r, i) => (r.StartA, r.Length, i + 1))], anchor, "a", "b");
        Side(html, pair.B, [.. pair.Runs.Select((r, i) => (r.StartB, r.Length, i + 1)).OrderBy(r => r.StartB)], anchor, "b", "a");
        html.Append("</div></details>\n");
    }

    private static void Side(StringBuilder html, ComparedText text, (int Start, int Length, int Number)[] runs, string anchor, string side, string other)
    {
        html.Append($"<div><h4>{Escape(text.Name)}</h4>\n");
        for (int file = 0; file < text.Files.Length; file++)
        {
            string source = text.Files[file].Text;
            string label = $"{text.Name}: {text.Files[file].Name}";
            html.Append($"<h5>{Escape(text.Files[file].Name)}</h5>\n<pre tabindex=\"0\" role=\"region\" aria-label=\"{Escape(label)}\">\n");
            int at = 0, shown = Math.Min(source.Length, MostShown);
            foreach ((int start, int length, int number) in runs.Where(r => text.Tokens[r.Start].File == file))
            {
                int begin = text.Tokens[start].Start, end = Math.Min(text.Tokens[start + length - 1].End, shown);
                if (begin >= shown)
                    break;
                html.Append(Escape(source[at..begin]))
                    .Append($"<a class=\"run\" id=\"{anchor}-{side}{number}\" href=\"#{anchor}-{other}{number}\" aria-label=\"Passage {number}, to the other side\">[{number}]</a><mark>{Escape(source[begin..end])}</mark>");
                at = end;
            }

            html.Append(Escape(source[at..shown])).Append("</pre>\n");
            if (shown < source.Length)
                html.Append($"<p>Not shown: {source.Length - shown} more characters.</p>\n");
        }

        html.Append("</div>\n");
    }

    private static string Anchor(ExerciseSimilarity exercise, string kind, int index) => $"{exercise.Exercise}-{kind}{index + 1}";

    private static string Number(double score) => score.ToString("0.#", CultureInfo.InvariantCulture);

    /// <summary>Escaped, and without the control characters and marks of direction that could make code look like other code.</summary>
    private static string Escape(string text) => FeedbackPage.Escape(string.Concat(text.Select(c => c is '\n' or '\t' || !(char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format) ? c : c == '\r' ? ' ' : '\uFFFD')));
}
