using System.Collections.Concurrent;
using System.Reflection;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Checks.References;

/// <summary>Where a check finds the reference: in the assembly that it is compiled in or, in a release, in a recording.</summary>
internal static class ReferenceSource
{
    private const string Prefix = "Reference";

    private static readonly ConcurrentDictionary<(Assembly, Type), ConstructorInfo?> Known = new();

    /// <summary>Makes references for one run of a check.</summary>
    public static Func<object> For(ExerciseCheck check) => check.Recording is ReferenceRecording recording
        ? new ReferencePlayer(check.Check.Contract, recording).Make
        : () => New(check.Check);

    /// <summary>A new object of the class <c>Reference…</c> that solves the check's exercise.</summary>
    /// <exception cref="GraderBrokeException">There is none, or more than one.</exception>
    public static object New(Check check) =>
        (Known.GetOrAdd((check.GetType().Assembly, check.Contract), static place => Find(place.Item1, place.Item2))
            ?? throw new GraderBrokeException($"there is no class '{Prefix}…' that implements {check.Contract.Name}")).Invoke([]);

    private static ConstructorInfo? Find(Assembly assembly, Type contract)
    {
        Type[] solutions = [.. assembly.GetTypes().Where(t => t is { IsAbstract: false } && t.Name.StartsWith(Prefix, StringComparison.Ordinal) && contract.IsAssignableFrom(t))];
        return solutions is [Type only] ? only.GetConstructor([]) : null;
    }
}
