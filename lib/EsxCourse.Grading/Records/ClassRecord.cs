using System.Collections.Concurrent;
using System.Collections.Immutable;
using EsxCourse.Gradebook;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Records;

// A class graded into a gradebook. Each result is committed as soon as it is the last word, and reports are written from what the gradebook
// holds, never from memory. So whoever ends the process, at whatever moment, costs at most the submissions that were in a sandbox then: the
// next run finds the others recorded and grades only what is missing.
//
// Always: one standing result per student, exercise, submission and version. A changed submission has another hash and is a new attempt; a
// raised version is graded again; a regrade that changes something adds a revision, one that changes nothing leaves no trace.

/// <summary>Grades a class into a gradebook: only what is missing, or everything again.</summary>
/// <param name="grader">Grades what is to be graded.</param>
/// <param name="gradebook">Where results are kept.</param>
public sealed class ClassRecord(ClassGrader grader, CourseGradebook gradebook)
{
    /// <summary>Grades and records.</summary>
    /// <param name="submissions">What was handed in.</param>
    /// <param name="regrade">Grade again what has a result, too.</param>
    /// <param name="progress">Told of each result that is recorded, from several threads; may be null.</param>
    /// <param name="cancellation">Stops the grading; what is recorded stays.</param>
    /// <returns>What the gradebook says of these submissions, and what this run did.</returns>
    /// <exception cref="Contracts.BadInputException">The gradebook cannot be written, or an exercise changed its points but not its version.</exception>
    public async Task<GradedClass> GradeAsync(IReadOnlyList<Submission> submissions, bool regrade = false, IProgress<GradingProgress>? progress = null, CancellationToken cancellation = default)
    {
        foreach (Exercise exercise in submissions.Select(s => s.Exercise).DistinctBy(e => e.Slug))
            await gradebook.DescribeAsync(new Assignment(exercise.Slug, exercise.Title, AssignmentKind.Exercise, exercise.Version, exercise.MaxPoints), cancellation);
        Dictionary<SubmissionKey, Result> standing = Standing(await gradebook.ReadAsync(cancellation));
        Submission[] open = [.. submissions.Where(s => regrade || !(standing.TryGetValue(KeyOf(s), out Result? result) && IsGoodEnough(result)))];

        ConcurrentBag<ResultDiff> changes = [];
        int done = 0;
        await grader.GradeAsync(open, (index, report, took) =>
        {
            Attempt attempt = AttemptOf(open[index]);
            Result result = RecordedReport.ToResult(report, open[index].Exercise, took);
            // On the grader's own thread: the next submission begins when this one is on disk.
            if (!standing.ContainsKey(KeyOf(open[index])))
                gradebook.RecordAsync(attempt, result, cancellation).GetAwaiter().GetResult();
            else if (gradebook.RegradeAsync(attempt, result, cancellation).GetAwaiter().GetResult() is { IsEmpty: false } diff)
                changes.Add(diff);
            progress?.Report(new GradingProgress(Interlocked.Increment(ref done), open.Length, report));
        }, cancellation);

        await EnrollAsync(submissions, cancellation);
        await gradebook.CorrectAsync(submissions.Where(s => s.HandIn.IsCertain).Select(AttemptOf), cancellation);
        GradebookContent content = await gradebook.ReadAsync(cancellation);
        return new GradedClass(WithLeaderboards(Report(content, submissions), submissions), open.Length,
            [.. changes.OrderBy(c => c.Attempt.Student, StringComparer.Ordinal).ThenBy(c => c.Attempt.Assignment, StringComparer.Ordinal)], Speed(content, submissions))
        { IsRegrade = regrade };
    }

    private Task EnrollAsync(IEnumerable<Submission> submissions, CancellationToken cancellation) =>
        gradebook.EnrollAsync(submissions.Where(s => s.HandIn.Name is not null || s.HandIn.CanvasId is not null).DistinctBy(s => s.Student)
            .Select(s => new Student(s.Student, s.HandIn.Name ?? s.Student) { CanvasId = s.HandIn.CanvasId }), cancellation);

    private static Attempt AttemptOf(Submission submission) =>
        new(submission.Student, submission.Exercise.Slug, submission.Hash(), submission.HandIn.At) { Source = submission.HandIn.Source };

    private static SubmissionKey KeyOf(Submission submission) => AttemptOf(submission).At(submission.Exercise.Version);

    private static Dictionary<SubmissionKey, Result> Standing(GradebookContent content) =>
        (from recorded in content.Attempts
         from result in recorded.History
         where result.Result.Verdict != Gradebook.Verdict.GraderFault
         group result.Result by recorded.Attempt.At(result.Result.Version)).ToDictionary(g => g.Key, g => g.Last());

    /// <summary>What ran without a sandbox stands only until it can be run in one.</summary>
    private bool IsGoodEnough(Result result) => grader.IsUnsafe || !RecordedReport.IsUnsafe(result);

    private static ClassReport Report(GradebookContent content, IEnumerable<Submission> submissions)
    {
        var recorded = content.Attempts.ToDictionary(r => (r.Attempt.Student, r.Attempt.Assignment, r.Attempt.SubmissionHash));
        var scores = StudentScore.OfAll(content).SelectMany(s => s.Assignments.Select(a => (s.Student.Key, Score: a))).ToDictionary(s => (s.Key, s.Score.Assignment.Slug), s => s.Score);
        return new ClassReport([.. submissions.Select(s =>
        {
            RecordedAttempt attempt = recorded[(s.Student, s.Exercise.Slug, s.Hash())];
            AssignmentScore score = scores[(s.Student, s.Exercise.Slug)];
            // 20.0 and 20 are one number and must be one text: dividing drops the zeros.
            decimal? points = score.Score / 1.0000000000000000000000000000m;
            bool counts = score.Counting?.Recorded.Attempt.SubmissionHash == attempt.Attempt.SubmissionHash;
            return RecordedReport.ToReport(attempt.Attempt, attempt.Standing.Result) with
            {
                Score = new ScoreReport(points, !score.IsProvisional, score.Attempts.Count, counts, [.. Explanation.Of(score)]),
            };
        })]);
    }

    private static ClassReport WithLeaderboards(ClassReport report, IEnumerable<Submission> submissions)
    {
        LeaderboardReport[] boards = [.. submissions.Select(s => s.Exercise).DistinctBy(e => e.Slug).OrderBy(e => e.Slug, StringComparer.Ordinal).Select(e => LeaderboardReport.Of(e, report.Submissions)).OfType<LeaderboardReport>()];
        return boards.Length == 0 ? report : report with { Leaderboards = [.. boards] };
    }

    private static ImmutableArray<GradingTime> Speed(GradebookContent content, IEnumerable<Submission> submissions)
    {
        HashSet<(string, string, string)> these = [.. submissions.Select(s => (s.Student, s.Exercise.Slug, s.Hash()))];
        return
        [
            .. content.Attempts.Where(r => these.Contains((r.Attempt.Student, r.Attempt.Assignment, r.Attempt.SubmissionHash)))
                .Where(r => r.Standing.Result.Took is not null)
                .Select(r => new GradingTime(r.Attempt.Student, r.Attempt.Assignment, r.Standing.Result.Took!.Value)),
        ];
    }
}

/// <summary>A class as the gradebook holds it after a run.</summary>
/// <param name="Report">Every submission that was handed in, in order.</param>
/// <param name="Graded">How many of them this run graded; the others had a result.</param>
/// <param name="Changes">What a regrade changed, by student and exercise.</param>
/// <param name="Times">What grading each took, whenever that was.</param>
public sealed record GradedClass(ClassReport Report, int Graded, ImmutableArray<ResultDiff> Changes, ImmutableArray<GradingTime> Times)
{
    /// <summary>Whether everything was graded again, not only what was missing.</summary>
    public bool IsRegrade { get; init; }
}

/// <summary>How long grading one submission took.</summary>
/// <param name="Student">Whose.</param>
/// <param name="Exercise">Which exercise.</param>
/// <param name="Took">From its first byte compiled to its last check.</param>
public sealed record GradingTime(string Student, string Exercise, TimeSpan Took);
