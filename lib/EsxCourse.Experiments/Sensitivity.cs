using System.Collections.Immutable;

namespace EsxCourse.Experiments;

/// <summary>What halving and doubling one constant does to one row.</summary>
/// <param name="Constant">The constant.</param>
/// <param name="What">The row of the result that moves.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="AsItIs">The row with the constant as it is.</param>
/// <param name="Halved">The row with half of it; null if the scenario cannot be run with that.</param>
/// <param name="Doubled">The row with twice of it; null if the scenario cannot be run with that.</param>
public sealed record SensitivityLine(ModelConstant Constant, string What, string Unit, double AsItIs, double? Halved, double? Doubled);

/// <summary>How much a result depends on each constant that the paper does not give.</summary>
public static class Sensitivity
{
    /// <summary>Runs an experiment twice for each fitted or assumed constant.</summary>
    /// <param name="result">The experiment as it is.</param>
    /// <param name="progress">Told of each run; null for nobody.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>A line for each constant and demanded row, those that move most first within a constant; at most three a constant.</returns>
    public static ImmutableArray<SensitivityLine> Of(ExperimentResult result, Action<string>? progress = null, CancellationToken stop = default)
    {
        List<SensitivityLine> lines = [];
        Experiment experiment = result.Experiment;
        foreach (ModelConstant constant in experiment.Constants.Where(c => c.Origin != ConstantOrigin.Given))
        {
            ExperimentResult? halved = Changed(constant, 0.5), doubled = Changed(constant, 2);
            lines.AddRange(result.Rows
                .Select(row => new SensitivityLine(constant, row.What, row.Unit, row.Simulated, halved?.Row(row.What).Simulated, doubled?.Row(row.What).Simulated))
                .OrderByDescending(Movement)
                .Take(3));
        }

        return [.. lines];

        ExperimentResult? Changed(ModelConstant constant, double factor)
        {
            progress?.Invoke($"{experiment.Name}: {constant.Name} x {factor}");
            try
            {
                return experiment.Run(new ConstantValues(experiment.Constants).With(constant.Name, constant.Value * factor), stop);
            }
            catch (Contracts.BadInputException)
            {
                return null; // Half a page, or more pages than the VM has: the scenario says no.
            }
        }
    }

    private static double Movement(SensitivityLine line) =>
        Math.Max(Relative(line.Halved, line.AsItIs), Relative(line.Doubled, line.AsItIs));

    private static double Relative(double? changed, double before) => changed is { } value ? Math.Abs(value - before) / (Math.Abs(before) + 1) : 0;
}
