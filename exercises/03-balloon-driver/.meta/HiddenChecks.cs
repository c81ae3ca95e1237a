using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Exercises.Ballooning;

/// <summary>A guest that refuses is asked no more in this poll, the host hears of it, and the rate is halved.</summary>
public sealed class TheGuestRefuses : Check<IBalloonDriver>
{
    /// <inheritdoc/>
    public override string Hint => "The guest knows best: when it refuses, stop asking until the next poll, tell the host what you hold, and go at half the rate, but never below the slowest.";

    /// <inheritdoc/>
    protected override void Run(IBalloonDriver student, CheckRun run)
    {
        // By hand: rates 4, 8, then 12 with 5 left of 17 pages: the sixth is refused, 12 / 2 = 6; refused at once: 3 is below 4.
        BalloonWorld world = new(free: 10, evictable: 7);
        student.Start(world, world, new BalloonSpeed(4, 40, 4));
        world.Request = new BalloonRequest(new PageCount(30), StartOver: false);
        (int Held, int Rate)[] after = [(4, 8), (12, 12), (17, 6), (17, 4), (17, 4)];
        for (int poll = 0; poll < after.Length; poll++)
        {
            run.Step($"17 pages can be had, target 30, poll {poll + 1}");
            string[] steps = world.Watch(student);
            run.Equal(after[poll].Held, world.Ballooned, "the number of pages that the host got");
            run.Equal(after[poll].Rate, student.Rate(), "the rate after the poll");
            run.Equal(poll < 2 ? 0 : 1, steps.Count(s => s.EndsWith("which refuses", StringComparison.Ordinal)), "how often the guest had to refuse");
            run.Equal(poll < 2 ? 0 : 1, steps.Count(s => s == $"tells the host that the guest refused, with {after[poll].Held} pages held"), "how often the host was told of a refusal with the right size");
        }

        run.Step("the guest has pages again");
        world.Evictable = run.Inputs.Whole(3, 4);
        run.True(world.Watch(student).Contains("takes PPN 17 from the guest"), "the driver should ask again at the next poll after a refusal");
    }
}

/// <summary>Pages that the host does not want are kept aside until the poll ends, and are no part of the balloon.</summary>
public sealed class PagesThatTheHostDoesNotWant : Check<IBalloonDriver>
{
    /// <inheritdoc/>
    public override string Hint => "A page given back at once is the next one that the guest hands out. Keep it aside until the poll has asked for all it may, then give it back. It has cost a page of the rate.";

    /// <inheritdoc/>
    protected override void Run(IBalloonDriver student, CheckRun run)
    {
        int first = run.Inputs.Whole(0, 1);
        SideBySide both = new(student, run, new BalloonSpeed(4, 4, 0), () => new BalloonWorld(12, 0, [first, 3, 4]));
        run.Step($"the host does not want PPN {first}, 3 and 4; four pages a poll");

        // By hand: 0 to 3 are asked for, two unwanted; the same two, 4 and 5; the same three and 6.
        int[] held = [2, 3, 4];
        for (int poll = 1; poll <= 3; poll++)
        {
            both.Poll($"the host does not want PPN {first}, 3 and 4; four pages a poll, target 6, poll {poll}", w => w.Request = new BalloonRequest(new PageCount(6), StartOver: false), held[poll - 1]);
            run.Equal(both.Actual.Ballooned, both.Actual.Taken, "the number of pages that the guest lacks after the poll");
        }
    }
}

/// <summary>After a pop or a reboot both sides begin with an empty balloon, the host first, and the same poll goes on.</summary>
public sealed class StartingOver : Check<IBalloonDriver>
{
    /// <inheritdoc/>
    public override string Hint => "Who must forget first, so that no page is touched that the host still believes to be in the balloon? And the poll that says 'start over' brings a target too.";

    /// <inheritdoc/>
    protected override void Run(IBalloonDriver student, CheckRun run)
    {
        int target = run.Inputs.Whole(9, 20);
        SideBySide both = new(student, run, new BalloonSpeed(3, 30, 2), () => new BalloonWorld(40, 0));

        // By hand, rate 3 and 2 more each time: 3, 8, 15 if there are so many to get; after the pop 3 and 8 again.
        int[] held = [3, 8, Math.Min(target, 15)];
        for (int poll = 1; poll <= 3; poll++)
            both.Poll($"target {target}, poll {poll}", w => w.Request = new BalloonRequest(new PageCount(target), StartOver: false), held[poll - 1]);
        both.Poll("the guest touched a page of the balloon, which popped", w => w.Pop(w.AnyBallooned()), 3);
        both.Poll("the poll after that", _ => { }, 8);
        both.Poll("target 0 and start over in one poll", w => w.Request = new BalloonRequest(default, StartOver: true), 0);
    }
}

/// <summary>The rate keeps its limits and is not lost while the balloon shrinks.</summary>
public sealed class LimitsOfTheRate : Check<IBalloonDriver>
{
    /// <inheritdoc/>
    public override string Hint => "The rate never passes the fastest. It limits how fast the guest loses pages, not how fast it gets them back.";

    /// <inheritdoc/>
    protected override void Run(IBalloonDriver student, CheckRun run)
    {
        int fastest = run.Inputs.Whole(9, 11);
        SideBySide both = new(student, run, new BalloonSpeed(4, fastest, 4), () => new BalloonWorld(200, 0));

        // By hand: 4, 8 more, then as many as the fastest at a time; down at once; and up again no faster.
        (int Target, int Held)[] polls =
        [
            (60, 4), (60, 12), (60, 12 + fastest), (60, 12 + 2 * fastest), (2, 2), (0, 0), (30, fastest), (30, 2 * fastest), (31, Math.Min(31, 3 * fastest)),
        ];
        foreach ((int target, int held) in polls)
            both.Poll($"rate from 4 to {fastest} in steps of 4, {both.Expected.Ballooned} held, target {target}", w => w.Request = new BalloonRequest(new PageCount(target), StartOver: false), held);
    }
}

/// <summary>A host with three VMs under pressure sets the targets; the driver of one of them is the student's.</summary>
public sealed class TargetsOfARealHost : Check<IBalloonDriver>
{
    /// <inheritdoc/>
    public override string Hint => "Play the poll that is shown by hand: what is asked, what is held, what the rate allows, and what changes after it.";

    /// <inheritdoc/>
    protected override void Run(IBalloonDriver student, CheckRun run)
    {
        int[] targets = Targets(run.Inputs);
        int free = run.Inputs.Whole(10, 60), evictable = run.Inputs.Pick(40, 120, 2000);
        int[] unwanted = run.Inputs.Chance(50) ? [] : [.. Enumerable.Range(0, 6).Select(_ => run.Inputs.Whole(0, free + 60))];
        int popPercent = run.Inputs.Pick(0, 5);
        BalloonSpeed speed = new(run.Inputs.Whole(2, 4), run.Inputs.Whole(12, 25), run.Inputs.Whole(1, 4));
        SideBySide both = new(student, run, speed, () => new BalloonWorld(free, evictable, unwanted));
        for (int second = 0; second < targets.Length; second++)
        {
            bool pops = both.Expected.Ballooned > 0 && run.Inputs.Chance(popPercent);
            int comesBack = run.Inputs.Chance(10) ? run.Inputs.Whole(1, 10) : 0;
            both.Poll($"second {second + 1} of a host with three VMs, target {targets[second]}{(pops ? ", the balloon popped" : "")}", w =>
            {
                w.Evictable += comesBack;
                w.Request = new BalloonRequest(new PageCount(targets[second]), StartOver: false);
                if (pops)
                    w.Pop(w.AnyBallooned());
            });
        }
    }

    /// <summary>The balloon targets, second by second, of a VM whose neighbours wake up and fall asleep, from the memory manager itself.</summary>
    internal static int[] Targets(Inputs inputs)
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(1200), Seed = (ulong)inputs.Whole(1, int.MaxValue) });
        for (int vm = 0; vm < 3; vm++)
            host.AddVm(new VmOptions($"vm{vm + 1}", new PageCount(600)) { Min = new PageCount(100), Workload = new PhasedWorkload([.. Phases(inputs)]) });
        host.Run(SimDuration.FromSeconds(200));
        int[][] targets = [.. Enumerable.Range(0, 3).Select(vm => host.Samples.Select(s => s.Vms.Length > vm ? (int)s.Vms[vm].BalloonTarget.Value : 0).SkipWhile(t => t == 0).Take(60).ToArray())];

        // The VM whose target changes most often; a minute without any wish is followed by one to begin with.
        return [inputs.Whole(5, 40), .. targets.MaxBy(t => t.Distinct().Count())!, 0];
    }

    private static IEnumerable<WorkloadPhase> Phases(Inputs inputs)
    {
        for (int i = 0; i < 6; i++)
            yield return new WorkloadPhase(inputs.Whole(20, 50), new PageCount(inputs.Pick(20, 200, 450, 580)));
    }
}
