using System.Collections.Immutable;

namespace EsxCourse.Experiments;

// The slides' tax example: TaxExample.cs computes every reading of it; here it stands beside the slide's own numbers.

internal sealed class TaxOnTheSlides : Experiment
{
    public override string Name => "tax";

    public override string Title => "The slides' tax example: what is billed, and what goes";

    public override string Source => "slides \"Tax example\"; OSDI '02 §5.2";

    public override string XAxis => "pages taken";

    public override string YAxis => "ρ, shares per page";

    public override ImmutableArray<ModelConstant> Constants => [];

    public override ExperimentResult Run(ConstantValues constants, CancellationToken stop)
    {
        TaxExample slides = TaxExample.Slides;
        MarketOutcome market = slides.AgainstGrowingWorkingSet;
        double[] steps = [.. market.Rows.Select((_, i) => (double)i)];
        return new ExperimentResult(
            this,
            [
                ResultRow.Near("market price of a page", 10, slides.MarketPrice, "shares", 1e-9),
                ResultRow.Near("ρ with the tax", 2.63, slides.SharesPerPage, "shares", 0.005),
                ResultRow.Near("ρ without a tax, one page less", 11.1, slides.UntaxedSharesPerPageWithOnePageLess, "shares", 0.05),
                ResultRow.Near("the slide's bill", 48.4, slides.SlideBill.Total, "shares", 0.05),
                ResultRow.Near("pages that go by the slide's bill", 5, slides.SlideBill.Taken.Value, "pages", 0),
                ResultRow.Show("pages that go at a fixed market price", 5, slides.AtFixedPrice.Taken.Value, "pages"),
                ResultRow.Near("pages that go against a VM that grows", 5, market.Taken.Value, "pages", 0),
                ResultRow.Show("pages that go against a VM that stays", 5, slides.AgainstConstantWorkingSet.Taken.Value, "pages"),
            ],
            [
                new ResultSeries("VM1, mostly idle", false, [.. steps], [.. market.Rows.Select(r => Math.Round(r.Vm1SharesPerPage, 6))]),
                new ResultSeries("VM2, wants more", false, [.. steps], [.. market.Rows.Select(r => Math.Round(r.Vm2SharesPerPage, 6))]),
            ],
            ["The slide bills active pages at the market price and idle ones at ρ; the paper has one ρ for the whole VM. That 5 pages go either way is a coincidence of this example."]);
    }
}
