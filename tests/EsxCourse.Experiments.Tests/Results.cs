using System.Collections.Concurrent;

namespace EsxCourse.Experiments.Tests;

/// <summary>Each experiment is run once for all tests that look at it.</summary>
internal static class Results
{
    private static readonly ConcurrentDictionary<string, Lazy<ExperimentResult>> Run = new();

    public static ExperimentResult Of(string name) => Run.GetOrAdd(name, n => new Lazy<ExperimentResult>(() => Paper.Find(n).Run())).Value;
}
