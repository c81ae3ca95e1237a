using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Coordinator;

/// <summary>Plays a workload as its check does, with the same inputs, and keeps both runs to be looked at. Gives no points.</summary>
/// <param name="workload">The check whose workload it is.</param>
public sealed class ReplayCheck(WorkloadCheck workload) : Check<IMemoryCoordinator>
{
    /// <inheritdoc/>
    public override string Hint => workload.Hint;

    /// <summary>The runs under the student's policy and under ESX's own; null until they are played.</summary>
    public (PlayedRun Student, PlayedRun Esx)? Runs { get; private set; }

    /// <inheritdoc/>
    protected override void Run(IMemoryCoordinator student, CheckRun run)
    {
        Runs = workload.Play(student, run);
        run.True(Runs is not null, "nothing was played");
    }
}
