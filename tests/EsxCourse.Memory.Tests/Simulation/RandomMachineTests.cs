using CsCheck;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;

namespace EsxCourse.Memory.Tests.Simulation;

public sealed class RandomMachineTests
{
    private const int Machines = 500, StepsEach = 220;

    // One batch of machines nearly always shows every outcome often enough; where chance has made one rare, another batch is run.
    // An outcome that does not come up at all, because somebody broke the way to it, still fails after the last.
    private const int MostBatches = 4;

    // A state deeper by two at once cannot come up here: the host looks after every frame it gives away. StateTransitionsTests has them.
    [Fact]
    public void Every_rule_holds_after_every_step_of_random_runs()
    {
        OutcomeCounts seen = new();
        long[,] transitions = new long[4, 4];
        int steps = 0;
        List<string> rare = ["nothing has run"];
        for (int batch = 0; batch < MostBatches && rare.Count > 0; batch++)
        {
            RunMachines(seen, transitions);
            steps += Machines * StepsEach;
            rare = Rare(seen, transitions);
        }

        string summary = string.Join('\n', Counts(seen, transitions).Select(entry => $"{entry.Name} {entry.Count}"));
        TestContext.Current.TestOutputHelper?.WriteLine($"{steps} steps\n{summary}");
        Assert.True(steps >= 100_000, $"{steps} steps");
        Assert.True(rare.Count == 0, $"came up less than 1,000 times: {string.Join(", ", rare)}; all: {summary.Replace('\n', ',')}");
    }

    private static void RunMachines(OutcomeCounts seen, long[,] transitions) =>
        Gen.Int[0, int.MaxValue - 1].Sample(
            seed =>
            {
                RandomMachine machine = new(seed);
                for (int step = 0; step < StepsEach; step++)
                {
                    machine.Step();
                    if (machine.FindFault() is { } fault)
                        Assert.Fail($"seed {seed}, step {step}: {fault}");
                }

                lock (seen)
                {
                    foreach (OutcomeCounts counts in machine.Outcomes)
                        seen.Add(counts);
                    for (int from = 0; from < 4; from++)
                        for (int to = 0; to < 4; to++)
                            transitions[from, to] += machine.Host.TransitionsBetween((ReclamationState)from, (ReclamationState)to);
                }
            },
            iter: Machines, threads: 2);

    private static List<string> Rare(OutcomeCounts seen, long[,] transitions) =>
        [.. Counts(seen, transitions).Where(entry => entry.Count < 1_000).Select(entry => $"{entry.Name} {entry.Count}")];

    private static IEnumerable<(string Name, long Count)> Counts(OutcomeCounts seen, long[,] transitions)
    {
        foreach (Outcome outcome in Enum.GetValues<Outcome>())
            yield return ($"{outcome}", seen[outcome]);
        foreach (ReclamationState from in Enum.GetValues<ReclamationState>())
            foreach (ReclamationState to in Enum.GetValues<ReclamationState>())
                if (Math.Abs(to - from) == 1)
                    yield return ($"{from} -> {to}", transitions[(int)from, (int)to]);
    }
}
