using EsxCourse.Contracts;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Experiments;

/// <summary>What one run of a sweep came to.</summary>
/// <param name="Value">The value that was swept.</param>
/// <param name="Seed">The run's seed.</param>
/// <param name="Vms">Its VMs.</param>
/// <param name="FreeMiB">Free machine memory at the end, in MiB.</param>
/// <param name="SwapTransfers">Pages that the host wrote to or read from its swap space.</param>
/// <param name="SecondsUnderPressure">Seconds in another state than high.</param>
/// <param name="Digest">The run's digest: equal if and only if the run was the same to the last event.</param>
public sealed record SweepPoint(string Value, ulong Seed, IReadOnlyList<SweptVm> Vms, double FreeMiB, long SwapTransfers, double SecondsUnderPressure, string Digest)
{
    /// <summary>Operations of all VMs.</summary>
    public long Operations => Vms.Sum(vm => vm.Operations);

    /// <summary>Runs a scenario to its end.</summary>
    internal static SweepPoint Run(Scenario scenario, string value, ulong seed, CancellationToken stop)
    {
        ScenarioRun run = new(scenario, seed);
        run.RunToEnd(stop);
        HostReport report = run.Host.Report();
        long Count(Outcome outcome) => report.Outcomes.FirstOrDefault(entry => entry.Key == outcome).Value;
        return new SweepPoint(
            value,
            seed,
            [.. report.Vms.Select(vm => new SweptVm(vm.Name, vm.Allocated.Mebibytes, vm.Operations))],
            report.Free.Mebibytes,
            Count(Outcome.SwapIn) + Count(Outcome.SwapOut),
            report.States.Where(state => state.State != ReclamationState.High).Sum(state => state.Time.Seconds),
            $"{run.Digest():x16}");
    }
}

/// <summary>A VM at the end of a run of a sweep.</summary>
/// <param name="Name">Its name.</param>
/// <param name="AllocatedMiB">Machine memory that it holds, in MiB.</param>
/// <param name="Operations">Operations that its workload has done.</param>
public sealed record SweptVm(string Name, double AllocatedMiB, long Operations);
