using EsxCourse.Contracts;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Simulation;
using Plotly.NET;
using static EsxCourse.Lecture.LectureChart;

namespace EsxCourse.Lecture;

/// <summary>The four states over time (OSDI '02 §6.3), above the bands in which the state depends on where the host comes from.</summary>
public static class StateCharts
{
    private static readonly int[] StatePlaces = [0, 1, 2, 3];
    private static readonly double[] StateRange = [-0.2, 3.2];
    private static readonly string[] StateNames = ["Low", "Hard", "Soft", "High"];
    private static readonly ReclamationState[] Deeper = [ReclamationState.Soft, ReclamationState.Hard, ReclamationState.Low];

    /// <summary>Free memory over time on the left axis and the state that followed on the right one.</summary>
    /// <param name="host">A host that has run.</param>
    /// <param name="everySeconds">The distance of the points.</param>
    /// <returns>The chart. A band begins where its state is entered and ends where it is left again: inside it the state stays what it was.</returns>
    public static GenericChart Timeline(EsxHost host, int everySeconds = 1)
    {
        // A change of state is kept at any distance.
        HostSample[] samples = [.. host.Samples.Where((sample, i) => i % everySeconds == 0 || sample.State != host.Samples[i - 1].State || (i + 1 < host.Samples.Count && host.Samples[i + 1].State != sample.State))];
        return Timeline(
            "Free memory falls through the thresholds; the state climbs back one step at a time",
            [.. samples.Select(sample => sample.Time.Seconds)], [.. samples.Select(sample => sample.Free)], [.. samples.Select(sample => sample.State)],
            host.Thresholds, host.Machine.FrameCount);
    }

    /// <summary>The same at the changes themselves, for a run whose states come and go within a second.</summary>
    /// <param name="host">The host.</param>
    /// <param name="changes">Its changes of state, in order.</param>
    /// <returns>The chart.</returns>
    public static GenericChart Changes(EsxHost host, IEnumerable<StateChanged> changes)
    {
        StateChanged[] all = [.. changes];
        return Timeline(
            "Down as deep as need be, up one state at a time: every change, with what was free then",
            [.. all.Select(change => change.Time.Seconds)], [.. all.Select(change => change.Free)], [.. all.Select(change => change.To)], host.Thresholds, host.Machine.FrameCount);
    }

    /// <summary>The same for any course of free memory, whoever chose the states.</summary>
    /// <param name="title">What the picture says.</param>
    /// <param name="seconds">The moments.</param>
    /// <param name="free">Free memory, as many.</param>
    /// <param name="states">The states, as many.</param>
    /// <param name="thresholds">The thresholds.</param>
    /// <param name="memory">The machine's memory.</param>
    /// <returns>The chart.</returns>
    public static GenericChart Timeline(
        string title, IReadOnlyList<double> seconds, IReadOnlyList<PageCount> free, IReadOnlyList<ReclamationState> states, StateThresholds thresholds, PageCount memory)
    {
        GenericChart chart = Together(
            Plotly.NET.CSharp.Chart.Line<double, double, string>(seconds, free.Select(pages => Math.Round(Percent(pages, memory), 3)), Name: "free memory", ShowMarkers: false),
            Plotly.NET.CSharp.Chart.Line<double, int, string>(seconds, states.Select(state => 3 - (int)state), Name: "state (right)", ShowMarkers: false));
        Trace[] traces = [.. GenericChart.getTraces(chart)];
        traces[0].SetProperty("line", Map(("width", 3), ("color", Palette[0])));
        traces[1].SetProperty("line", Map(("shape", "hv"), ("width", 3), ("color", Palette[1])));
        traces[1].SetProperty("yaxis", "y2");
        GenericChart projected = chart.Projected(title, "time, seconds", "free, % of memory");
        Layout layout = GenericChart.getLayout(projected);
        layout.SetProperty("yaxis2", Map(
            ("overlaying", "y"), ("side", "right"), ("range", StateRange), ("tickvals", StatePlaces), ("ticktext", StateNames), ("showgrid", false), ("automargin", true)));
        layout.SetProperty("shapes", Deeper.Select((state, i) => (object)Map(
            ("type", "rect"), ("xref", "paper"), ("x0", 0), ("x1", 1), ("layer", "below"), ("line", Map(("width", 0))), ("opacity", 0.25), ("fillcolor", Palette[3 + i]),
            ("y0", Percent(StateTransitions.LeftBelow(state - 1, thresholds), memory)), ("y1", Percent(LeftAbove(state, thresholds), memory)))).ToArray());
        layout.SetProperty("annotations", Deeper.Select(state => (object)Map(
            ("xref", "paper"), ("x", 0.995), ("xanchor", "right"), ("yref", "y"), ("y", Percent(LeftAbove(state, thresholds), memory)), ("yanchor", "top"), ("showarrow", false), ("bgcolor", "rgba(255,255,255,0.75)"), ("font", Map(("size", 15))),
            ("text", $"{state}: below {Percent(StateTransitions.LeftBelow(state - 1, thresholds), memory):0.#} %, until above {Percent(LeftAbove(state, thresholds), memory):0.#} %"))).ToArray());
        return projected;
    }

    /// <summary>What if the host decided otherwise? A slider over courses of the state. Needs no kernel.</summary>
    /// <param name="prefix">What stands before the slider's value.</param>
    /// <param name="title">What the picture says.</param>
    /// <param name="seconds">The moments.</param>
    /// <param name="runs">Each value with its states, as many as moments.</param>
    /// <returns>The chart.</returns>
    public static GenericChart WhatIf(string prefix, string title, IReadOnlyList<double> seconds, IEnumerable<(string Value, ReclamationState[] States)> runs)
    {
        GenericChart chart = Sliders.Over(prefix, runs.Select(run => (run.Value, Plotly.NET.CSharp.Chart.Line<double, int, string>(seconds, run.States.Select(state => 3 - (int)state), Name: run.Value, ShowMarkers: false))));
        foreach (Trace trace in GenericChart.getTraces(chart))
            trace.SetProperty("line", Map(("shape", "hv"), ("width", 3), ("color", Palette[1])));
        GenericChart projected = chart.Projected(title, "time, seconds", "state");
        if (GenericChart.getLayout(projected).TryGetPropertyValue("yaxis") is { } axis && axis.Value is Dictionary<string, object> settings)
            (settings["range"], settings["tickvals"], settings["ticktext"]) = (StateRange, StatePlaces, StateNames);
        return projected;
    }

    private static double Percent(PageCount pages, PageCount memory) => 100.0 * pages.Value / memory.Value;

    // Found by asking the transitions, so that the picture cannot disagree with them.
    private static PageCount LeftAbove(ReclamationState state, StateThresholds thresholds)
    {
        PageCount free = StateTransitions.LeftBelow(state - 1, thresholds);
        while (StateTransitions.Next(state, free, thresholds) >= state)
            free += new PageCount(1);
        return free;
    }
}
