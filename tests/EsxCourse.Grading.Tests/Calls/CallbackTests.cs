using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Exercises.Ballooning;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Tests.Calls;

/// <summary>Student code that calls into the checks' world, through a real worker in its sandbox.</summary>
public sealed class CallbackTests
{
    /// <summary>Three polls of a driver, against a host that never has a page in its balloon.</summary>
    private sealed class ThreePolls : Check<IBalloonDriver>
    {
        public override string Hint => "none";

        protected override void Run(IBalloonDriver student, CheckRun run)
        {
            World world = new(run);
            student.Start(world, world, new BalloonSpeed(1, 2, 3));
            for (int i = 0; i < 3; i++)
                student.Poll();
            run.Equal(3, world.Polls, "the number of polls");
            run.Equal(new PageCount(3), student.Held(), "what it holds");
        }
    }

    private sealed class World(CheckRun run) : IGuest, IHost
    {
        public int Polls { get; private set; }

        public BalloonRequest Poll() => new(new PageCount(++Polls), StartOver: false);

        public Ppn? Take() => Polls == 2 ? null : new Ppn(Polls);

        public void GiveBack(Ppn page) => run.True(page.Value < 100, "page 100 is nobody's");

        public bool Inflate(Ppn page) => page.Value % 2 == 1;

        public void Deflate(Ppn page) => throw new InvalidOperationException($"{page} is not in the balloon");

        public void Refused(PageCount held) => throw new NotSupportedException("the world itself is broken");

        public void Reset()
        {
        }
    }

    private static async Task<CheckReport> Grade(string poll, string held = "new PageCount(3)", int calls = 1000)
    {
        Course.RequireSandbox();
        string source = $$"""
            public sealed class Driver : IBalloonDriver
            {
                private IGuest guest = null!;
                private IHost host = null!;
                private int polls;
                private readonly List<Ppn?> taken = [];
                public void Start(IGuest guest, IHost host, BalloonSpeed speed) => (this.guest, this.host) = (guest, host);
                public void Poll() { polls++; {{poll}} }
                public PageCount Held() => {{held}};
                public int Rate() => 0;
            }
            """;
        ImmutableArray<ExerciseCheck> checks = [new ExerciseCheck("three polls", 1, IsPublic: true, new ThreePolls())];
        Exercise exercise = new("callbacks", "", "Callbacks", 1, "Driver.cs", typeof(IBalloonDriver), checks, new ExerciseLimits { Calls = calls });
        Submission submission = new("ada", exercise, [new SourceFile("Driver.cs", source)]);
        ClassReport report = await new ClassGrader(Course.Exercises, new GradingOptions { Secret = Course.Secret, Jobs = 1 }).GradeAsync([submission], progress: null, TestContext.Current.CancellationToken);
        return Assert.Single(Assert.Single(report.Submissions).Checks);
    }

    private static async Task Loses(CheckOutcome outcome, string reason, string poll, int calls = 1000)
    {
        CheckReport report = await Grade(poll, calls: calls);
        Assert.Equal(outcome, report.Outcome);
        Assert.Contains(reason, report.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_driver_keeps_its_state_and_the_worlds_objects_from_call_to_call() =>
        Assert.Equal((CheckOutcome.Passed, "As expected."), await Grade("taken.Add(guest.Take()); host.Poll();", "new PageCount(taken.Count)") is { } r ? (r.Outcome, r.Reason) : default);

    [Fact]
    public async Task Values_none_and_truth_come_back_from_the_world() =>
        Assert.Equal("As expected.", (await Grade(
            "host.Poll(); Ppn? page = guest.Take(); if (polls == 2 ? page is not null : page != new Ppn(polls) || !host.Inflate(page.Value)) throw new Exception(\"bad\");")).Reason);

    [Fact]
    public async Task What_the_world_refuses_is_an_exception_that_student_code_may_catch() =>
        Assert.Equal("As expected.", (await Grade(
            "host.Poll(); try { host.Deflate(new Ppn(7)); } catch (InvalidOperationException e) when (e.Message == \"PPN 7 is not in the balloon\") { return; } throw new Exception(\"bad\");")).Reason);

    [Fact]
    public Task Uncaught_it_ends_the_check_with_the_worlds_sentence() =>
        Loses(CheckOutcome.SubmissionFailed, "threw InvalidOperationException in Poll: PPN 7 is not in the balloon", "host.Deflate(new Ppn(7));");

    [Fact]
    public Task The_world_can_end_the_check_from_within_a_call() => Loses(CheckOutcome.WrongAnswer, "Page 100 is nobody's.", "guest.GiveBack(new Ppn(100));");

    [Fact]
    public Task A_world_that_breaks_is_the_graders_fault_and_not_the_students() => Loses(CheckOutcome.GraderBroke, "the world itself is broken", "host.Refused(default);");

    [Fact]
    public Task Another_thread_may_not_call_the_world() =>
        Loses(CheckOutcome.SubmissionFailed, "only on the thread that your method was called on",
            "Exception? e = null; var t = new System.Threading.Thread(() => { try { host.Poll(); } catch (Exception x) { e = x; } }); t.Start(); t.Join(); throw e!;");

    [Fact]
    public Task Endless_calls_into_the_world_run_into_the_limit() =>
        Loses(CheckOutcome.RanOutOfLimits, "needed more than 200 calls", "while (true) guest.Take();", calls: 200);

    [Fact]
    public Task A_forged_object_of_the_world_is_a_breach_of_the_protocol() =>
        Loses(CheckOutcome.SubmissionFailed, "a call to an object that it was not given",
            "host.GetType().BaseType!.GetField(\"number\", System.Reflection.BindingFlags.NonPublic | System.Reflection.BindingFlags.Instance)!.SetValue(host, 99); host.Poll();");
}
