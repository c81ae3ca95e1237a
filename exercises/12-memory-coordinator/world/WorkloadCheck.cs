using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Exercises.Coordinator;

/// <summary>A workload on which a policy is held against ESX's own.</summary>
public abstract class WorkloadCheck : Check<IMemoryCoordinator>
{
    // Of four parts, two are for throughput. README.md has the same table.
    private static readonly (double Throughput, int Parts)[] ThroughputTable = [(91, 2), (82, 1)];
    private const double FairEnough = 94, StableEnough = 55;
    private const int AllParts = 4;

    /// <summary>The most that one workload brings on the leaderboard.</summary>
    private const double Most = 150;

    /// <summary>The workload, whose numbers are fresh for each submission.</summary>
    internal abstract Scenario Workload(Inputs inputs);

    /// <summary>Plays the workload under the student's policy and under ESX's own.</summary>
    /// <param name="student">The student's object.</param>
    /// <param name="run">Where inputs come from.</param>
    /// <returns>Both runs.</returns>
    public (PlayedRun Student, PlayedRun Esx) Play(IMemoryCoordinator student, CheckRun run)
    {
        Scenario workload = Workload(run.Inputs);
        return (PlayedRun.OfStudent(workload, student, run), PlayedRun.OfEsx(workload));
    }

    /// <inheritdoc/>
    protected sealed override void Run(IMemoryCoordinator student, CheckRun run)
    {
        (PlayedRun played, PlayedRun esx) = Play(student, run);
        Score score = Score.Of(played);
        (double throughput, double fairness, double stability) = score.Against(Score.Of(esx));
        run.Step($"after {played.Seconds.Length} seconds");
        double most = throughput >= ThroughputTable[^1].Throughput ? Most : 0;
        run.Figure("throughput", Math.Min(throughput, most), "%");
        run.Figure("fairness", Math.Min(fairness, most), "%");
        run.Figure("stability", Math.Min(stability, most), "%");
        run.Earn(Parts(throughput, fairness, stability), AllParts,
            $"of what ESX's own rules reach you reach {throughput:0.0} % in throughput ({ThroughputTable[0].Throughput:0} are wanted, below {ThroughputTable[^1].Throughput:0} nothing counts), "
            + $"{fairness:0.0} % in fairness ({FairEnough:0}) and {stability:0.0} % in stability ({StableEnough:0}, below it 1 point at most)");
    }

    // Whoever does nothing at all keeps everybody's part as well as anybody, and gets most of the work done while the host runs dry again and
    // again. So an unstable run brings hardly anything. And nothing is as fair and as stable as a host whose VMs are all blocked: a run that does
    // not get its work done brings nothing.
    private static int Parts(double throughput, double fairness, double stability)
    {
        if (throughput < ThroughputTable[^1].Throughput)
            return 0;
        if (stability < StableEnough)
            return throughput >= ThroughputTable[0].Throughput ? 1 : 0;
        return ThroughputTable.Where(row => throughput >= row.Throughput).Select(row => row.Parts).FirstOrDefault() + (fairness >= FairEnough ? 1 : 0) + 1;
    }
}
