using EsxCourse.Contracts;
using EsxCourse.Memory.Simulation;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>Charts of a host over time, drawn from the points that it kept while it ran.</summary>
public static class HostCharts
{
    /// <summary>The machine memory that each VM holds, over time.</summary>
    /// <param name="host">A host that has run.</param>
    /// <returns>The chart.</returns>
    public static GenericChart AllocatedOverTime(EsxHost host) =>
        Together(host.Vms.Select((vm, i) => Line(host, vm.Name, sample => i < sample.Vms.Length ? sample.Vms[i].Allocated : PageCount.Zero)))
            .Projected($"Machine memory that each VM holds, τ = {host.TaxRate}", "time, minutes", "memory held, MiB");

    /// <summary>What sampling believes a VM actively uses, beside what its workload really touches.</summary>
    /// <param name="host">A host that has run.</param>
    /// <param name="vm">Which VM, from 0.</param>
    /// <param name="phases">The phases of its workload: the truth that sampling does not know.</param>
    /// <returns>The chart.</returns>
    public static GenericChart EstimateOverTime(EsxHost host, int vm, IEnumerable<WorkloadPhase> phases)
    {
        (List<double> minutes, List<double> mebibytes) = ([], []);
        double seconds = 0;
        foreach (WorkloadPhase phase in phases)
        {
            minutes.AddRange([seconds / 60, (seconds + phase.Seconds) / 60]);
            mebibytes.AddRange([phase.Pages.Mebibytes, phase.Pages.Mebibytes]);
            seconds += phase.Seconds;
        }

        return Together(
                Plotly.NET.CSharp.Chart.Line<double, double, string>(minutes, mebibytes, Name: "what the workload touches", ShowMarkers: false),
                Line(host, "what sampling estimates", sample => sample.Vms[vm].Active))
            .Projected("The estimate follows growth at once and shrinkage slowly", "time, minutes", "active memory, MiB");
    }

    private static GenericChart Line(EsxHost host, string name, Func<HostSample, PageCount> value) =>
        Plotly.NET.CSharp.Chart.Line<double, double, string>(
            host.Samples.Select(sample => sample.Time.Minutes), host.Samples.Select(sample => value(sample).Mebibytes), Name: name, ShowMarkers: false);
}
