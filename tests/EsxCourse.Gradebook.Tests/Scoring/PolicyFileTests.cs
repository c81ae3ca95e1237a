using EsxCourse.Contracts;
using EsxCourse.Gradebook.Scoring;

namespace EsxCourse.Gradebook.Tests.Scoring;

public sealed class PolicyFileTests
{
    private const string Full = """
        # The course's rules.
        freeDays: 5
        default:
          counts: last
          attempts: 3
          late:
            grace: 15m
            penaltyPerDay: 10%
            maximumDays: 7
            freeDays: 2
        assignments:
          07-idle-memory-tax:
            due: 2026-11-20T23:59:00-06:00
            counts: best
            late: { penaltyPerDay: 0.25, penaltyOf: earned }
          faux-quiz:
            due: 2026-11-21 12:00Z
        extensions:
          ann:
            faux-quiz: 2026-11-22T12:00:00+01:00
        """;

    [Fact]
    public void A_policy_reads_as_it_is_written()
    {
        Policy policy = PolicyFile.Parse(Full, "policy.yaml");
        Assert.Equal(5, policy.FreeDays);
        LateRule late = new() { Grace = TimeSpan.FromMinutes(15), PenaltyPerDay = 0.1m, MaximumDays = 7, FreeDays = 2 };
        Assert.Equal(new AssignmentRule { Counts = AttemptChoice.Last, Attempts = 3, Late = late }, policy.For("any other"));
        Assert.Equal(
            new AssignmentRule { Due = new DateTimeOffset(2026, 11, 20, 23, 59, 0, TimeSpan.FromHours(-6)), Counts = AttemptChoice.Best, Attempts = 3, Late = late with { PenaltyPerDay = 0.25m, PenaltyOf = PenaltyBase.Earned } },
            policy.For("07-idle-memory-tax"));
        Assert.Equal(new DateTimeOffset(2026, 11, 22, 11, 0, 0, TimeSpan.Zero), policy.DueFor("ann", "faux-quiz"));
        Assert.Equal(new DateTimeOffset(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), policy.DueFor("bob", "faux-quiz"));
    }

    [Fact]
    public void The_example_in_the_documentation_is_a_policy()
    {
        string[] source = File.ReadAllLines(Repository.Path("lib/EsxCourse.Gradebook/Scoring/PolicyFile.cs"));
        string example = string.Join('\n', source.SkipWhile(line => !line.Contains("<code>", StringComparison.Ordinal)).Skip(1)
            .TakeWhile(line => !line.Contains("</code>", StringComparison.Ordinal)).Select(line => line.Replace("/// ", "", StringComparison.Ordinal)));
        Assert.Equal(0.1m, PolicyFile.Parse(example, "example").For("07-idle-memory-tax").Late.PenaltyPerDay);
    }

    [Theory]
    [InlineData("")]
    [InlineData("# nothing but a comment\n")]
    [InlineData("default:\nassignments:\n")]
    public void An_empty_policy_is_none(string yaml)
    {
        Policy policy = PolicyFile.Parse(yaml, "policy.yaml");
        Assert.Equal(new AssignmentRule(), policy.For("x"));
        Assert.Equal(0, policy.FreeDays);
    }

    [Theory]
    [InlineData("freedays: 5", 1, "'freedays' is no key here; write one of: freeDays, default, assignments, extensions")]
    [InlineData("\nfreeDays: five", 2, "freeDays: 'five' is no whole number from 0 to 10000; write one")]
    [InlineData("freeDays: -1", 1, "freeDays: '-1' is no whole number from 0 to 10000; write one")]
    [InlineData("freeDays: [1]", 1, "freeDays wants one value; write it on the same line")]
    [InlineData("default:\n  due: 2026-11-20T12:00Z", 2, "'due' is no key here; write one of: counts, attempts, late")]
    [InlineData("default:\n  counts: worst", 2, "counts: 'worst' is no choice; write one of: best, last, first")]
    [InlineData("default:\n  attempts: 0", 2, "attempts: '0' is no whole number from 1 to 10000; write one")]
    [InlineData("default:\n  late:\n    penaltyPerDay: 120%", 3, "penaltyPerDay: '120%' is no part from 0 to 1; write it like 10% or 0.1")]
    [InlineData("default:\n  late:\n    penaltyPerDay: 10", 3, "penaltyPerDay: '10' is no part from 0 to 1; write it like 10% or 0.1")]
    [InlineData("default:\n  late:\n    grace: 15", 3, "grace: '15' is no duration up to a year; write a whole number and s, m, h or d, like 15m")]
    [InlineData("default:\n  late: none", 2, "holds a value where keys are wanted; write one of: grace, penaltyPerDay, penaltyOf, maximumDays, freeDays")]
    [InlineData("assignments:\n  a:\n    due: 2026-11-20T12:00", 3, "due: '2026-11-20T12:00' is no moment with an offset from UTC; write it like 2026-11-20T23:59:00-06:00")]
    [InlineData("assignments:\n  a:\n    due: 2026-02-30T12:00Z", 3, "due: '2026-02-30T12:00Z' is no moment with an offset from UTC; write it like 2026-11-20T23:59:00-06:00")]
    [InlineData("assignments: a", 1, "holds a value where keys are wanted; write 'name: …' lines below it")]
    [InlineData("extensions:\n  ann: 2026-11-20T12:00Z", 2, "holds a value where keys are wanted; write 'name: …' lines below it")]
    [InlineData("? [a]\n: 1", 1, "has a key that is no name; write a plain name")]
    [InlineData("freeDays: 1\n---\nfreeDays: 2", 3, "begins a second document; remove the '---' line")]
    public void A_mistake_is_told_with_its_line_and_what_to_write(string yaml, int line, string expected)
    {
        var bad = Assert.Throws<BadInputException>(() => PolicyFile.Parse(yaml, "policy.yaml"));
        Assert.Equal($"policy.yaml:{line}: {expected}.", bad.Message);
    }

    [Theory]
    [InlineData("freeDays: 1\nfreeDays: 2", 2)]
    [InlineData("a: [1\n", 1)]
    public void What_is_not_YAML_is_told_with_its_line(string yaml, int line)
    {
        var bad = Assert.Throws<BadInputException>(() => PolicyFile.Parse(yaml, "policy.yaml"));
        Assert.StartsWith($"policy.yaml:{line}: is not YAML (", bad.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tab_is_told_with_its_own_line() => Assert.Equal(
        "policy.yaml:2: is indented with a tab, which YAML does not allow; indent with spaces.",
        Assert.Throws<BadInputException>(() => PolicyFile.Parse("default:\n\tcounts: best", "policy.yaml")).Message);

    [Fact]
    public async Task The_policy_lies_in_the_gradebook()
    {
        using TemporaryFolder folder = new();
        await using CourseGradebook gradebook = await Example.OpenAsync(folder.File("grades.db"));
        await gradebook.SetPolicyAsync(Full, "policy.yaml", TestContext.Current.CancellationToken);
        Assert.Equal(5, (await gradebook.ReadAsync(TestContext.Current.CancellationToken)).Policy.FreeDays);
    }

    [Fact]
    public async Task A_broken_policy_leaves_the_one_before()
    {
        using TemporaryFolder folder = new();
        await using CourseGradebook gradebook = await Example.OpenAsync(folder.File("grades.db"));
        await gradebook.SetPolicyAsync(Full, "policy.yaml", TestContext.Current.CancellationToken);
        await Assert.ThrowsAsync<BadInputException>(() => gradebook.SetPolicyAsync("freeDays: x", "policy.yaml", TestContext.Current.CancellationToken));
        Assert.Equal(5, (await gradebook.ReadAsync(TestContext.Current.CancellationToken)).Policy.FreeDays);
    }
}
