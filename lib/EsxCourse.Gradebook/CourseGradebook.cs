using EsxCourse.Contracts;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Gradebook.Store;
using Microsoft.EntityFrameworkCore;

namespace EsxCourse.Gradebook;

/// <summary>
/// The gradebook of one course: attempts, results, manual adjustments and the policy, in a SQLite file or on a PostgreSQL server.
/// Graders of exercises and of quizzes both write here and need not know of each other.
/// <list type="bullet">
/// <item>Every call that writes is one transaction: when it returns, its record is on disk; when the process dies before, nothing of it is.</item>
/// <item>Nothing is ever overwritten: a regrade adds a revision, an adjustment follows the one before.</item>
/// <item>One object may be used by many threads; many programs may use one gradebook.</item>
/// </list>
/// Scores are not stored: <see cref="StudentScore"/> computes them from what <see cref="ReadAsync"/> gives.
/// </summary>
public sealed class CourseGradebook : IAsyncDisposable
{
    /// <summary>The course's name where none is given.</summary>
    public const string DefaultCourse = "esx";

    private readonly Database database;
    private readonly TimeProvider clock;
    private readonly long courseId;

    private CourseGradebook(Database database, TimeProvider clock, string course, long courseId)
    {
        this.database = database;
        this.clock = clock;
        this.courseId = courseId;
        Course = course;
    }

    /// <summary>The course's name.</summary>
    public string Course { get; }

    /// <summary>Where the gradebook lies, in words; never with a password.</summary>
    public string Place => database.Place;

    /// <summary>Opens a gradebook to write into; creates it, and the course in it, if need be.</summary>
    /// <param name="location">A file's path; or <c>postgres://user:password@host/database</c> or <c>Host=…;Database=…</c>.</param>
    /// <param name="course">The course's name.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <returns>The gradebook.</returns>
    /// <exception cref="BadInputException">It cannot be opened or written, is no gradebook, or is newer than this program.</exception>
    public static Task<CourseGradebook> OpenAsync(string location, string course = DefaultCourse, CancellationToken cancellation = default) =>
        OpenAsync(Database.At(location), course, TimeProvider.System, cancellation);

    /// <summary>Opens a gradebook that must be there, to read it or to adjust a grade.</summary>
    /// <param name="location">As for <see cref="OpenAsync(string, string, CancellationToken)"/>.</param>
    /// <param name="course">The course's name; null for the only one there.</param>
    /// <param name="cancellation">Stops the opening.</param>
    /// <returns>The gradebook.</returns>
    /// <exception cref="BadInputException">It is not there, cannot be opened, is newer than this program, or holds no such course.</exception>
    public static Task<CourseGradebook> OpenExistingAsync(string location, string? course = null, CancellationToken cancellation = default) =>
        OpenExistingAsync(Database.At(location), course, cancellation);

    internal static Task<CourseGradebook> OpenAsync(Database database, string course, TimeProvider clock, CancellationToken cancellation) =>
        OpeningAsync(database, async () =>
        {
            course = Text.Key(course, 200, nameof(course));
            await Schema.Current.EnsureAsync(database, cancellation);
            long id = await database.WriteAsync(async context =>
            {
                CourseRow? row = await context.Courses.SingleOrDefaultAsync(row => row.Name == course, cancellation);
                if (row is null)
                    context.Courses.Add(row = new CourseRow { Name = course });
                await context.SaveChangesAsync(cancellation);
                return row.Id;
            }, cancellation);
            return new CourseGradebook(database, clock, course, id);
        });

    private static Task<CourseGradebook> OpenExistingAsync(Database database, string? course, CancellationToken cancellation) =>
        OpeningAsync(database, async () =>
        {
            await Schema.Current.RequireAsync(database, cancellation);
            await using GradebookContext context = database.Connect();
            CourseRow[] all = [.. (await context.Courses.AsNoTracking().ToListAsync(cancellation)).OrderBy(row => row.Name, StringComparer.Ordinal)];
            string names = string.Join(", ", all.Select(row => row.Name));
            CourseRow found = all switch
            {
                [] => throw new BadInputException(database.Place, "holds no course yet", "grade a class into it first"),
                [var only] when course is null => only,
                _ when course is null => throw new BadInputException(database.Place, $"holds several courses ({names})", "name one with --course"),
                _ => all.SingleOrDefault(row => row.Name == course) ?? throw new BadInputException(database.Place, $"holds no course '{course}'", $"name one of: {names}"),
            };
            return new CourseGradebook(database, TimeProvider.System, found.Name, found.Id);
        });

    /// <summary>Makes students known, or better known: a property that is null leaves what is recorded.</summary>
    /// <param name="students">The students. Whoever hands in without having been enrolled is, under the key as the name.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>When they are recorded.</returns>
    public async Task EnrollAsync(IEnumerable<Student> students, CancellationToken cancellation = default)
    {
        Student[] all = [.. students];
        await WriteAsync(async course =>
        {
            foreach (Student student in all)
                await course.EnrollAsync(student, cancellation);
            return true;
        }, cancellation);
    }

    /// <summary>Makes an assignment known at one version; a later call may change its title, never the points of a version.</summary>
    /// <param name="assignment">The assignment.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>When it is recorded.</returns>
    /// <exception cref="BadInputException">This version is known with other points.</exception>
    public Task DescribeAsync(Assignment assignment, CancellationToken cancellation = default) =>
        WriteAsync(async course =>
        {
            await course.DescribeAsync(assignment, cancellation);
            return true;
        }, cancellation);

    /// <summary>Whether a result stands for this key, so that it need not be graded again. A grader's fault does not count as one.</summary>
    /// <param name="key">Student, assignment, submission, version.</param>
    /// <param name="cancellation">Stops the look-up.</param>
    /// <returns>Whether there is one.</returns>
    public Task<bool> HasAsync(SubmissionKey key, CancellationToken cancellation = default) => database.ExplainingAsync(async () =>
    {
        (string student, string assignment, string hash) = (Text.Kept(key.Student), Text.Kept(key.Assignment), Text.Kept(key.SubmissionHash));
        await using GradebookContext context = database.Connect();
        return await (
            from s in context.Students
            join a in context.Attempts on s.Id equals a.StudentId
            join e in context.Assignments on a.AssignmentId equals e.Id
            where s.CourseId == courseId && s.Key == student && e.Slug == assignment && a.SubmissionHash == hash
            from r in a.Results
            where r.Version == key.Version && r.Verdict != Verdict.GraderFault
            select r.Id).AnyAsync(cancellation);
    });

    /// <summary>Records a first result. If one stands for the same key, nothing happens: grading a class again does only what is missing.</summary>
    /// <param name="attempt">What was handed in.</param>
    /// <param name="result">What it gave.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>True if it was recorded now, false if a result stood there already.</returns>
    /// <exception cref="BadInputException">The gradebook cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The assignment was not described at this version.</exception>
    public Task<bool> RecordAsync(Attempt attempt, Result result, CancellationToken cancellation = default) =>
        WriteAsync(async course =>
        {
            AttemptRow row = await course.AttemptAsync(attempt, result.Version, cancellation);
            if (row.Results.Any(old => old.Version == result.Version && old.Verdict != Verdict.GraderFault))
                return false;
            row.Results.Add(Rows.NextRevision(row, result, clock.GetUtcNow()));
            return true;
        }, cancellation);

    /// <summary>Records a later result beside the one that stands. The new one stands from now on, unless it is a grader's fault; the old one is kept.</summary>
    /// <param name="attempt">What was graded again.</param>
    /// <param name="result">What it gave this time.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>What changed; nothing is recorded if nothing did. Null if this is the attempt's first result.</returns>
    /// <exception cref="BadInputException">The gradebook cannot be written.</exception>
    /// <exception cref="InvalidOperationException">The assignment was not described at this version.</exception>
    public Task<ResultDiff?> RegradeAsync(Attempt attempt, Result result, CancellationToken cancellation = default) =>
        WriteAsync(async course =>
        {
            AttemptRow row = await course.AttemptAsync(attempt, result.Version, cancellation);
            ResultDiff? diff = row.Results.Count == 0 ? null : ResultDiff.Between(attempt, Rows.ToRecorded(row, attempt.Student, attempt.Assignment).Standing.Result, result.Kept());
            if (diff is not { IsEmpty: true })
                row.Results.Add(Rows.NextRevision(row, result, clock.GetUtcNow()));
            return diff;
        }, cancellation);

    /// <summary>Puts right when attempts were handed in, where somebody knows better than the files that were graded.</summary>
    /// <param name="attempts">The attempts, with the right moment; one that is not recorded is passed over.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>When they are put right.</returns>
    public async Task CorrectAsync(IEnumerable<Attempt> attempts, CancellationToken cancellation = default)
    {
        Attempt[] all = [.. attempts];
        await WriteAsync(async course =>
        {
            foreach (Attempt attempt in all)
                await course.CorrectAsync(attempt, cancellation);
            return true;
        }, cancellation);
    }

    /// <summary>Records what a person changed by hand.</summary>
    /// <param name="adjustment">The change.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>When it is recorded.</returns>
    /// <exception cref="BadInputException">There is no such student, assignment, check or attempt, or comment or name is missing.</exception>
    public Task AdjustAsync(Adjustment adjustment, CancellationToken cancellation = default) =>
        WriteAsync(async course =>
        {
            await course.AdjustAsync(adjustment, clock.GetUtcNow(), cancellation);
            return true;
        }, cancellation);

    /// <summary>Records the policy by which scores are computed from now on. It replaces the one before; results stay as they are.</summary>
    /// <param name="yaml">The text of the policy file.</param>
    /// <param name="place">The file's name, for error lines; kept with the text.</param>
    /// <param name="cancellation">Stops before the commit.</param>
    /// <returns>The policy as it was read.</returns>
    /// <exception cref="BadInputException">The text is no policy; says the line.</exception>
    public Task<Policy> SetPolicyAsync(string yaml, string place, CancellationToken cancellation = default)
    {
        Policy policy = PolicyFile.Parse(yaml, place);
        return WriteAsync(async course =>
        {
            await course.SetPolicyAsync(yaml, place, cancellation);
            return policy;
        }, cancellation);
    }

    /// <summary>The policy as its author wrote it; null if there is none.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The YAML.</returns>
    public Task<string?> PolicyTextAsync(CancellationToken cancellation = default) => database.ExplainingAsync(async () =>
    {
        await using GradebookContext context = database.Connect();
        return await context.Courses.Where(row => row.Id == courseId).Select(row => row.PolicyText).SingleAsync(cancellation);
    });

    /// <summary>Reads all that is recorded on the course, as it stood at one moment.</summary>
    /// <param name="cancellation">Stops the reading.</param>
    /// <returns>The content.</returns>
    public Task<GradebookContent> ReadAsync(CancellationToken cancellation = default) => database.ExplainingAsync(async () =>
    {
        await using GradebookContext context = database.Connect();
        context.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await using IAsyncDisposable oneMoment = await database.BeginReadingAsync(context, cancellation);
        return await CourseContent.ReadAsync(context, courseId, Place, cancellation);
    });

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static async Task<CourseGradebook> OpeningAsync(Database database, Func<Task<CourseGradebook>> open)
    {
        try
        {
            return await database.ExplainingAsync(open);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    private Task<T> WriteAsync<T>(Func<CourseRecords, Task<T>> work, CancellationToken cancellation) =>
        database.WriteAsync(context => work(new CourseRecords(context, Course, courseId)), cancellation);
}
