using System.Collections.Immutable;
using System.Text.Json;
using EsxCourse.Contracts;

namespace EsxCourse.Grading.Checks.References;

// Many checks play a world twice: once with the student's code and once with the reference beside it. Students get those checks too, but never the
// reference, not even compiled. What they get instead is a recording: what the reference answered, and what it did to its world, while the
// check was played once with inputs that are the same for everybody. A check is a program without chance, so it calls the recording as it
// called the reference; whatever the student's code does, it cannot change what is expected of it.
//
//   teacher:  check --> ReferenceRecorder --> reference --> ReferenceRecorder --> world       every call written down
//   student:  check --> ReferencePlayer   ---- what was written down -----------> world
//
// A recording holds the expected values of examples that students have anyway, and no way to others.

/// <summary>What the reference did in one check.</summary>
/// <param name="Calls">The check's calls to the reference, in order.</param>
internal sealed record ReferenceRecording(ImmutableArray<RecordedCall> Calls)
{
    /// <summary>The file in a released exercise: a recording for each check, by its name.</summary>
    public const string FileName = "expected.json";

    // Anybody may know it: examples are no grades.
    private static readonly byte[] Everybody = "the same for everybody"u8.ToArray();

    /// <summary>The inputs that a check is recorded and played back with.</summary>
    /// <param name="exercise">Slug of the exercise.</param>
    /// <param name="check">Name of the check.</param>
    public static Inputs InputsOf(string exercise, string check) => Inputs.For(Everybody, exercise, check);

    /// <summary>Writes an exercise's recordings.</summary>
    public static string ToJson(IReadOnlyDictionary<string, ReferenceRecording> recordings) => JsonSerializer.Serialize(recordings);

    /// <summary>Reads an exercise's recordings; there are none outside a release.</summary>
    /// <param name="folder">The exercise's folder.</param>
    /// <exception cref="BadInputException">The file is not one.</exception>
    public static IReadOnlyDictionary<string, ReferenceRecording> Read(string folder)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return ImmutableDictionary<string, ReferenceRecording>.Empty;
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, ReferenceRecording>>(File.ReadAllText(path)) ?? throw new JsonException();
        }
        catch (Exception bad) when (bad is JsonException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, "cannot be read", "take the file from the course again", bad);
        }
    }
}

/// <summary>One call of the reference.</summary>
/// <param name="Object">Which reference object, counted from 1.</param>
/// <param name="Method">Which method of the contract.</param>
/// <param name="World">What it called in the check's world meanwhile, in order.</param>
/// <param name="Result">What it answered, as it crosses the pipe; empty for void.</param>
internal sealed record RecordedCall(int Object, int Method, ImmutableArray<RecordedStep> World, byte[] Result);

/// <summary>One call of the reference into the check's world.</summary>
/// <param name="Target">Which object of the world, in the order in which the reference was given them.</param>
/// <param name="Method">Which method.</param>
/// <param name="Arguments">With what, as it crosses the pipe.</param>
internal sealed record RecordedStep(int Target, int Method, byte[] Arguments);
