using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Tax;

/// <summary>k for the rates of the lecture and one more.</summary>
public sealed class IdlePageCost : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "Slide 'Idle Memory Tax': k encodes the tax rate, k = 1/(1-τ). Without a tax an idle page costs what an active one does.";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        run.Near(1, student.IdlePageCost(0), "k at τ = 0 %");
        run.Near(4, student.IdlePageCost(75), "k at τ = 75 %");
        run.Near(5, student.IdlePageCost(80), "k at τ = 80 %");
        int percent = run.Inputs.Whole(1, 99);
        run.Near(new TaxRate(percent / 100.0).IdlePageCost, student.IdlePageCost(percent), $"k at τ = {percent} %");
    }
}

/// <summary>The VM of the slides: 10 pages, 100 shares, 3 pages active.</summary>
public sealed class TheSlidesVm : Check<IMemoryTax>
{
    /// <inheritdoc/>
    public override string Hint => "Slide 'Tax example': ρ = S / (P (f + k (1-f))), where f is the active fraction of the pages that it holds.";

    /// <inheritdoc/>
    protected override void Run(IMemoryTax student, CheckRun run)
    {
        // Worked by hand: 100/(3 + 5 x 7) = 100/38; without a tax 100/10; with nine pages 100/9, more than the market's 10.
        TaxedVm vm = new(new Shares(100), new PageCount(10), new PageCount(3), Grows: false, Min: default);
        run.Near(100.0 / 38, student.SharesPerPage(vm, 80), "ρ at τ = 80 %");
        run.Near(10, student.SharesPerPage(vm, 0), "ρ without a tax");
        run.Near(100.0 / 9, student.SharesPerPage(vm with { Pages = new PageCount(9) }, 0), "ρ with nine pages, without a tax");
    }
}
