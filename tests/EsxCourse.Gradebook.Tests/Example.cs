namespace EsxCourse.Gradebook.Tests;

/// <summary>One small course that many tests use: an exercise of ten points in two checks, a quiz of four in two questions.</summary>
internal static class Example
{
    public static Assignment Tax { get; } = new("07-idle-memory-tax", "Idle memory tax", AssignmentKind.Exercise, Version: 1, Max: 10);

    public static Assignment Quiz { get; } = new("faux-quiz", "The five-minute quiz", AssignmentKind.Quiz, Version: 1, Max: 4);

    /// <summary>The due moment that tests count lateness from.</summary>
    public static DateTimeOffset Noon { get; } = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    public static Attempt Attempt(string student = "ann", string hash = "h1", Assignment? assignment = null, double hoursAfterNoon = 0) =>
        new(student, (assignment ?? Tax).Slug, hash, Noon.AddHours(hoursAfterNoon));

    public static Result Result(decimal formula, decimal boundary, int version = 1) => new(version, Verdict.Graded,
    [
        new CheckResult("formula", "The formula", formula, 6) { Reason = formula == 6 ? "" : "k is missing" },
        new CheckResult("tau-zero", "No tax at all", boundary, 4),
    ]);

    public static Result Fault() => new(1, Verdict.GraderFault, []) { Reason = "the machine ran out of memory" };

    public static async Task<CourseGradebook> OpenAsync(string place)
    {
        CourseGradebook gradebook = await CourseGradebook.OpenAsync(place, cancellation: TestContext.Current.CancellationToken);
        await gradebook.DescribeAsync(Tax, TestContext.Current.CancellationToken);
        await gradebook.DescribeAsync(Quiz, TestContext.Current.CancellationToken);
        return gradebook;
    }
}
