using EsxCourse.Contracts;

namespace EsxCourse.Experiments.Tests;

/// <summary>What holds for every experiment.</summary>
public sealed class PaperTests
{
    public static TheoryData<string> Names => [.. Paper.Experiments.Select(e => e.Name)];

    [Fact]
    public void There_are_nine_in_the_order_of_the_paper() =>
        Assert.Equal(["fig2", "double-paging", "fig4", "fig5", "fig6", "fig7", "tax", "fig8", "hot-io"], Paper.Experiments.Select(e => e.Name));

    [Fact]
    public void A_wrong_name_is_answered_by_all_names()
    {
        BadInputException refused = Assert.Throws<BadInputException>(() => Paper.Find("fig3"));
        Assert.All(Paper.Experiments, e => Assert.Contains(e.Name, refused.Message, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void Each_constant_has_a_reason_and_a_place_in_the_scenario(string name)
    {
        string scenarios = string.Concat(typeof(Paper).Assembly.GetManifestResourceNames().Where(r => r.StartsWith("Scenarios/", StringComparison.Ordinal)).Select(Resources.Text));
        foreach (ModelConstant constant in Paper.Find(name).Constants)
        {
            Assert.True(constant.Reason.Length > 10, constant.Name);
            Assert.True(name == "fig5" || scenarios.Contains($"${{{constant.Name}}}", StringComparison.Ordinal), constant.Name);
        }
    }

    [Theory, MemberData(nameof(Names))]
    public void A_missed_tolerance_has_its_reason_beside_it(string name)
    {
        ExperimentResult result = Results.Of(name);
        Assert.All(result.Rows.Where(r => r.Holds == false), r => Assert.NotEmpty(r.Reason));
        string table = PaperTable.Of(result, []);
        Assert.All(result.Rows, r => Assert.Contains(r.What, table, StringComparison.Ordinal));
        Assert.All(result.Rows.Where(r => r.Holds == false), r => Assert.Contains($"missed: {r.What}: {r.Reason}", table, StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(Names))]
    public void Its_curves_have_a_point_each_and_some_were_simulated(string name)
    {
        ExperimentResult result = Results.Of(name);
        Assert.Contains(result.Series, s => !s.IsPublished);
        Assert.All(result.Series, s => Assert.Equal(s.X.Length, s.Y.Length));
        Assert.All(result.Series, s => Assert.NotEmpty(s.X));
    }

    [Theory, InlineData("hot-io"), InlineData("double-paging"), InlineData("tax")]
    public void The_same_constants_give_the_same_result(string name)
    {
        ExperimentResult again = Paper.Find(name).Run(TestContext.Current.CancellationToken);
        Assert.Equal(PaperTable.Of(Results.Of(name), []), PaperTable.Of(again, []));
        Assert.Equal(Results.Of(name).Series.SelectMany(s => s.Y), again.Series.SelectMany(s => s.Y));
    }

    [Theory, Trait("Category", "Soak"), InlineData("fig6"), InlineData("fig7"), InlineData("fig8")]
    public void The_same_constants_give_the_same_result_at_full_size(string name) =>
        Assert.Equal(PaperTable.Of(Results.Of(name), []), PaperTable.Of(Paper.Find(name).Run(TestContext.Current.CancellationToken), []));

    [Fact]
    public void Sensitivity_says_what_halving_and_doubling_a_constant_does()
    {
        ExperimentResult result = Results.Of("hot-io");
        IReadOnlyList<SensitivityLine> lines = Sensitivity.Of(result, stop: TestContext.Current.CancellationToken);
        SensitivityLine files = lines.First(l => l.Constant.Name == "from-files" && l.What == "copies fall by a factor of");
        // The copies that are left are those of packets from files: half of them, twice the factor.
        Assert.InRange(files.Halved!.Value / files.AsItIs, 1.5, 2.1);
        Assert.InRange(files.Doubled!.Value / files.AsItIs, 0.45, 0.7);
        Assert.Contains("sensitivity: from-files", PaperTable.Of(result, lines), StringComparison.Ordinal);
    }

    // Twice as many pages of one kind may be more than the VM has; then the line says so, and the other lines still stand.
    [Theory, Trait("Category", "Soak"), MemberData(nameof(Names))]
    public void Every_constant_that_the_paper_does_not_give_is_moved_both_ways(string name)
    {
        ExperimentResult result = Results.Of(name);
        IReadOnlyList<SensitivityLine> lines = Sensitivity.Of(result, stop: TestContext.Current.CancellationToken);
        foreach (ModelConstant constant in result.Experiment.Constants.Where(c => c.Origin != ConstantOrigin.Given))
        {
            Assert.Contains(lines, l => l.Constant == constant);
            Assert.Contains(lines, l => l.Constant == constant && (l.Halved ?? l.Doubled) is not null);
        }
    }
}
