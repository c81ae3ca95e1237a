using EsxCourse.Gradebook.Scoring;

namespace EsxCourse.Gradebook.Tests;

/// <summary>A class of six for reports and exports: names of every sort, late work, a fault, an adjustment, someone who handed nothing in.</summary>
internal static class Classroom
{
    public static GradebookContent Content { get; } = new(
        "esx",
        [
            new Student("../../etc/passwd", "Bobby \"Tables\", the 3rd") { Section = "A" },
            new Student("=HYPERLINK(\"http://x\")", "=1+1"),
            new Student("ann", "Ann Bell") { CanvasId = "1017", SisUserId = "u-ann", SisLoginId = "abell", Section = "A" },
            new Student("bob", "Bob\r\nO'Hara") { Section = "B;=2+2" },
            new Student("eve", "Points Possible"),
            new Student("学生", "学生 Ω 🎈\u202Egnp.exe"),
        ],
        [Example.Tax with { CanvasId = "77" }, Example.Quiz],
        [
            Recorded("../../etc/passwd", "h1", 30, Example.Result(6, 4)),
            Recorded("=HYPERLINK(\"http://x\")", "h2", 0, new Result(1, Verdict.SubmissionFailed, []) { Reason = "line 3: ; expected\nline 4: } expected" }),
            Recorded("ann", "h3", -2, Example.Result(3, 4)),
            Recorded("ann", "h4", -1, Example.Result(6, 0)),
            Recorded("ann", "h5", 0, Answers(2, "page out twice", 1, "@SUM(A1)"), Example.Quiz),
            Recorded("bob", "h6", 0, Example.Fault()),
            Recorded("bob", "h7", 0, Answers(2, "page out twice", 0, "swap"), Example.Quiz),
            Recorded("学生", "h8", 0, Example.Result(0.3333m, -0.5m)),
            Recorded("学生", "h9", 0, Answers(0, "<script>alert(1)</script>", 0, "swap"), Example.Quiz),
        ],
        [
            new Adjustment("ann", Example.Tax.Slug, AdjustmentKind.Add, 1.5m, "right idea\nin words", "Emma"),
            new Adjustment("ann", Example.Quiz.Slug, AdjustmentKind.Set, 2, "half of it", "Emma") { Check = "q1" },
        ],
        new Policy { Assignments = new Dictionary<string, AssignmentRule> { [Example.Tax.Slug] = new() { Due = Example.Noon, Late = new LateRule { PenaltyPerDay = 0.1m } } } });

    private static RecordedAttempt Recorded(string student, string hash, double hoursAfterNoon, Result result, Assignment? assignment = null) =>
        new(Example.Attempt(student, hash, assignment, hoursAfterNoon), [new RecordedResult(result, 1, Example.Noon)]);

    private static Result Answers(decimal first, string firstResponse, decimal second, string secondResponse) => new(1, Verdict.Graded,
    [
        new CheckResult("q1", "Double paging", first, 2) { Response = firstResponse },
        new CheckResult("q2", "Ballooning", second, 2) { Response = secondResponse, Reason = second > 0 ? "names\tthe pmap" : "" },
    ]);
}
