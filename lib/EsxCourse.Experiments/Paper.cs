using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Experiments;

/// <summary>The experiments, in the order of the paper.</summary>
public static class Paper
{
    /// <summary>All of them.</summary>
    public static ImmutableArray<Experiment> Experiments { get; } =
        [new BallooningOverhead(), new DoublePaging(), new SharingByVms(), new ProductionSharing(), new WorkingSets(), new IdleTax(), new TaxOnTheSlides(), new DynamicReallocation(), new HotIoPages()];

    /// <summary>The experiment with this name.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The experiment.</returns>
    /// <exception cref="BadInputException">There is none.</exception>
    public static Experiment Find(string name) => Experiments.FirstOrDefault(e => e.Name == name)
        ?? throw new BadInputException(name, "there is no such experiment", $"write one of {string.Join(", ", Experiments.Select(e => e.Name))}");
}
