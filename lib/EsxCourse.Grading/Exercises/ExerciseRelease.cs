using EsxCourse.Grading.Checks;
using EsxCourse.Grading.Checks.References;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EsxCourse.Grading.Exercises;

// What students get of an exercise: statement, stub, contract, and the checks that are public, with the world that they are played in, as source and
// with what the reference did in them (Checks/References). Files are named here one by one: what nobody named is not given out.

/// <summary>Writes the students' copy of an exercise.</summary>
public static class ExerciseRelease
{
    private static readonly string[] Files = ["README.md", "Contract.cs", "PublicChecks.cs"];

    private const string WorldFolder = "world";

    /// <summary>Writes it.</summary>
    /// <param name="exercise">The exercise, with its reference and all its checks.</param>
    /// <param name="folder">Where to; made if it is not there.</param>
    /// <exception cref="GraderBrokeException">A public check does not take the reference, or what was recorded of it.</exception>
    public static void Write(Exercise exercise, string folder)
    {
        Dictionary<string, ReferenceRecording> recordings = [];
        foreach (ExerciseCheck check in exercise.Checks.Where(c => c.IsPublic))
            if (Record(exercise, check) is { Calls.IsEmpty: false } recording)
                recordings[check.Name] = recording;
        Directory.CreateDirectory(folder);
        foreach (string name in Files.Append(exercise.StubFile))
            File.Copy(Path.Combine(exercise.Folder, name), Path.Combine(folder, name));
        if (Directory.Exists(Path.Combine(exercise.Folder, WorldFolder)))
        {
            string world = Directory.CreateDirectory(Path.Combine(folder, WorldFolder)).FullName;
            foreach (string file in Directory.GetFiles(Path.Combine(exercise.Folder, WorldFolder), "*.cs"))
                File.Copy(file, Path.Combine(world, Path.GetFileName(file)));
        }

        if (recordings.Count > 0)
            File.WriteAllText(Path.Combine(folder, ReferenceRecording.FileName), ReferenceRecording.ToJson(recordings));
        File.WriteAllText(Path.Combine(folder, ExerciseFile.Name), PublicPart(Path.Combine(exercise.Folder, ExerciseFile.Name)));
    }

    /// <summary>Plays a check with the reference, and then with the recording of it.</summary>
    private static ReferenceRecording Record(Exercise exercise, ExerciseCheck check)
    {
        ReferenceRecorder recorder = new(check.Check.Contract, Solution);
        Play(recorder.Make);
        Play(new ReferencePlayer(check.Check.Contract, recorder.Recording).Make);
        return recorder.Recording;

        object Solution() => ReferenceSource.New(check.Check);

        void Play(Func<object> makeReference)
        {
            try
            {
                check.Check.RunOn(Solution(), new CheckRun(ReferenceRecording.InputsOf(exercise.Slug, check.Name), Solution, makeReference));
            }
            catch (CheckFailedException lost)
            {
                throw new GraderBrokeException($"{exercise.Slug}: the reference loses '{check.Name}': {lost.Message}", lost);
            }
        }
    }

    private static string PublicPart(string path)
    {
        ExerciseFile file = ExerciseFile.Read(path);
        file.Checks = [.. file.Checks.Where(c => c.Public)];
        file.Checks.ForEach(c => c.Why = null);
        return new SerializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).ConfigureDefaultValuesHandling(DefaultValuesHandling.OmitNull).Build().Serialize(file);
    }
}
