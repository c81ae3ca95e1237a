using System.Collections.Immutable;
using System.Reflection;
using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Checks.References;

namespace EsxCourse.Grading.Exercises;

/// <summary>A check as an exercise uses it.</summary>
/// <param name="Name">Its name in reports.</param>
/// <param name="Points">What it is worth.</param>
/// <param name="IsPublic">Whether students have it too.</param>
/// <param name="Check">The check itself; it has no state.</param>
/// <param name="Why">Why it stands although no mutant is caught by it alone; null when one is.</param>
public sealed record ExerciseCheck(string Name, int Points, bool IsPublic, Check Check, string? Why = null)
{
    /// <summary>What the reference did in it, where the reference itself is not there: in a release.</summary>
    internal ReferenceRecording? Recording { get; init; }
}

/// <summary>One exercise: a folder <c>NN-slug</c> with a statement, a stub, <c>exercise.yaml</c>, and behind <c>.meta</c> what students do not get.</summary>
/// <param name="Slug">The folder's name.</param>
/// <param name="Folder">Where it lies.</param>
/// <param name="Title">Its title.</param>
/// <param name="Version">Raised whenever the checks change; part of what inputs depend on.</param>
/// <param name="StubFile">Name of the file that students edit.</param>
/// <param name="Contract">The interface that a submission implements.</param>
/// <param name="Checks">What submissions are checked for, in the order of the file.</param>
/// <param name="Limits">What a submission may use.</param>
public sealed record Exercise(
    string Slug, string Folder, string Title, int Version, string StubFile, Type Contract, ImmutableArray<ExerciseCheck> Checks, ExerciseLimits Limits)
{
    /// <summary>Its leaderboard; null if it has none.</summary>
    public Leaderboard? Leaderboard { get; init; }

    /// <summary>All points together.</summary>
    public int MaxPoints => Checks.Sum(c => c.Points);

    /// <summary>The stub that students edit.</summary>
    public string StubPath => Path.Combine(Folder, StubFile);

    /// <summary>The solution that earns every point.</summary>
    public string ReferencePath => Path.Combine(Folder, ".meta", "Reference.cs");

    /// <summary>The plausible wrong solutions, each of which must lose points.</summary>
    public IReadOnlyList<string> MutantPaths =>
        Directory.Exists(Path.Combine(Folder, ".meta", "mutants"))
            ? [.. Directory.GetFiles(Path.Combine(Folder, ".meta", "mutants"), "*.cs").Order(StringComparer.Ordinal)]
            : [];

    /// <summary>Loads an exercise with the checks that students have, and only those.</summary>
    /// <param name="folder">The exercise's folder.</param>
    /// <param name="checks">An assembly with at least the public checks.</param>
    /// <returns>The exercise.</returns>
    /// <exception cref="BadInputException">There is none, or it is broken: the message says where.</exception>
    public static Exercise LoadPublic(string folder, Assembly checks) => Load(folder, checks, publicOnly: true);

    internal static Exercise Load(string folder, Assembly checks, bool publicOnly = false)
    {
        string path = Path.Combine(folder, ExerciseFile.Name);
        ExerciseFile file = ExerciseFile.Read(path);
        if (publicOnly && !file.Checks.Exists(c => c.Public))
            throw new BadInputException($"{path}: checks", "none is public", "give students at least one");
        IReadOnlyDictionary<string, ReferenceRecording> recordings = ReferenceRecording.Read(folder);
        ImmutableArray<ExerciseCheck> loaded =
        [
            .. file.Checks.Where(c => c.Public || !publicOnly).Select(c =>
                new ExerciseCheck(c.Name!, c.Points, c.Public, Make(c.Class!, checks, $"{path}: checks: {c.Name}"), c.Why) { Recording = recordings.GetValueOrDefault(c.Name!) }),
        ];
        if (loaded.Select(c => c.Check.Contract).Distinct().Count() > 1)
            throw new BadInputException($"{path}: checks", "they check different contracts", "give an exercise one contract");
        return new Exercise(Path.GetFileName(folder), folder, file.Title!, file.Version, file.Stub!, loaded[0].Check.Contract, loaded, file.Limits) { Leaderboard = file.Board };
    }

    private static Check Make(string className, Assembly checks, string place) =>
        checks.GetType(className) is { IsAbstract: false } type && typeof(Check).IsAssignableFrom(type) && type.GetConstructor([]) is not null
            ? (Check)Activator.CreateInstance(type)!
            : throw new BadInputException(place, $"there is no check '{className}'", $"write one in {checks.GetName().Name}, with a constructor without arguments");
}
