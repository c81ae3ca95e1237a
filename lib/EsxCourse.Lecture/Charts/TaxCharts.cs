using EsxCourse.Contracts;
using EsxCourse.Experiments;
using EsxCourse.Memory.Allocation;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>The charts of the lecture on shares and the idle memory tax. Every number in them is computed by the memory manager.</summary>
public static class TaxCharts
{
    private const int Points = 50;

    /// <summary>ρ of one VM against its active fraction, a line for each tax rate.</summary>
    /// <param name="shares">S.</param>
    /// <param name="pages">P.</param>
    /// <param name="rates">The tax rates.</param>
    /// <returns>The chart.</returns>
    public static GenericChart PriceByActiveFraction(Shares shares, PageCount pages, params IEnumerable<TaxRate> rates)
    {
        double[] fractions = [.. Enumerable.Range(0, Points + 1).Select(i => (double)i / Points)];
        return Together(rates.Select(rate => Plotly.NET.CSharp.Chart.Line<double, double, string>(
                x: fractions, y: fractions.Select(f => IdleMemoryTax.SharesPerPage(shares, pages, f, rate)), Name: $"τ = {rate}", ShowMarkers: false)))
            .Projected($"The less of its memory a VM uses, the less it pays for a page ({shares}, {pages})", "active fraction f", "ρ, shares per page");
    }

    /// <summary>Two VMs' pages, step by step, as min-funding revocation moves them.</summary>
    /// <param name="outcome">What the market did.</param>
    /// <returns>The chart.</returns>
    public static GenericChart PagesByStep(MarketOutcome outcome)
    {
        string[] steps = Steps(outcome);
        return Together(
                Plotly.NET.CSharp.Chart.StackedColumn<long, string, string>(outcome.Rows.Select(row => row.Vm1Pages.Value), Keys: steps, Name: "VM1, mostly idle"),
                Plotly.NET.CSharp.Chart.StackedColumn<long, string, string>(outcome.Rows.Select(row => row.Vm2Pages.Value), Keys: steps, Name: "VM2, wants more"))
            .Projected($"{outcome.Taken} change hands, one at a time", "", "pages held");
    }

    /// <summary>The prices of two VMs, step by step: pages move while the first is below the second.</summary>
    /// <param name="outcome">What the market did.</param>
    /// <returns>The chart.</returns>
    public static GenericChart PricesByStep(MarketOutcome outcome)
    {
        string[] steps = Steps(outcome);
        return Together(
                Plotly.NET.CSharp.Chart.Line<string, double, string>(steps, outcome.Rows.Select(row => row.Vm1SharesPerPage), Name: "ρ of VM1", ShowMarkers: true),
                Plotly.NET.CSharp.Chart.Line<string, double, string>(steps, outcome.Rows.Select(row => row.Vm2SharesPerPage), Name: "ρ of VM2", ShowMarkers: true))
            .Projected("Pages move while VM1 pays less per page than VM2", "", "ρ, shares per page");
    }

    /// <summary>How many pages go under every reading of the slides' example.</summary>
    /// <param name="example">The example.</param>
    /// <returns>The chart.</returns>
    public static GenericChart Readings(TaxExample example)
    {
        (string Reading, double Taken)[] readings =
        [
            ("slide's bill", example.SlideBill.Taken.Value),
            ("fixed price, split pages", example.AtFixedPrice.ContinuousTaken),
            ("fixed price, whole pages", example.AtFixedPrice.Taken.Value),
            ("market, VM2 grows", example.AgainstGrowingWorkingSet.Taken.Value),
            ("market, VM2 stays", example.AgainstConstantWorkingSet.Taken.Value),
            ("bug: f held fixed", example.WithActiveFractionHeldFixed.Taken.Value),
        ];
        return Plotly.NET.CSharp.Chart.Column<double, string, string>(readings.Select(r => r.Taken), Keys: readings.Select(r => r.Reading).ToArray(), MultiText: readings.Select(r => $"{r.Taken:0.##}").ToArray())
            .Projected("One example, six answers: what is held fixed decides", "", "pages taken from the VM");
    }

    /// <summary>What if τ were another? A slider over τ, and the pages that two VMs then settle at. Needs no kernel.</summary>
    /// <param name="clients">The VMs.</param>
    /// <param name="total">The pages that they share.</param>
    /// <param name="steps">How many tax rates from 0 to 95 %, at least 2.</param>
    /// <returns>The chart.</returns>
    public static GenericChart WhatIfTaxRate(IReadOnlyList<MemoryClient> clients, PageCount total, int steps = 20)
    {
        TaxRate[] rates = [.. Enumerable.Range(0, steps).Select(i => new TaxRate(0.95 * i / (steps - 1)))];
        string[] names = [.. clients.Select((client, i) => $"{new VmId(i)}: {client.Shares}, {client.Active} active")];
        return Sliders.Over(
                "τ = ",
                rates.Select(rate => ($"{rate}", Plotly.NET.CSharp.Chart.Column<double, string, string>(
                    MarketEquilibrium.Solve(clients, total, rate).Pages, Keys: names, Name: $"τ = {rate}", MarkerColor: Color.fromColors(clients.Select((_, i) => Color.fromString(Palette[i % Palette.Count])))))))
            .Projected("Move the slider: the tax moves idle memory to whoever uses it", "", "pages held at equilibrium")
            .WithFixedY(0, clients.Max(client => Math.Min(client.Max.Value, total.Value)));
    }

    private static string[] Steps(MarketOutcome outcome) => [.. outcome.Rows.Select((_, i) => i == 0 ? "start" : i == 1 ? "1 taken" : $"{i} taken")];
}
