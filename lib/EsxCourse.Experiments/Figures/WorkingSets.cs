using System.Collections.Immutable;
using System.Text;
using EsxCourse.Memory.Simulation;
using static EsxCourse.Experiments.ConstantOrigin;

namespace EsxCourse.Experiments;

// Figure 6 (OSDI '02 §5.3): what sampling makes of a program that touches 50 to 250 MB in steps. The phases are read from the published
// curve of the toucher; the estimate is the host's own. With and without the guest's zero-page thread, which touches freed pages once.

internal sealed class WorkingSets : Experiment
{
    private const int VmMegabytes = 320;

    public override string Name => "fig6";

    public override string Title => "Active memory sampling follows a toucher: up fast, down slowly";

    public override string Source => "OSDI '02 §5.3, figure 6";

    public override ImmutableArray<ModelConstant> Constants { get; } =
    [
        new("background-mib", 15, "MiB", Given, "10 to 20 MB of everything else that Windows runs"),
        new("rate", 8000, "touches/s", Assumed, "the largest set is swept in eight seconds: well within a sampling period"),
    ];

    public override ExperimentResult Run(ConstantValues constants, CancellationToken stop)
    {
        ResultSeries toucher = Resources.Published("fig6", "toucher", "published: toucher"), max = Resources.Published("fig6", "max", "published: estimate");
        IReadOnlyList<HostSample> with = Samples(true), without = Samples(false);
        double peak = with.Skip(600).Max(Active), zeroPeak = Between(with, 27.5, 30).Max(Active), zeroPeakWithout = Between(without, 28.4, 30).Max(Active);
        double up = new[] { (8.54, 50.0), (10.55, 150), (12.48, 200), (14.48, 250), (21.52, 200) }.Max(step => Follows(with, step.Item1, step.Item2, 0.8)), down = Falls(with, 27.5);
        return new ExperimentResult(
            this,
            [
                new("RMS distance from the published estimate", 0, Rms(with, max), "MB", RowKind.Predicted, Most: 40),
                new ResultRow("the same without the zero-page thread", 0, Rms(without, max), "MB", RowKind.Predicted, Most: 40) with { Reason = "the published guest had the thread: its peak at minute 28 is in the published curve" },
                new("follows its steps up to 80 % within, at most", null, up, "periods of 30 s", RowKind.Predicted, Most: 2),
                new("comes down again after the last touch within", null, down, "periods of 30 s", RowKind.Predicted, Least: up),
                ResultRow.Show("peak of the estimate", 285, peak, "MB"),
                ResultRow.Show("peak when the zero-page thread runs", 224, zeroPeak, "MB"),
                ResultRow.Show("at minute 28.4 to 30 without the thread", null, zeroPeakWithout, "MB"),
                ResultRow.Show("estimate at minute 33", 22, Between(with, 33, 33.1).Average(Active), "MB"),
            ],
            [toucher, max, Curve("estimate", with, Active, 5), Curve("estimate, no zero-page thread", without, Active, 5)],
            ["The gains of the two averages, 1/4 and 3/4, were read off the steps of this figure: the paper gives none. Everything else is predicted.",
                "Published: the zero-page thread lifts the estimate at 27.7 minutes. Here it writes each freed page once, at the toucher's speed."]);

        IReadOnlyList<HostSample> Samples(bool zeroThread)
        {
            string text = Resources.Text("Scenarios/fig6.yaml")
                .Replace("ZERO_THREAD", zeroThread ? "true" : "false", StringComparison.Ordinal)
                .Replace("PHASES", Phases(toucher), StringComparison.Ordinal);
            return RunToEnd(ParseWith("fig6", text, constants), stop).Host.Samples;
        }
    }

    private static double Active(HostSample sample) => Megabytes.Of(sample.Vms[0].Active);

    private static IEnumerable<HostSample> Between(IReadOnlyList<HostSample> samples, double from, double to) =>
        samples.Where(s => s.Time.Microseconds / 60e6 >= from && s.Time.Microseconds / 60e6 <= to);

    private static double Rms(IReadOnlyList<HostSample> samples, ResultSeries published)
    {
        double[] squares = [.. published.X.Zip(published.Y)
            .Where(p => p.First >= 1 && p.First * 60 < samples.Count)
            .Select(p => Math.Pow(Active(samples[(int)Math.Round(p.First * 60)]) - p.Second, 2))];
        return Math.Sqrt(squares.Average());
    }

    // How many periods until the estimate reaches a part of a step's size, or has fallen from its peak to a fifth of it.
    private static double Follows(IReadOnlyList<HostSample> samples, double minute, double megabytes, double part) =>
        samples.Skip((int)(minute * 60)).TakeWhile(s => Active(s) < part * megabytes).Count() / 30.0;

    private static double Falls(IReadOnlyList<HostSample> samples, double minute)
    {
        double peak = samples.Skip((int)(minute * 60)).Take(60).Max(Active);
        return samples.Skip((int)(minute * 60)).TakeWhile(s => Active(s) < 0.9 * peak).Count() is int rise
            ? samples.Skip((int)(minute * 60) + rise).TakeWhile(s => Active(s) > 0.2 * peak).Count() / 30.0
            : 0;
    }

    // The published curve is a stair: its corners are pairs of points, of which the second begins the new step. Phases count from the guest's boot.
    private static string Phases(ResultSeries toucher)
    {
        double bootMinutes = VmMegabytes * 256 / 20_480.0 / 60;
        StringBuilder text = new();
        double began = bootMinutes, level = 0;
        for (int i = 1; i <= toucher.X.Length; i++)
        {
            bool last = i == toucher.X.Length;
            if (!last && Math.Abs(toucher.Y[i] - level) < 1)
                continue;
            double at = last ? 60 : toucher.X[i];
            if (at > began)
                text.Append(FormattableString.Invariant($"        - {{ seconds: {(at - began) * 60:0.0}, pages: {level * 256:0} }}\n"));
            (began, level) = (at, last ? 0 : toucher.Y[i]);
        }

        return text.ToString();
    }
}
