using System.Collections.Immutable;

namespace EsxCourse.Experiments;

/// <summary>Where a constant of an experiment comes from.</summary>
public enum ConstantOrigin
{
    /// <summary>The paper or the published data say it.</summary>
    Given,

    /// <summary>Chosen so that some published values come out; which ones, the reason says. Everything else is a prediction.</summary>
    Fitted,

    /// <summary>Nobody says it; the reason says why this value.</summary>
    Assumed,
}

/// <summary>A number that an experiment needs and the simulator does not know.</summary>
/// <param name="Name">What it is called in the scenario file, where <c>${name}</c> stands for it.</param>
/// <param name="Value">Its value.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Origin">Given, fitted or assumed.</param>
/// <param name="Reason">Why this value.</param>
public sealed record ModelConstant(string Name, double Value, string Unit, ConstantOrigin Origin, string Reason);

/// <summary>The constants of one run: the experiment's own, or changed by a factor to see what they do.</summary>
public sealed class ConstantValues
{
    private readonly ImmutableDictionary<string, double> values;

    /// <summary>Takes the constants as they are.</summary>
    /// <param name="constants">The experiment's constants.</param>
    public ConstantValues(IEnumerable<ModelConstant> constants) => values = constants.ToImmutableDictionary(c => c.Name, c => c.Value);

    private ConstantValues(ImmutableDictionary<string, double> values) => this.values = values;

    /// <summary>All of them.</summary>
    public IEnumerable<KeyValuePair<string, double>> All => values.OrderBy(v => v.Key, StringComparer.Ordinal);

    /// <summary>The value of one.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The value in this run.</returns>
    public double this[string name] => values[name];

    /// <summary>The same with one of them changed.</summary>
    /// <param name="name">Which.</param>
    /// <param name="value">Its value.</param>
    /// <returns>The changed constants.</returns>
    /// <exception cref="ArgumentException">There is no such constant.</exception>
    public ConstantValues With(string name, double value) => values.ContainsKey(name)
        ? new ConstantValues(values.SetItem(name, value))
        : throw new ArgumentException($"There is no constant {name}; there are {string.Join(", ", values.Keys.Order(StringComparer.Ordinal))}.", nameof(name));
}
