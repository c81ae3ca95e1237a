using EsxCourse.Contracts;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace EsxCourse.Grading.Exercises;

/// <summary>What <c>exercise.yaml</c> says, as it is written there.</summary>
internal sealed class ExerciseFile
{
    public const string Name = "exercise.yaml";

    public string? Title { get; set; }

    public int Version { get; set; }

    public string? Stub { get; set; }

    public List<CheckEntry> Checks { get; set; } = [];

    public ExerciseLimits Limits { get; set; } = new();

    /// <summary>Reads and checks one file.</summary>
    /// <exception cref="BadInputException">It is missing, is not YAML, or lacks something.</exception>
    public static ExerciseFile Read(string path)
    {
        ExerciseFile file;
        try
        {
            IDeserializer yaml = new DeserializerBuilder().WithNamingConvention(CamelCaseNamingConvention.Instance).WithDuplicateKeyChecking().Build();
            using StreamReader text = new(path);
            file = yaml.Deserialize<ExerciseFile>(text) ?? throw new BadInputException(path, "the file is empty", "write title, version, stub and checks");
        }
        catch (YamlException bad)
        {
            throw new BadInputException($"{path}:{bad.Start.Line}", PlainText.Line(bad.InnerException?.Message ?? bad.Message, 200), "correct that line", bad);
        }
        catch (IOException bad)
        {
            throw new BadInputException(path, "cannot be read", $"give the exercise an {Name}", bad);
        }

        file.Check(path);
        return file;
    }

    private void Check(string path)
    {
        void Hold(bool holds, string key, string problem, string remedy)
        {
            if (!holds)
                throw new BadInputException($"{path}: {key}", problem, remedy);
        }

        Hold(!string.IsNullOrWhiteSpace(Title), "title", "is missing", "name the exercise");
        Hold(Version >= 1, "version", "is missing or below 1", "count versions from 1 and raise it when a check changes");
        Hold(!string.IsNullOrWhiteSpace(Stub), "stub", "is missing", "name the file that students edit");
        Hold(File.Exists(Path.Combine(Path.GetDirectoryName(path)!, Stub!)), "stub", $"'{Stub}' is not there", "name a file beside exercise.yaml");
        Hold(Checks.Count > 0, "checks", "there are none", "list at least one check");
        foreach (CheckEntry check in Checks)
        {
            Hold(!string.IsNullOrWhiteSpace(check.Name), "checks", "one has no name", "name it");
            Hold(!string.IsNullOrWhiteSpace(check.Class), $"checks: {check.Name}", "has no class", "name the class that checks it, with its namespace");
            Hold(check.Points > 0, $"checks: {check.Name}", "has no points", "give it a whole number above 0");
            Hold(Checks.Count(c => c.Name == check.Name) == 1, $"checks: {check.Name}", "stands there twice", "give each check a name of its own");
        }

        Hold(Limits is { CallCpuSeconds: > 0, CpuSeconds: > 0, CallSeconds: > 0, Calls: > 0 }, "limits", "one is not above 0", "leave it out for the usual value");
    }

    internal sealed class CheckEntry
    {
        public string? Name { get; set; }

        public string? Class { get; set; }

        public int Points { get; set; }

        public bool Public { get; set; }

        public string? Why { get; set; }
    }
}
