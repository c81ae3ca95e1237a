using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Exercises.Coordinator;

/// <summary>One VM grows while the others hold more than they use.</summary>
public sealed class OneGrows : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "Who has pages that it does not use, and by which means does the host get at them? Step through it with 'esx exercise replay'.";

    internal override Scenario Workload(Inputs inputs) => Stage.Play("one grows", inputs, 110,
        Stage.Busy("grows", 75, 3500, 200, (25, 75), (1, inputs.Whole(320, 335))),
        Stage.Vm("half idle", 75, 3500, (20, inputs.Whole(300, 320)), (1, 90)),
        Stage.Vm("has all it wants", 75, 10_000, (1, inputs.Whole(160, 180))));
}

/// <summary>One VM lies idle beside one that needs its memory.</summary>
public sealed class OneIdlesOneNeeds : WorkloadCheck
{
    /// <inheritdoc/>
    public override string Hint => "An idle page costs more than an active one. How much is left to a VM that uses nearly nothing, and how fast may it have the rest back?";

    internal override Scenario Workload(Inputs inputs) => Stage.Play("one idles, one needs", inputs, 130,
        Stage.Vm("idles", 50, 3500, (20, inputs.Whole(320, 340)), (75, 10), (1, 200)),
        Stage.Busy("needs", 50, 3500, 250, (25, 150), (1, inputs.Whole(325, 340))),
        Stage.Vm("modest", 50, 3500, (1, inputs.Whole(190, 210))));
}
