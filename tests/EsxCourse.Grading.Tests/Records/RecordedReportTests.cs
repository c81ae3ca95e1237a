using EsxCourse.Gradebook;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Records;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;
using Verdict = EsxCourse.Grading.Reports.Verdict;

namespace EsxCourse.Grading.Tests.Records;

public sealed class RecordedReportTests
{
    public static TheoryData<Verdict> Verdicts => [.. Enum.GetValues<Verdict>()];

    [Theory]
    [MemberData(nameof(Verdicts))]
    public void A_report_comes_back_from_the_gradebook_as_it_went_in(Verdict verdict)
    {
        SubmissionReport report = new("zoë", Course.Tax.Slug, 2, 12, verdict, "1 of 5 checks passed. In 'x': k should be 1, your answer is 0.", "ab12",
            [
                new CheckReport("idle page cost", 2, 2, CheckOutcome.Passed, "As expected.", null) { Figures = [new Figure("speed", 12.5m, "pages a second"), new Figure("size", 3, "")] },
                new CheckReport("the slides' VM", 0, 3, CheckOutcome.WrongAnswer, "Hint: this begins as a hint does.", "See slide 30.") { Figures = [new Figure("speed", -1, "= odd")] },
                new CheckReport("a", 0, 3, CheckOutcome.SubmissionFailed, "Your code threw.", "Look again."),
                new CheckReport("b", 0, 3, CheckOutcome.RanOutOfLimits, "Too slow.", null),
                new CheckReport("c", 0, 1, CheckOutcome.GraderBroke, "The grader broke.", null),
            ],
            [new CompileError("Tax.cs", 12, "CS0103 Note: x:7: is not a name"), new CompileError("", 0, "no class implements IMemoryTax (a public one)"), new CompileError("hw.ipynb cell 3", 1, "CS1002 ; expected")])
        {
            Notes = ["Your code prints."],
            Unsafe = verdict == Verdict.Graded,
        };
        Result result = RecordedReport.ToResult(report, Course.Tax, TimeSpan.FromMilliseconds(62));
        SubmissionReport back = RecordedReport.ToReport(new Attempt(report.Student, report.Exercise, report.Hash, DateTimeOffset.UnixEpoch), result);
        Assert.Equal(ClassReportJson.Write(new ClassReport([report])), ClassReportJson.Write(new ClassReport([back])));
    }
}
