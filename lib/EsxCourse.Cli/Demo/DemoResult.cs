
namespace EsxCourse.Cli.Demo;

/// <summary>Everything that a demo found out. <c>esx demo --json</c> prints exactly this; the report shows exactly this.</summary>
/// <param name="Notebooks">The lectures, in order.</param>
/// <param name="Quiz">The quiz, answered from its key.</param>
/// <param name="Submissions">The sample class, by student.</param>
/// <param name="Report">The report's first page.</param>
internal sealed record DemoResult(IReadOnlyList<NotebookResult> Notebooks, QuizResult Quiz, IReadOnlyList<SubmissionResult> Submissions, string Report)
{
    /// <summary>Whether the kit did its work: every lecture ran, and the key earned full marks. What the students earn is not the kit's fault.</summary>
    public bool Succeeded => Notebooks.All(notebook => notebook.Failed == 0) && Quiz.Points == Quiz.Max;

    /// <summary>The one document of <c>--json</c>.</summary>
    public string ToJson() => JsonOutput.Of(this);
}

/// <summary>One lecture.</summary>
/// <param name="Name">Its file's name without the ending.</param>
/// <param name="Title">Its first heading.</param>
/// <param name="Cells">How many cells were executed.</param>
/// <param name="Failed">How many of them failed.</param>
/// <param name="Failures">Cell, line and message of each failure.</param>
/// <param name="Page">Its page, relative to the report.</param>
internal sealed record NotebookResult(string Name, string Title, int Cells, int Failed, IReadOnlyList<string> Failures, string Page);

/// <summary>A quiz that was scored.</summary>
/// <param name="Name">Which quiz.</param>
/// <param name="Title">Its title.</param>
/// <param name="Points">What the answers earned.</param>
/// <param name="Max">What there was to earn.</param>
/// <param name="Page">Its page, relative to the report.</param>
internal sealed record QuizResult(string Name, string Title, double Points, double Max, string Page);

/// <summary>One student's work on one exercise.</summary>
/// <param name="Student">Who.</param>
/// <param name="Exercise">Which exercise.</param>
/// <param name="Points">What it earned.</param>
/// <param name="Max">What there was to earn.</param>
/// <param name="Verdict">What became of it, as a sentence.</param>
/// <param name="Checks">Check by check.</param>
internal sealed record SubmissionResult(string Student, string Exercise, double Points, double Max, string Verdict, IReadOnlyList<CheckResult> Checks);

/// <summary>One check of one submission.</summary>
/// <param name="Name">Which check.</param>
/// <param name="Points">What it gave.</param>
/// <param name="Max">What it could give.</param>
/// <param name="Reason">Why.</param>
internal sealed record CheckResult(string Name, double Points, double Max, string Reason);
