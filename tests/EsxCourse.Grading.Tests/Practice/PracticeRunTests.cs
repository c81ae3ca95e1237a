using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Exercises.Tax;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Practice;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests.Practice;

/// <summary>The public checks on a class of this process, called as if it stood behind the pipe.</summary>
public sealed class PracticeRunTests
{
    public static TheoryData<string> Slugs => [.. Course.Exercises.Exercises.Select(e => e.Slug)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public void The_reference_passes_every_public_check(string slug)
    {
        Exercise exercise = Course.Exercises.Find(slug);
        Type reference = exercise.Checks[0].Check.GetType().Assembly.GetTypes().Single(t => t.Namespace == exercise.Contract.Namespace && t.Name.StartsWith("Reference", StringComparison.Ordinal) && exercise.Contract.IsAssignableFrom(t));
        ImmutableArray<CheckReport> reports = PracticeRun.Run(exercise, () => Activator.CreateInstance(reference)!);
        Assert.Equal(exercise.Checks.Where(c => c.IsPublic).Select(c => (c.Name, c.Points)), reports.Select(r => (r.Name, r.Points)));
    }

    [Fact]
    public void A_class_that_does_nothing_yet_is_told_so()
    {
        CheckReport report = Assert.Single(PracticeRun.Run(Course.Tax, () => new Unwritten(), "idle page cost"));
        Assert.Equal((0, CheckOutcome.SubmissionFailed), (report.Points, report.Outcome));
        Assert.StartsWith("Your code has not implemented IdlePageCost", report.Reason, StringComparison.Ordinal);
        Assert.NotNull(report.Hint);
    }

    [Fact]
    public void A_wrong_answer_says_what_was_expected() =>
        Assert.Equal("k at τ = 0 % should be 1, your answer is 100.", Assert.Single(PracticeRun.Run(Course.Tax, () => new Wrong(), "idle page cost")).Reason);

    [Fact]
    public void An_endless_loop_costs_the_check_and_not_the_session()
    {
        using CancellationTokenSource done = new();
        CheckReport report = Assert.Single(PracticeRun.Run(Course.Tax with { Limits = new ExerciseLimits { CallSeconds = 0.05 } }, () => new Endless(done.Token), "idle page cost"));
        Assert.Equal(CheckOutcome.RanOutOfLimits, report.Outcome);
        Assert.Equal("Your code did not answer within 0.2 s. It is still running: restart the kernel to be rid of it.", report.Reason);
        done.Cancel();
    }

    [Fact]
    public void A_hidden_check_is_none_to_practise_with()
    {
        BadInputException refused = Assert.Throws<BadInputException>(() => PracticeRun.Run(Course.Tax, () => new Unwritten(), "any market"));
        Assert.Equal("07-idle-memory-tax: any market: there is no such public check; name one of: idle page cost, the slides' VM.", refused.Message);
    }

    private class Unwritten : IMemoryTax
    {
        public virtual double IdlePageCost(int taxPercent) => throw new NotImplementedException();

        public double SharesPerPage(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

        public Bill BillOf(TaxedVm vm, int taxPercent) => throw new NotImplementedException();

        public VmId? NextVictim(IReadOnlyList<TaxedVm> vms, int taxPercent) => throw new NotImplementedException();

        public IReadOnlyList<Revocation> Revoke(IReadOnlyList<TaxedVm> vms, VmId requester, PageCount wanted, PageCount freeAboveHigh, int taxPercent) => throw new NotImplementedException();
    }

    private sealed class Wrong : Unwritten
    {
        public override double IdlePageCost(int taxPercent) => 100;
    }

    private sealed class Endless(CancellationToken done) : Unwritten
    {
        public override double IdlePageCost(int taxPercent)
        {
            done.WaitHandle.WaitOne();
            return 1;
        }
    }
}
