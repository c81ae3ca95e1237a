using System.Net;
using System.Text;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Rendering;
using EsxCourse.Quiz.Server.Filing;
using EsxCourse.Quiz.Server.Room;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>
/// The solution with the class's answers, for when the lecturer has shown it: what is right and why, how many said what; for a student also their
/// score. Names are in neither. Everything that anybody wrote is escaped here, and the page allows no script but its own.
/// </summary>
internal sealed class Solution(QuizRoom room)
{
    // Numbers and gaps are answered in countless ways; the most frequent tell enough.
    private const int MostBars = 12;

    private readonly Lock gate = new();
    private IReadOnlyList<ScoredAttempt>? results;
    private string? forStudents;
    private string? forLecturer;

    /// <summary>The class's results, scored once.</summary>
    public IReadOnlyList<ScoredAttempt> Results
    {
        get
        {
            lock (gate)
                return results ??= ClassResults.Of(room);
        }
    }

    /// <summary>What a student sees.</summary>
    public Outcome<string> ForStudent(StudentRow student) => IfShown(() =>
        string.Concat(Results.Where(result => result.Student.Number == student.Number).Select(result => ScoreHtml.Render(result.Score))) + OfClass(ref forStudents, "<details><summary>Solution</summary>", "</details>"));

    /// <summary>What the lecturer shows: as the students, and the free answers without their names.</summary>
    public Outcome<string> ForLecturer() => IfShown(() => OfClass(ref forLecturer, "", "") + FreeAnswers());

    private Outcome<string> IfShown(Func<string> html) => room.PhaseOf(room.State) == RoomPhase.Shown ? html() : Refusal.NotYetShown;

    // A student has the solution of the picked questions above already; there it stands folded.
    private string OfClass(ref string? kept, string before, string after)
    {
        IReadOnlyList<ScoredAttempt> all = Results;
        lock (gate)
            return kept ??= Render(all, before, after);
    }

    private static string Render(IReadOnlyList<ScoredAttempt> all, string before, string after)
    {
        StringBuilder html = new();
        html.AppendLine("<section class=\"class\"><h2>The class's answers</h2>");
        html.AppendLine(all.Count == 0 ? "<p>Nobody took the quiz.</p>" : $"<p>{all.Count} {(all.Count == 1 ? "paper" : "papers")}, on average {all.Average(result => result.Score.Points):0.#} of {all.Max(result => result.Score.Max):0.#} points.</p>");
        foreach (IGrouping<string, QuestionScore> question in all.SelectMany(result => result.Score.Questions).GroupBy(question => question.Item.Id))
            Question(html, [.. question], before, after);
        return html.AppendLine("</section>").ToString();
    }

    private static void Question(StringBuilder html, QuestionScore[] answers, string before, string after)
    {
        QuizItem item = answers[0].Item;
        bool same = answers.All(answer => answer.Item.Ask == item.Ask);
        html.AppendLine($"<article><h3>{Escape(item.Ask.Replace(FillInItem.Gap, "[gap]", StringComparison.Ordinal))}</h3>");
        html.AppendLine($"<p class=\"quiet\">{answers.Length} picked it and earned {answers.Average(answer => answer.Points):0.#} of {item.Points:0.#} points on average.{(same ? "" : " Each had other numbers; these are one student's.")}</p>");
        html.AppendLine("<ul class=\"bars\">");
        foreach ((string label, bool right, int count) in Said(item, answers))
            Bar(html, label, right, count, answers.Length);
        html.AppendLine("</ul>");
        html.AppendLine($"{before}<p><strong>{(item is FreeTextItem ? "A very good answer." : "Right.")}</strong> {Escape(Key(item))}</p>");
        html.AppendLine($"<p><strong>Why.</strong> {Escape(item.Explanation)} <cite>{Escape(string.Join("; ", item.Cites))}</cite></p>{after}</article>");
    }

    // What the class said, as it helps to talk about it: the ideas of free text, the pairs and places that were right, and else each answer.
    private static IEnumerable<(string Label, bool Right, int Count)> Said(QuizItem item, QuestionScore[] answers) => item switch
    {
        FreeTextItem => answers
            .SelectMany(answer => answer.Found.Select(found => (found.Concept.Says, Right: true)).Concat(answer.Mistakes.Select(mistake => (mistake.Concept.Says, Right: false))).Distinct())
            .CountBy(said => said).OrderByDescending(said => said.Key.Right).ThenByDescending(said => said.Value).Select(said => (said.Key.Says, said.Key.Right, said.Value)),
        // Each student saw the pairs in another order; a right one reads the same on every paper.
        MatchingItem matching => matching.Pairs.Select(pair => $"{pair.Left} — {pair.Right}").Select(pair => (pair, true, answers.Count(answer => answer.Feedback.Any(part => part.Right && part.Part == pair)))),
        OrderingItem ordering => ordering.Steps.Select((step, at) => ($"{at + 1}. {step}", true, answers.Count(answer => answer.Feedback.ElementAtOrDefault(at) is { Right: true }))),
        _ => answers.SelectMany(answer => answer.Feedback.Where(part => !part.Part.StartsWith("not chosen: ", StringComparison.Ordinal)).Select(part => (part.Part, part.Right)))
            .CountBy(said => said).OrderByDescending(said => said.Value).ThenBy(said => said.Key.Part, StringComparer.Ordinal).Take(MostBars).Select(said => (said.Key.Part, said.Key.Right, said.Value)),
    };

    private static string Key(QuizItem item) => item switch
    {
        ChoiceItem choice => string.Join("; ", choice.Options.Where(option => option.Right).Select(option => option.Text)) + ".",
        MatchingItem matching => string.Join("; ", matching.Pairs.Select(pair => $"{pair.Left} — {pair.Right}")) + ".",
        OrderingItem ordering => string.Join("; ", ordering.Steps.Select((step, at) => $"{at + 1}. {step}")) + ".",
        _ => item.Key,
    };

    private static void Bar(StringBuilder html, string label, bool right, int count, int of) =>
        html.AppendLine($"<li><span class=\"label\"><span class=\"{(right ? "right" : "wrong")}\">{(right ? "✓ right" : "✗ wrong")}</span> {Escape(label)}</span><progress value=\"{count}\" max=\"{of}\" aria-hidden=\"true\"></progress><span class=\"count\">{count} of {of}</span></li>");

    private string FreeAnswers()
    {
        StringBuilder html = new();
        foreach (IGrouping<string, QuestionScore> question in Results.SelectMany(result => result.Score.Questions).Where(question => question.Item is FreeTextItem && question.Answer.Trim().Length > 0).GroupBy(question => question.Item.Ask))
        {
            html.AppendLine($"<details><summary>All answers to: {Escape(question.Key)}</summary>");
            foreach (QuestionScore answer in question.OrderByDescending(answer => answer.Points).ThenBy(answer => answer.Answer, StringComparer.Ordinal))
                html.AppendLine($"<blockquote>{Escape(answer.Answer)}</blockquote><p class=\"quiet\">{answer.Points:0.#} of {answer.Max:0.#} points, to be confirmed by a human</p>");
            html.AppendLine("</details>");
        }

        return html.ToString();
    }

    private static string Escape(string text) => WebUtility.HtmlEncode(text);
}
