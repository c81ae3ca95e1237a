namespace EsxCourse.Experiments.Tests;

/// <summary>What the paper's figures must show, line by line. Tolerances are the rows' own; each test also holds the number itself.</summary>
public sealed class FigureTests
{
    private static ResultRow Row(string experiment, string what) => Results.Of(experiment).Row(what);

    [Fact]
    public void Fig4_shared_and_reclaimed_come_within_5_points_for_one_to_ten_VMs()
    {
        ExperimentResult result = Results.Of("fig4");
        Assert.Equal(10, result.Rows.Count(r => r.What.EndsWith(": shared", StringComparison.Ordinal)));
        Assert.All(result.Rows.Where(r => r.Unit == "%" && r.Published is not null && r.What.Contains(':', StringComparison.Ordinal)), r => Assert.InRange(Math.Abs(r.Difference!.Value), 0, 5));
    }

    [Fact]
    public void Fig4_is_fitted_to_one_and_two_VMs_and_predicts_the_others() =>
        Assert.All(Results.Of("fig4").Rows.Where(r => r.What.EndsWith("shared", StringComparison.Ordinal)), r =>
            Assert.Equal(int.Parse(r.What.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture) <= 2 ? RowKind.Fitted : RowKind.Predicted, r.Kind));

    [Fact]
    public void Fig4_one_VM_alone_reclaims_about_5_MB_over_half_of_it_zero_pages()
    {
        Assert.InRange(Row("fig4", "one VM alone reclaims").Simulated, 4, 6);
        Assert.InRange(Row("fig4", "of which zero pages").Simulated, 50, 75);
    }

    [Fact]
    public void Fig4_touched_scanned_and_copied_pages() =>
        Assert.All(["first touches", "pages scanned", "copies on write"], what => Assert.True(Row("fig4", what).Simulated > 100, what));

    [Fact]
    public void Fig5_was_chosen_for_shared_and_shows_what_reclaimed_then_is() =>
        Assert.All(["A", "B", "C"], system =>
        {
            Assert.Equal(RowKind.Fitted, Row("fig5", $"{system}: shared").Kind);
            Assert.True(Row("fig5", $"{system}: shared").Holds);
            Assert.Equal(RowKind.Predicted, Row("fig5", $"{system}: reclaimed").Kind);
            Assert.InRange(Row("fig5", $"{system}: reclaimed").Simulated, 1, 60);
        });

    [Fact]
    public void Fig6_the_estimate_follows_up_within_two_periods_and_down_more_slowly()
    {
        Assert.True(Row("fig6", "follows its steps up to 80 % within, at most").Simulated <= 2);
        Assert.True(Row("fig6", "comes down again after the last touch within").Simulated > Row("fig6", "follows its steps up to 80 % within, at most").Simulated);
    }

    [Fact]
    public void Fig6_stays_within_40_MB_of_the_published_estimate_with_and_without_the_zero_page_thread()
    {
        Assert.InRange(Row("fig6", "RMS distance from the published estimate").Simulated, 1, 40);
        Assert.InRange(Row("fig6", "the same without the zero-page thread").Simulated, 1, 40);
    }

    [Fact]
    public void Fig6_the_zero_page_thread_lifts_the_estimate() =>
        Assert.True(Row("fig6", "peak when the zero-page thread runs").Simulated > Row("fig6", "at minute 28.4 to 30 without the thread").Simulated + 20);

    [Fact]
    public void Fig7_without_a_tax_each_holds_179_MB()
    {
        Assert.InRange(Row("fig7", "τ = 0: idle Windows holds").Simulated, 174, 184);
        Assert.InRange(Row("fig7", "τ = 0: Linux holds").Simulated, 174, 184);
        Assert.InRange(Row("fig7", "τ = 0: both hold").Simulated, 353, 363);
    }

    [Fact]
    public void Fig7_with_the_tax_each_comes_within_5_MB_of_its_equilibrium()
    {
        Assert.InRange(Math.Abs(Row("fig7", "τ = 75 %: Windows, against the equilibrium").Difference!.Value), 0, 5);
        Assert.InRange(Math.Abs(Row("fig7", "τ = 75 %: Linux, against the equilibrium").Difference!.Value), 0, 5);
    }

    [Fact]
    public void Fig7_dbench_gains_over_30_percent() => Assert.InRange(Row("fig7", "dbench gains").Simulated, 30, 200);

    [Fact]
    public void Fig8_boot_shares_zero_pages_rather_than_write_them()
    {
        Assert.True(Row("fig8", "zero pages shared at boot").Simulated > 300);
        Assert.True(Row("fig8", "on disk at most while booting").Simulated < 50);
        Assert.True(Row("fig8", "sum of allocations at its peak").Simulated > 1024);
    }

    [Fact]
    public void Fig8_SQL_falls_to_its_min_and_has_most_of_it_back_within_four_minutes_of_the_query()
    {
        double least = Row("fig8", "SQL at its least before the query").Simulated;
        Assert.InRange(least, 140, 165);
        Assert.InRange(Row("fig8", "SQL at its peak in the query").Simulated, least + 50, 320);
        Assert.True(Row("fig8", "SQL's rise within four minutes of the query").Simulated > 50);
    }

    [Fact]
    public void Fig8_goes_through_all_four_states() => Assert.True(Row("fig8", "states visited beside high").Holds);

    [Fact]
    public void Fig8_is_high_or_soft_nearly_all_of_the_time() => Assert.True(Row("fig8", "time in high or soft").Simulated > 90);

    [Fact]
    public void Fig2_the_overhead_vanishes_with_the_guests_larger_structures()
    {
        Experiment fig2 = Paper.Find("fig2");
        ExperimentResult without = fig2.Run(new ConstantValues(fig2.Constants).With("kernel", 0).With("seconds", 600), TestContext.Current.CancellationToken);
        Assert.All(without.Rows.Where(r => r.Published is not null && r.Unit == "%"), r => Assert.InRange(r.Simulated, -0.5, 0.5));
        Assert.InRange(Row("fig2", "overhead at 128 MB").Simulated, 1, 5);
    }
}
