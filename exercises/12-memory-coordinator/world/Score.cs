using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Reclamation;

namespace EsxCourse.Exercises.Coordinator;

// The three scores of a run, each in percent of what ESX's own rules come to on the same workload with the same seed. README.md has the
// same formulas in words.
//
//   throughput   operations of all VMs
//   fairness     Σ held / Σ due           due  = min(entitlement, touched), per VM and second
//                                         held = min(due, allocated); entitlement: the taxed equilibrium of what the host saw then
//   stability    (U of ESX + c) / (U + c)      U = (pages moved + balloon targets changed by) a minute, in % of memory, + 2 a transition

/// <summary>What a run comes to.</summary>
/// <param name="Operations">Operations of all VMs.</param>
/// <param name="Delivered">Which part of what was due to the VMs they held, from 0 to 1.</param>
/// <param name="Unrest">U: how much was moved and changed a minute.</param>
public sealed record Score(long Operations, double Delivered, double Unrest)
{
    /// <summary>Below so much unrest nobody would notice a difference.</summary>
    public const double Quiet = 40;

    /// <summary>What a change of the host's state weighs.</summary>
    public const double TransitionWeight = 2;

    /// <summary>The score of a run.</summary>
    /// <param name="run">The run.</param>
    /// <returns>Its score.</returns>
    public static Score Of(PlayedRun run)
    {
        double due = 0, held = 0;
        long targets = 0;
        Dictionary<VmId, PageCount> before = [];
        foreach (PlayedSecond second in run.Seconds)
        {
            HostView view = second.View;
            MarketEquilibrium fair = MarketEquilibrium.Solve([.. view.Vms.Select(v => new MemoryClient(v.Shares, v.Allocated, v.Active, v.Min, v.Demand))], view.Available, view.TaxRate);
            for (int i = 0; i < view.Vms.Length; i++)
            {
                VmView vm = view.Vms[i];
                double owed = Math.Min(fair.Pages[i], vm.Touched.Value);
                (due, held) = (due + owed, held + Math.Min(owed, vm.Allocated.Value));
                targets += Math.Abs((second.BalloonTargets[i] - before.GetValueOrDefault(vm.Vm)).Value);
                before[vm.Vm] = second.BalloonTargets[i];
            }
        }

        PlayedSecond end = run.Seconds[^1];
        double minutes = run.Seconds.Length / 60.0;
        return new Score(
            end.Operations.Sum(), due == 0 ? 1 : held / due,
            ((end.Moved + targets) * 100.0 / end.View.Memory.Value + TransitionWeight * end.Transitions) / minutes);
    }

    /// <summary>Throughput, fairness and stability in percent of ESX's own.</summary>
    /// <param name="esx">ESX's own score.</param>
    /// <returns>The three; 100 is as good as ESX.</returns>
    public (double Throughput, double Fairness, double Stability) Against(Score esx) =>
        (100.0 * Operations / Math.Max(1, esx.Operations), 100 * Delivered / esx.Delivered, 100 * (esx.Unrest + Quiet) / (Unrest + Quiet));
}
