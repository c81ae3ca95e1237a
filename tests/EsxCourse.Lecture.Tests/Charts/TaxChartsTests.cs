using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Experiments;
using EsxCourse.Memory.Allocation;
using Plotly.NET;

namespace EsxCourse.Lecture.Tests.Charts;

/// <summary>A chart shows what the memory manager computed, and looks as the lecture's charts look.</summary>
public sealed class TaxChartsTests
{
    private static JsonElement Figure(GenericChart chart) => JsonDocument.Parse(GenericChart.toFigureJson(chart)).RootElement;

    [Fact]
    public void The_price_at_30_percent_active_and_80_percent_tax_is_the_slides()
    {
        JsonElement line = Figure(TaxCharts.PriceByActiveFraction(new Shares(100), new PageCount(10), new TaxRate(0.8))).GetProperty("data")[0];
        int at = line.GetProperty("x").EnumerateArray().Select(x => x.GetDouble()).ToList().FindIndex(x => Math.Abs(x - 0.3) < 1e-9);
        Assert.Equal(2.63, line.GetProperty("y")[at].GetDouble(), precision: 2);
    }

    [Fact]
    public void The_duel_shows_both_VMs_at_every_step()
    {
        JsonElement data = Figure(TaxCharts.PagesByStep(TaxExample.Slides.AgainstGrowingWorkingSet)).GetProperty("data");
        Assert.Equal([10, 9, 8, 7, 6, 5], data[0].GetProperty("y").EnumerateArray().Select(y => y.GetInt32()));
        Assert.Equal([10, 11, 12, 13, 14, 15], data[1].GetProperty("y").EnumerateArray().Select(y => y.GetInt32()));
    }

    [Fact]
    public void The_readings_are_those_of_the_example()
    {
        JsonElement data = Figure(TaxCharts.Readings(TaxExample.Slides)).GetProperty("data")[0];
        Assert.Equal([5, 5.6, 6, 5, 3, 6], data.GetProperty("y").EnumerateArray().Select(y => Math.Round(y.GetDouble(), 6)));
    }

    [Fact]
    public void The_slider_has_a_picture_for_each_tax_rate_and_shows_one_at_a_time()
    {
        MemoryClient[] clients =
        [
            new(new Shares(100), new PageCount(10), new PageCount(3), PageCount.Zero, new PageCount(20)),
            new(new Shares(100), new PageCount(10), new PageCount(20), PageCount.Zero, new PageCount(20)),
        ];
        JsonElement figure = Figure(TaxCharts.WhatIfTaxRate(clients, new PageCount(20), steps: 5));
        Assert.Equal(5, figure.GetProperty("data").GetArrayLength());
        Assert.Equal([true, false, false, false, false], figure.GetProperty("data").EnumerateArray().Select(trace => trace.GetProperty("visible").GetBoolean()));
        JsonElement steps = figure.GetProperty("layout").GetProperty("sliders")[0].GetProperty("steps");
        Assert.Equal(5, steps.GetArrayLength());
        Assert.Equal([false, false, true, false, false], steps[2].GetProperty("args")[1].EnumerateArray().Select(visible => visible.GetBoolean()));
    }

    [Fact]
    public void Every_chart_has_a_title_and_a_named_value_axis_and_fits_its_page()
    {
        TaxExample example = TaxExample.Slides;
        foreach (GenericChart chart in new[] { TaxCharts.Readings(example), TaxCharts.PagesByStep(example.AgainstGrowingWorkingSet), TaxCharts.PricesByStep(example.AgainstGrowingWorkingSet) })
        {
            JsonElement layout = Figure(chart).GetProperty("layout");
            Assert.False(string.IsNullOrEmpty(layout.GetProperty("title").GetProperty("text").GetString()));
            Assert.False(string.IsNullOrEmpty(layout.GetProperty("yaxis").GetProperty("title").GetProperty("text").GetString()));
            Assert.False(layout.TryGetProperty("width", out _), "A fixed width would not fit a narrow page.");
        }
    }
}
