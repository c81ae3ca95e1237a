using CsCheck;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;

namespace EsxCourse.Memory.Tests.Simulation;

public sealed class RandomMachineTests
{
    private const int Machines = 500, StepsEach = 220;

    // A state deeper by two at once cannot come up here: the host looks after every frame it gives away. StateTransitionsTests has them.
    [Fact]
    public void Every_rule_holds_after_every_step_of_random_runs()
    {
        OutcomeCounts seen = new();
        long[,] transitions = new long[4, 4];
        int steps = 0;
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
                    steps += StepsEach;
                }
            },
            iter: Machines, threads: 2);

        List<string> summary = [.. Enum.GetValues<Outcome>().Select(o => $"{o} {seen[o]}")];
        List<string> rare = [.. Enum.GetValues<Outcome>().Where(o => seen[o] < 1_000).Select(o => $"{o} {seen[o]}")];
        for (int from = 0; from < 4; from++)
            for (int to = 0; to < 4; to++)
                if (Math.Abs(to - from) == 1)
                {
                    summary.Add($"{(ReclamationState)from} -> {(ReclamationState)to} {transitions[from, to]}");
                    if (transitions[from, to] < 1_000)
                        rare.Add(summary[^1]);
                }

        TestContext.Current.TestOutputHelper?.WriteLine($"{steps} steps\n{string.Join('\n', summary)}");
        Assert.True(steps >= 100_000, $"{steps} steps");
        Assert.True(rare.Count == 0, "came up less than 1,000 times: " + string.Join(", ", rare) + "; all: " + string.Join(", ", summary));
    }
}
