using EsxCourse.Contracts;
using Microsoft.EntityFrameworkCore;

namespace EsxCourse.Gradebook.Store;

/// <summary>
/// The rows of one course inside one transaction: finds what is there, adds what is not, and refuses what cannot be. Whoever calls commits;
/// nothing here does. A row is found by the key that people use, as the database can hold it (<see cref="Text"/>).
/// </summary>
/// <param name="context">The transaction's unit of work.</param>
/// <param name="name">The course's name, for error lines.</param>
/// <param name="courseId">The course.</param>
internal sealed class CourseRecords(GradebookContext context, string name, long courseId)
{
    public async Task EnrollAsync(Student student, CancellationToken cancellation)
    {
        StudentRow row = await StudentAsync(student.Key, student.Name, cancellation);
        row.Name = Text.Kept(student.Name);
        row.CanvasId = Kept(student.CanvasId) ?? row.CanvasId;
        row.SisUserId = Kept(student.SisUserId) ?? row.SisUserId;
        row.SisLoginId = Kept(student.SisLoginId) ?? row.SisLoginId;
        row.Section = Kept(student.Section) ?? row.Section;
    }

    public async Task DescribeAsync(Assignment assignment, CancellationToken cancellation)
    {
        string slug = Text.Key(assignment.Slug, 200, nameof(assignment));
        ArgumentOutOfRangeException.ThrowIfLessThan(assignment.Version, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(assignment.Max);
        decimal max = PointsColumn.Kept(assignment.Max);
        AssignmentRow? row = await context.Assignments.Include(row => row.Versions).SingleOrDefaultAsync(row => row.CourseId == courseId && row.Slug == slug, cancellation);
        if (row is null)
            context.Assignments.Add(row = new AssignmentRow { CourseId = courseId, Slug = slug, Title = "" });
        row.Title = Text.Kept(assignment.Title);
        row.Kind = assignment.Kind;
        row.CanvasId = Kept(assignment.CanvasId) ?? row.CanvasId;
        VersionRow? version = row.Versions.SingleOrDefault(version => version.Number == assignment.Version);
        if (version is null)
            row.Versions.Add(new VersionRow { Number = assignment.Version, Max = max });
        else if (version.Max != max)
            throw new BadInputException(slug, $"version {assignment.Version} was graded with {version.Max:0.####} points and now has {max:0.####}", "raise its version");
    }

    /// <summary>Finds or adds the attempt, with its results.</summary>
    public async Task<AttemptRow> AttemptAsync(Attempt attempt, int version, CancellationToken cancellation)
    {
        string slug = Text.Kept(attempt.Assignment);
        long assignmentId = await context.Assignments.Where(row => row.CourseId == courseId && row.Slug == slug && row.Versions.Any(known => known.Number == version))
            .Select(row => row.Id).SingleOrDefaultAsync(cancellation);
        if (assignmentId == 0)
            throw new InvalidOperationException($"Describe assignment '{slug}' at version {version} before recording results of it.");

        StudentRow student = await StudentAsync(attempt.Student, attempt.Student, cancellation);
        await context.SaveChangesAsync(cancellation);
        string hash = Text.Key(attempt.SubmissionHash, 128, nameof(attempt));
        AttemptRow? row = await context.Attempts.Include(row => row.Results).ThenInclude(row => row.Checks).AsSplitQuery()
            .SingleOrDefaultAsync(row => row.StudentId == student.Id && row.AssignmentId == assignmentId && row.SubmissionHash == hash, cancellation);
        if (row is null)
            context.Attempts.Add(row = new AttemptRow { StudentId = student.Id, AssignmentId = assignmentId, SubmissionHash = hash, HandedIn = attempt.HandedIn, Kind = attempt.Kind, Source = Kept(attempt.Source) });
        // The same work handed in twice counts from the earlier moment, whichever is recorded first.
        if (attempt.HandedIn < row.HandedIn)
            row.HandedIn = attempt.HandedIn;
        return row;
    }

    /// <summary>Sets the moment of an attempt that is there.</summary>
    public async Task CorrectAsync(Attempt attempt, CancellationToken cancellation)
    {
        (string key, string slug, string hash) = (Text.Kept(attempt.Student), Text.Kept(attempt.Assignment), Text.Kept(attempt.SubmissionHash));
        AttemptRow? row = await (
            from a in context.Attempts
            join s in context.Students on a.StudentId equals s.Id
            join e in context.Assignments on a.AssignmentId equals e.Id
            where s.CourseId == courseId && s.Key == key && e.Slug == slug && a.SubmissionHash == hash
            select a).SingleOrDefaultAsync(cancellation);
        row?.HandedIn = attempt.HandedIn;
    }

    /// <exception cref="BadInputException">There is no such student, assignment, check or attempt, or comment or name is missing.</exception>
    public async Task AdjustAsync(Adjustment adjustment, DateTimeOffset now, CancellationToken cancellation)
    {
        (string key, string slug) = (Text.Kept(adjustment.Student), Text.Kept(adjustment.Assignment));
        StudentRow student = await context.Students.SingleOrDefaultAsync(row => row.CourseId == courseId && row.Key == key, cancellation)
            ?? throw new BadInputException(key, $"is no student of course '{name}'", "see 'esx gradebook show' for who is");
        AssignmentRow assignment = await context.Assignments.SingleOrDefaultAsync(row => row.CourseId == courseId && row.Slug == slug, cancellation)
            ?? throw new BadInputException(slug, $"is no assignment of course '{name}'", "see 'esx gradebook show' for what is");
        if (PointsColumn.Problem(adjustment.Points) is { } problem)
            throw new BadInputException("--points", problem, "give the points that you mean");
        if (string.IsNullOrWhiteSpace(adjustment.Comment))
            throw new BadInputException("--comment", "is empty", "say why, the student will ask");
        if (string.IsNullOrWhiteSpace(adjustment.By))
            throw new BadInputException("--by", "is empty", "say who decided");

        List<AttemptRow> attempts = await context.Attempts.Include(row => row.Results).ThenInclude(row => row.Checks).AsSplitQuery().AsNoTracking()
            .Where(row => row.StudentId == student.Id && row.AssignmentId == assignment.Id).ToListAsync(cancellation);
        if (adjustment.SubmissionHash is { } hash && attempts.All(row => row.SubmissionHash != hash))
            throw new BadInputException(hash, $"is no submission of {key} to {slug}", "see 'esx gradebook show --student' for what was handed in");
        if (adjustment.Check is { } check && !attempts.SelectMany(row => row.Results).SelectMany(row => row.Checks).Any(row => row.CheckId == check))
            throw new BadInputException(check, $"is no check of {slug} that {key} was graded on", "see 'esx gradebook show --student' for which are");

        context.Adjustments.Add(new AdjustmentRow
        {
            StudentId = student.Id,
            AssignmentId = assignment.Id,
            Kind = adjustment.Kind,
            Points = PointsColumn.Kept(adjustment.Points),
            Comment = Text.Kept(adjustment.Comment.Trim()),
            By = Text.Kept(adjustment.By.Trim()),
            CheckId = Kept(adjustment.Check),
            SubmissionHash = Kept(adjustment.SubmissionHash),
            At = now,
        });
    }

    public async Task SetPolicyAsync(string yaml, string place, CancellationToken cancellation)
    {
        CourseRow course = await context.Courses.SingleAsync(row => row.Id == courseId, cancellation);
        (course.PolicyText, course.PolicyPlace) = (Text.Kept(yaml), Text.Kept(place));
    }

    private async Task<StudentRow> StudentAsync(string key, string name, CancellationToken cancellation)
    {
        key = Text.Key(key, Student.MaxKeyLength, "student");
        StudentRow? row = await context.Students.SingleOrDefaultAsync(row => row.CourseId == courseId && row.Key == key, cancellation)
            ?? context.Students.Local.SingleOrDefault(row => row.Key == key);
        if (row is null)
            context.Students.Add(row = new StudentRow { CourseId = courseId, Key = key, Name = Text.Kept(name) });
        return row;
    }

    private static string? Kept(string? text) => text is null ? null : Text.Kept(text);
}
