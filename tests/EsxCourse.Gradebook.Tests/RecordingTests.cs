namespace EsxCourse.Gradebook.Tests;

/// <summary>What is recorded is there, once, as it was recorded, and in an order of its own.</summary>
public class RecordingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    protected virtual Task<CourseGradebook> OpenAsync() => Example.OpenAsync(folder.File("grades.db"));

    public void Dispose()
    {
        folder.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task A_recorded_result_reads_back_as_it_was()
    {
        Result result = new(1, Verdict.AwaitsReview,
        [
            new CheckResult("q1", "Double paging", 1.5m, 2) { Verdict = Verdict.AwaitsReview, Reason = "names the second fault\nnot the cause", Response = "the host pages out first" },
            new CheckResult("q2", "Ballooning", -0.25m, 2),
        ])
        { Reason = "picked 2 of 4" };
        Attempt attempt = Example.Attempt(assignment: Example.Quiz) with { Kind = AttemptKind.Practice, Source = "room 5" };
        await using CourseGradebook gradebook = await OpenAsync();
        Assert.True(await gradebook.RecordAsync(attempt, result, Now));

        RecordedAttempt read = Assert.Single((await gradebook.ReadAsync(Now)).Attempts);
        Assert.Equal(attempt, read.Attempt);
        Assert.Equivalent(result, read.Standing.Result, strict: true);
    }

    [Fact]
    public async Task Recording_the_same_submission_again_changes_nothing()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4), Now);
        Assert.False(await gradebook.RecordAsync(Example.Attempt(), Example.Result(0, 0), Now));
        Assert.Equal(10, Assert.Single(Assert.Single((await gradebook.ReadAsync(Now)).Attempts).History).Result.Points);
    }

    [Fact]
    public async Task What_stands_is_found_by_student_assignment_submission_and_version()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4), Now);
        SubmissionKey key = Example.Attempt().At(1);
        Assert.True(await gradebook.HasAsync(key, Now));
        foreach (SubmissionKey other in new[] { key with { Student = "bob" }, key with { Assignment = "faux-quiz" }, key with { SubmissionHash = "h2" }, key with { Version = 2 } })
            Assert.False(await gradebook.HasAsync(other, Now), other.ToString());
    }

    [Fact]
    public async Task A_new_version_of_the_checks_is_graded_beside_the_old_one()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4), Now);
        await gradebook.DescribeAsync(Example.Tax with { Version = 2, Max = 12 }, Now);
        Assert.True(await gradebook.RecordAsync(Example.Attempt(), Example.Result(3, 0, version: 2), Now));
        RecordedAttempt read = Assert.Single((await gradebook.ReadAsync(Now)).Attempts);
        Assert.Equal([10, 3], read.History.Select(recorded => recorded.Result.Points));
        Assert.Equal(2, read.Standing.Result.Version);
    }

    [Fact]
    public async Task The_points_of_a_version_cannot_change_behind_its_back()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        var bad = await Assert.ThrowsAsync<Contracts.BadInputException>(() => gradebook.DescribeAsync(Example.Tax with { Max = 12 }, Now));
        Assert.Equal("07-idle-memory-tax: version 1 was graded with 10 points and now has 12; raise its version.", bad.Message);
    }

    [Fact]
    public async Task A_result_of_an_unknown_assignment_is_a_mistake_of_the_grader()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await Assert.ThrowsAsync<InvalidOperationException>(() => gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4, version: 9), Now));
        Assert.Empty((await gradebook.ReadAsync(Now)).Students);
    }

    [Fact]
    public async Task A_fault_of_the_grader_is_no_result_and_gives_way_to_one()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await gradebook.RecordAsync(Example.Attempt(), Example.Fault(), Now);
        Assert.False(await gradebook.HasAsync(Example.Attempt().At(1), Now));
        Assert.True(await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4), Now));
        RecordedAttempt read = Assert.Single((await gradebook.ReadAsync(Now)).Attempts);
        Assert.Equal([Verdict.GraderFault, Verdict.Graded], read.History.Select(recorded => recorded.Result.Verdict));
        Assert.Equal(10, read.Standing.Result.Points);
    }

    [Fact]
    public async Task The_same_work_handed_in_twice_counts_from_the_earlier_moment()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await gradebook.RecordAsync(Example.Attempt(hoursAfterNoon: 5), Example.Result(6, 4), Now);
        await gradebook.RecordAsync(Example.Attempt(hoursAfterNoon: -5), Example.Result(6, 4), Now);
        await gradebook.RecordAsync(Example.Attempt(hoursAfterNoon: 7), Example.Result(6, 4), Now);
        Assert.Equal(Example.Noon.AddHours(-5), Assert.Single((await gradebook.ReadAsync(Now)).Attempts).Attempt.HandedIn);
    }

    [Fact]
    public async Task Names_may_hold_anything_that_a_folder_can_be_called()
    {
        string[] names = ["a\nb", "O'Hara \"Bob\"", "'; DROP TABLE student; --", "学生-Ω-🎈", "../../etc", " x ", "Ann", "ann"];
        await using CourseGradebook gradebook = await OpenAsync();
        foreach (string name in names)
            await gradebook.RecordAsync(Example.Attempt(name), Example.Result(6, 4), Now);
        Assert.Equal(names.Order(StringComparer.Ordinal), (await gradebook.ReadAsync(Now)).Students.Select(student => student.Key));
    }

    [Fact]
    public async Task Text_that_no_database_holds_is_marked_and_kept()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await gradebook.RecordAsync(Example.Attempt("nul\0"), new Result(1, Verdict.SubmissionFailed, []) { Reason = "half \ud83d a pair, a whole 🎈" }, Now);
        RecordedAttempt read = Assert.Single((await gradebook.ReadAsync(Now)).Attempts);
        Assert.Equal("nul\uFFFD", read.Attempt.Student);
        Assert.Equal("half \uFFFD a pair, a whole 🎈", read.Standing.Result.Reason);
        Assert.True(await gradebook.HasAsync(Example.Attempt("nul\0").At(1), Now));
    }

    [Fact]
    public async Task Points_are_kept_to_four_places()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await gradebook.RecordAsync(Example.Attempt(), new Result(1, Verdict.Graded, [new CheckResult("third", "", 1m / 3, 1), new CheckResult("half", "", 0.00005m, 1)]), Now);
        Assert.Equal([0.3333m, 0.0001m], Assert.Single((await gradebook.ReadAsync(Now)).Attempts).Standing.Result.Checks.Select(check => check.Points));
    }

    [Fact]
    public async Task What_is_read_does_not_depend_on_the_order_of_recording()
    {
        (string, string, double)[] work = [("bob", "h3", 2), ("ann", "h2", 1), ("ann", "h1", 1), ("Ann", "h0", 0), ("ann", "h9", -1)];
        List<string> orders = [];
        foreach (bool reversed in new[] { false, true })
        {
            using TemporaryFolder own = new();
            await using CourseGradebook gradebook = await Example.OpenAsync(own.File("grades.db"));
            foreach ((string student, string hash, double hours) in reversed ? work.Reverse() : work)
                await gradebook.RecordAsync(Example.Attempt(student, hash, hoursAfterNoon: hours), Example.Result(6, 4), Now);
            orders.Add(string.Join(' ', (await gradebook.ReadAsync(Now)).Attempts.Select(recorded => $"{recorded.Attempt.Student}/{recorded.Attempt.SubmissionHash}")));
        }

        Assert.Equal(["Ann/h0 ann/h9 ann/h1 ann/h2 bob/h3"], orders.Distinct());
    }

    [Fact]
    public async Task Students_get_better_known_without_losing_what_was_known()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        await gradebook.RecordAsync(Example.Attempt(), Example.Result(6, 4), Now);
        await gradebook.EnrollAsync([new Student("ann", "Ann Bell") { CanvasId = "17", Section = "A" }, new Student("bob", "Bob")], Now);
        await gradebook.EnrollAsync([new Student("ann", "Ann B. Bell") { SisLoginId = "abell" }], Now);
        Assert.Equal(
            [new Student("ann", "Ann B. Bell") { CanvasId = "17", Section = "A", SisLoginId = "abell" }, new Student("bob", "Bob")],
            (await gradebook.ReadAsync(Now)).Students);
    }

    [Fact]
    public async Task Many_threads_record_into_one_gradebook()
    {
        await using CourseGradebook gradebook = await OpenAsync();
        int[] recorded = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Task.Run(async () =>
            await gradebook.RecordAsync(Example.Attempt($"s{i % 20}"), Example.Result(6, 4), Now) ? 1 : 0, Now)));
        Assert.Equal(20, recorded.Sum());
        Assert.Equal(20, (await gradebook.ReadAsync(Now)).Attempts.Count);
    }
}
