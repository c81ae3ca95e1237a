namespace EsxCourse.Gradebook.Store;

// The tables, one class each. Ids are the database's own; everything that people and programs refer to is a key with a unique index.
//
//   course 1-n student 1-n attempt 1-n result 1-n check
//          1-n assignment 1-n version
//   student, assignment 1-n adjustment        (never of a result: a regrade leaves it alone)

internal sealed class CourseRow
{
    public long Id { get; set; }
    public required string Name { get; set; }
    public string? PolicyText { get; set; }
    public string? PolicyPlace { get; set; }
}

internal sealed class StudentRow
{
    public long Id { get; set; }
    public long CourseId { get; set; }
    public required string Key { get; set; }
    public required string Name { get; set; }
    public string? CanvasId { get; set; }
    public string? SisUserId { get; set; }
    public string? SisLoginId { get; set; }
    public string? Section { get; set; }
}

internal sealed class AssignmentRow
{
    public long Id { get; set; }
    public long CourseId { get; set; }
    public required string Slug { get; set; }
    public required string Title { get; set; }
    public AssignmentKind Kind { get; set; }
    public string? CanvasId { get; set; }
    public List<VersionRow> Versions { get; } = [];
}

internal sealed class VersionRow
{
    public long Id { get; set; }
    public long AssignmentId { get; set; }
    public int Number { get; set; }
    public decimal Max { get; set; }
}

internal sealed class AttemptRow
{
    public long Id { get; set; }
    public long StudentId { get; set; }
    public long AssignmentId { get; set; }
    public required string SubmissionHash { get; set; }
    public DateTimeOffset HandedIn { get; set; }
    public AttemptKind Kind { get; set; }
    public string? Source { get; set; }
    public List<ResultRow> Results { get; } = [];
}

internal sealed class ResultRow
{
    public long Id { get; set; }
    public long AttemptId { get; set; }
    public int Version { get; set; }
    public int Revision { get; set; }
    public Verdict Verdict { get; set; }
    public required string Reason { get; set; }
    public DateTimeOffset RecordedAt { get; set; }
    public int? Milliseconds { get; set; }
    public List<CheckRow> Checks { get; } = [];
}

internal sealed class CheckRow
{
    public long Id { get; set; }
    public long ResultId { get; set; }
    public int Position { get; set; }
    public required string CheckId { get; set; }
    public required string Title { get; set; }
    public decimal Points { get; set; }
    public decimal Max { get; set; }
    public Verdict Verdict { get; set; }
    public required string Reason { get; set; }
    public string? Response { get; set; }
}

internal sealed class AdjustmentRow
{
    public long Id { get; set; }
    public long StudentId { get; set; }
    public long AssignmentId { get; set; }
    public AdjustmentKind Kind { get; set; }
    public decimal Points { get; set; }
    public required string Comment { get; set; }
    public required string By { get; set; }
    public string? CheckId { get; set; }
    public string? SubmissionHash { get; set; }
    public DateTimeOffset At { get; set; }
}
