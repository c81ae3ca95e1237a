using System.Globalization;
using System.Text;

namespace EsxCourse.Grading.Reports;

/// <summary>The class at a glance: a table of submissions, and how many got each check.</summary>
public static class ClassPage
{
    /// <summary>Writes the class's table as Markdown.</summary>
    /// <param name="report">The class.</param>
    /// <returns>The document.</returns>
    public static string Markdown(ClassReport report)
    {
        StringBuilder text = new("# Class report\n\n");
        if (report.Submissions.Any(s => s.Unsafe))
            text.Append($"**{SubmissionReport.UnsafeStamp}**\n\n");
        text.Append("| student | exercise | points | score | verdict | what happened |\n|---|---|---|---|---|---|\n");
        foreach (SubmissionReport s in report.Submissions)
            text.Append($"| {Cell(s.Student)} | {s.Exercise} | {s.Points} of {s.Max} | {Score(s)} | {s.Verdict} | {Cell(s.Summary)} |\n");
        foreach (LeaderboardReport board in report.Leaderboards ?? [])
        {
            text.Append($"\n## Leaderboard: {board.Exercise}\n\n| place | student | {string.Join(" | ", board.Figures.Select(Cell))} | total |\n|---|---|{string.Concat(board.Figures.Select(_ => "---|"))}---|\n");
            foreach (LeaderboardRow row in board.Rows)
                text.Append($"| {row.Place} | {(row.IsBeside ? $"*{Cell(row.Name)}*" : Cell(row.Name))} | {string.Join(" | ", row.Values.Select(Number))} | {Number(row.Total)} |\n");
        }

        foreach (PointsDistribution points in PointsDistribution.Of(report))
            text.Append($"\n## Points: {points.Exercise}\n\n```\n{points.Text()}```\n");
        text.Append("\n## Checks\n\n| exercise | check | got it |\n|---|---|---|\n");
        foreach ((string exercise, string check, int passed, int of) in Distribution(report))
            text.Append($"| {exercise} | {check} | {passed} of {of} |\n");
        return text.ToString();

        static string Cell(string plain) => plain.Replace("|", "\\|", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal);
    }

    /// <summary>Writes the class's table as a page that links to each student's feedback.</summary>
    /// <param name="report">The class.</param>
    /// <returns>The document; it loads nothing and runs no script.</returns>
    public static string Html(ClassReport report)
    {
        StringBuilder html = new("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>Class report</title><style>" + FeedbackPage.Style + "</style></head><body>\n<h1>Class report</h1>\n");
        if (report.Submissions.Any(s => s.Unsafe))
            html.Append($"<p class=\"lost\"><strong>{SubmissionReport.UnsafeStamp}</strong></p>\n");
        html.Append("<table><thead><tr><th>student</th><th>exercise</th><th>points</th><th>score</th><th>verdict</th><th>what happened</th></tr></thead><tbody>\n");
        foreach (SubmissionReport s in report.Submissions)
            html.Append($"<tr><td><a href=\"{FeedbackPage.Escape(ReportFiles.FeedbackPath(s, "html"))}\">{FeedbackPage.Escape(s.Student)}</a></td><td>{s.Exercise}</td>")
                .Append($"<td class=\"n {(s.Points == s.Max ? "passed" : "lost")}\">{s.Points} of {s.Max}</td><td class=\"n\">{Score(s)}</td><td>{s.Verdict}</td><td>{FeedbackPage.Escape(s.Summary)}</td></tr>\n");
        html.Append("</tbody></table>\n");
        foreach (LeaderboardReport board in report.Leaderboards ?? [])
        {
            html.Append($"<h2>Leaderboard: {board.Exercise}</h2>\n<table><thead><tr><th>place</th><th>student</th>{string.Concat(board.Figures.Select(f => $"<th>{FeedbackPage.Escape(f)}</th>"))}<th>total</th></tr></thead><tbody>\n");
            foreach (LeaderboardRow row in board.Rows)
                html.Append($"<tr><td class=\"n\">{row.Place}</td><td>{(row.IsBeside ? $"<em>{FeedbackPage.Escape(row.Name)}</em>" : FeedbackPage.Escape(row.Name))}</td>")
                    .Append($"{string.Concat(row.Values.Append(row.Total).Select(v => $"<td class=\"n\">{Number(v)}</td>"))}</tr>\n");
            html.Append("</tbody></table>\n");
        }

        foreach (PointsDistribution points in PointsDistribution.Of(report))
            html.Append($"<h2>Points: {points.Exercise}</h2>\n{points.Svg()}");
        html.Append("<h2>Checks</h2>\n<table><thead><tr><th>exercise</th><th>check</th><th>got it</th></tr></thead><tbody>\n");
        foreach ((string exercise, string check, int passed, int of) in Distribution(report))
            html.Append($"<tr><td>{exercise}</td><td>{FeedbackPage.Escape(check)}</td><td class=\"n\">{passed} of {of}</td></tr>\n");
        return html.Append("</tbody></table>\n<p><a href=\"speed.md\">What grading took, and the slowest submissions</a></p>\n</body></html>\n").ToString();
    }

    /// <summary>What it comes to with lateness and a person's changes, of the attempt that counts; an asterisk if that is not the last word.</summary>
    private static string Score(SubmissionReport s) => s.Score is { Points: decimal points } score ? $"{points.ToString("0.##", CultureInfo.InvariantCulture)}{(score.IsFinal ? "" : "*")}" : "";

    private static string Number(decimal value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private static IEnumerable<(string Exercise, string Check, int Passed, int Of)> Distribution(ClassReport report) =>
        from s in report.Submissions
        group s by s.Exercise into exercise
        orderby exercise.Key
        from check in exercise.First().Checks.Select((c, i) => (c.Name, Index: i))
        select (exercise.Key, check.Name, exercise.Count(s => s.Checks[check.Index].Outcome == CheckOutcome.Passed), exercise.Count());
}
