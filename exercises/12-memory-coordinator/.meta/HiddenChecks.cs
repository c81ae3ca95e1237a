using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Exercises.Coordinator;

/// <summary>All VMs shrink after a time in which memory was short; later one wants its own back.</summary>
public sealed class AllShrink : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "Balloons that were needed once are not needed for ever: who gets its memory back, and when?";

    internal override Scenario Workload(Inputs inputs) => Stage.Play("all shrink", inputs, 130,
        Stage.Busy("comes back", 75, 3500, 300, (40, inputs.Whole(300, 320)), (20, 75), (1, 320)),
        Stage.Vm("second", 75, 3500, (40, inputs.Whole(280, 300)), (1, 60)),
        Stage.Vm("third", 75, 3500, (40, 280), (1, inputs.Whole(60, 90))));
}

/// <summary>All VMs grow, to more than the machine has; their shares differ.</summary>
public sealed class AllGrow : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "When everybody uses all it has, shares alone decide. And the host must not run dry while it waits for balloons.";

    internal override Scenario Workload(Inputs inputs) => Stage.Play("all grow", inputs, 110,
        Stage.Vm("small", 75, inputs.Whole(1000, 1500), (20, 100), (20, 200), (1, 330)),
        Stage.Vm("middle", 75, 3500, (20, 100), (20, 200), (1, 330)),
        Stage.Vm("large", 75, inputs.Whole(9000, 12_000), (20, 100), (20, 200), (1, 330)));
}

/// <summary>The VM that has idle memory has no balloon driver.</summary>
public sealed class NoDriver : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "A balloon that nobody inflates stays empty, whatever is ordered. What can the host always resort to?";

    internal override Scenario Workload(Inputs inputs) => Stage.Play("no driver", inputs, 110,
        Stage.Vm("no driver", 50, 3500, (20, inputs.Whole(310, 330)), (1, 50)).With(g => g with { HasBalloonDriver = false }),
        Stage.Vm("grows", 75, 3500, (30, 75), (1, inputs.Whole(300, 320))),
        Stage.Vm("steady", 75, 3500, (1, 250)));
}

/// <summary>The guest that has idle memory refuses to give its driver much of it.</summary>
public sealed class TheGuestRefuses : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "The room of a balloon says what can be had by it. The rest must come from somewhere else, and no more than the rest.";

    internal override Scenario Workload(Inputs inputs) => Stage.Play("the guest refuses", inputs, 110,
        Stage.Vm("refuses", 50, 3500, (20, inputs.Whole(310, 330)), (1, 50)).With(g => g with { MaximumBalloon = 0.15 }),
        Stage.Vm("grows", 75, 3500, (30, 75), (1, inputs.Whole(300, 320))),
        Stage.Vm("steady", 75, 3500, (1, 250)));
}

/// <summary>What is used trembles around what there is.</summary>
public sealed class AroundAThreshold : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "The way up asks for more free memory than the way down. What moves back and forth if not?";

    internal override Scenario Workload(Inputs inputs)
    {
        int swing = inputs.Whole(30, 45);
        return Stage.Play("around a threshold", inputs, 120,
            Stage.Vm("swings", 75, 3500, [.. Enumerable.Range(0, 12).Select(i => (10, i % 2 == 0 ? 240 : 240 + swing))]),
            Stage.Vm("swings against it", 75, 3500, [.. Enumerable.Range(0, 12).Select(i => (10, i % 2 == 1 ? 230 : 230 + swing))]),
            Stage.Vm("steady", 75, 3500, (1, inputs.Whole(230, 240))));
    }
}

/// <summary>A VM is switched on late, and its guest touches all its memory before any driver runs.</summary>
public sealed class StartsLate : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "The VMs of this reading need not be those of the last one; and while a guest boots, no balloon answers.";

    internal override Scenario Workload(Inputs inputs) => Stage.Play("starts late", inputs, 110,
        Stage.Vm("first", 75, 3500, (1, inputs.Whole(290, 310))),
        Stage.Vm("second", 75, 3500, (1, inputs.Whole(290, 310))),
        Stage.Vm("late", 75, 3500, (20, 290), (1, 60)).With(g => g with { ZeroesMemoryAtBoot = true, BootPagesPerSecond = 40 }).From(inputs.Whole(15, 20)));
}

/// <summary>Pages are alike for a while, and then they are not.</summary>
public sealed class SharingCollapses : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "What sharing saves can be held by others, but it may be gone within seconds: look at it anew each time.";

    internal override Scenario Workload(Inputs inputs)
    {
        int pages = inputs.Whole(280, 300);
        return Stage.Play("sharing collapses", inputs, 130,
            Stage.Of("zeroes", 270, 3500, Zeroing(pages, until: 95)),
            Stage.Of("zeroes too", 270, 3500, Zeroing(pages, until: 105)),
            Stage.Busy("grows", 75, 3500, 250, (30, 100), (1, inputs.Whole(310, 330))));
    }

    // Touched, then freed and zeroed by the guest, then touched again.
    private static ToucherWorkload Zeroing(int pages, int until) =>
        new([new(20, new PageCount(pages)), new(until - 20, PageCount.Zero), new(1, new PageCount(pages))]) { TouchesPerSecond = 60, ZeroPageThread = true, Writes = 0.5, Background = new PageCount(10) };
}

/// <summary>A VM with hardly any shares has a large guarantee.</summary>
public sealed class GuaranteesHold : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "Min is not a wish: no price takes a VM below it, however few its shares and however idle its pages.";

    internal override Scenario Workload(Inputs inputs) => Stage.Play("guarantees hold", inputs, 110,
        Stage.Vm("guaranteed", inputs.Whole(240, 260), 250, (30, 300), (1, 50)),
        Stage.Vm("rich", 75, 7000, (20, 150), (1, inputs.Whole(310, 330))),
        Stage.Vm("rich too", 75, 7000, (20, 150), (1, inputs.Whole(310, 330))));
}
