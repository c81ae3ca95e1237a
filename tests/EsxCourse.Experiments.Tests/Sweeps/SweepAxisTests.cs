using EsxCourse.Contracts;

namespace EsxCourse.Experiments.Tests.Sweeps;

public sealed class SweepAxisTests
{
    private const string Yaml = "host:\n  tax: 0\nvms:\n  - name: busy\n    shares: 10\nevents:\n  - { at: 5, do: tax, to: 0.75 }\n";

    [Theory]
    [InlineData("tau=0..0.9/4", "host.tax", "0 0.3 0.6 0.9")]
    [InlineData("host.memory=16..64MiB/4", "host.memory", "16MiB 32MiB 48MiB 64MiB")]
    [InlineData("host.victims=random, lru", "host.victims", "random lru")]
    [InlineData("x=0.1..0.3/3", "x", "0.1 0.2 0.3")]
    public void An_axis_is_a_key_and_its_values(string text, string path, string values)
    {
        SweepAxis axis = SweepAxis.Parse(text);
        Assert.Equal((path, values), (axis.Path, string.Join(' ', axis.Values)));
    }

    [Theory]
    [InlineData("tau")]
    [InlineData("=1,2")]
    [InlineData("tau=")]
    [InlineData("tau=0..1/1")]
    [InlineData("tau=0..1/100000")]
    public void What_is_no_axis_is_answered_with_examples(string text)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => SweepAxis.Parse(text));
        Assert.Equal("--sweep", bad.Place);
        Assert.Contains("tau=0..0.95/20", bad.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("host.tax", "tax: 7")]
    [InlineData("host.balloon", "balloon: 7")]
    [InlineData("vms.busy.shares", "shares: 7")]
    [InlineData("vms.0.shares", "shares: 7")]
    [InlineData("events.0.to", "to: 7")]
    public void A_value_takes_the_place_of_the_scenarios_own(string path, string expected) =>
        Assert.Contains(expected, new SweepAxis(path, ["7"]).PutInto("file", Yaml, "7"), StringComparison.Ordinal);

    [Theory]
    [InlineData("hosts.tax", "hosts")]
    [InlineData("vms.lazy.shares", "lazy")]
    [InlineData("events.1.to", "1")]
    [InlineData("host.tax.deep", "deep")]
    public void A_key_that_leads_nowhere_is_named(string path, string part)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => new SweepAxis(path, ["7"]).PutInto("file", Yaml, "7"));
        Assert.StartsWith($"has no '{part}'", bad.Problem, StringComparison.Ordinal);
    }
}
