using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;
using Plotly.NET;

namespace EsxCourse.Lecture.Tests.Charts;

/// <summary>The charts of the balloon carry the points that the host kept.</summary>
public sealed class BalloonChartsTests
{
    private readonly EsxHost host = new(new HostOptions { MachineMemory = PageCount.FromMebibytes(8), BalloonRate = BalloonRate.Fixed(32), Observer = new MemoryRecorder() });
    private readonly VirtualMachine vm;

    public BalloonChartsTests()
    {
        vm = host.AddVm(new VmOptions("A", PageCount.FromMebibytes(2)) { Workload = new SteadyWorkload(PageCount.FromMebibytes(1)) });
        host.Run(SimDuration.FromSeconds(4));
        host.SetBalloonTarget(vm, new PageCount(100));
        host.Run(SimDuration.FromSeconds(6));
    }

    [Fact]
    public void The_balloon_and_its_target_are_the_hosts()
    {
        JsonElement data = Figure(BalloonCharts.SizeAgainstTarget(host, vm)).GetProperty("data");
        Assert.Equal([0, 0, 0, 0, 100, 100, 100, 100, 100, 100], Numbers(data[0], "y"));
        Assert.Equal([0, 0, 0, 0, 32, 64, 96, 100, 100, 100], Numbers(data[1], "y"));
    }

    [Fact]
    public void The_states_of_a_VM_add_up_to_its_size_at_every_moment()
    {
        JsonElement data = Figure(BalloonCharts.MemoryByState(host, vm)).GetProperty("data");
        Assert.Equal(4, data.GetArrayLength());
        long[][] states = [.. data.EnumerateArray().Select(trace => Numbers(trace, "y"))];
        Assert.All(Enumerable.Range(0, 10), at => Assert.Equal(vm.Size.Value, states.Sum(state => state[at])));
        Assert.Equal(host.Samples.Select(sample => sample.Vms[0].Ballooned.Value), states[1]);
    }

    [Fact]
    public void The_last_column_of_the_heat_map_is_the_pmap_as_it_is()
    {
        JsonElement map = Figure(PmapCharts.HeatMap(host, vm)).GetProperty("data")[0];
        int[][] rows = [.. map.GetProperty("z").EnumerateArray().Select(row => row.EnumerateArray().Select(z => z.GetInt32()).ToArray())];
        Assert.Equal(128, rows.Length);
        PmapSnapshot now = host.Snapshot(vm);
        Assert.Equal(
            Enumerable.Range(0, 128).Select(row => now.States.Skip(4 * row).Take(4).GroupBy(state => (int)state).MaxBy(group => (group.Count(), -group.Key))!.Key),
            rows.Select(row => row[^1]));
        Assert.Contains((int)PmapState.Ballooned, rows.Select(row => row[^1]));
    }

    [Fact]
    public void The_slider_has_a_run_for_each_value()
    {
        JsonElement figure = Figure(BalloonCharts.WhatIf("rate ", "what if", [("32", host), ("again", host)]));
        Assert.Equal(2, figure.GetProperty("data").GetArrayLength());
        Assert.Equal(["32", "again"], figure.GetProperty("layout").GetProperty("sliders")[0].GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("label").GetString()));
    }

    [Fact]
    public void Every_chart_has_a_title_and_named_axes()
    {
        foreach (GenericChart chart in new[] { BalloonCharts.SizeAgainstTarget(host, vm), BalloonCharts.MemoryByState(host, vm), PmapCharts.HeatMap(host, vm) })
        {
            JsonElement layout = Figure(chart).GetProperty("layout");
            Assert.NotEqual("", layout.GetProperty("title").GetProperty("text").GetString());
            Assert.Equal("time, seconds", layout.GetProperty("xaxis").GetProperty("title").GetProperty("text").GetString());
            Assert.NotEqual("", layout.GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString());
        }
    }

    private static JsonElement Figure(GenericChart chart) => JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement;

    private static long[] Numbers(JsonElement trace, string axis) => [.. trace.GetProperty(axis).EnumerateArray().Select(value => value.GetInt64())];
}
