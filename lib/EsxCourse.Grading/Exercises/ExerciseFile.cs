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

    public LeaderboardEntry? Leaderboard { get; set; }

    /// <summary>The leaderboard, if the file has one.</summary>
    internal Leaderboard? Board => Leaderboard is null ? null : new Leaderboard([.. Leaderboard.Figures], [.. Leaderboard.Beside.Select(b => new Landmark(b.Name!, [.. b.Values]))]);

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

        if (Leaderboard is { } board)
        {
            Hold(board.Figures.Count > 0 && board.Figures.All(f => !string.IsNullOrWhiteSpace(f)), "leaderboard", "has no figures", "name those that the checks report");
            Hold(board.Figures.Distinct().Count() == board.Figures.Count, "leaderboard", "a figure stands there twice", "name each once");
            foreach (LandmarkEntry row in board.Beside)
                Hold(!string.IsNullOrWhiteSpace(row.Name) && row.Values.Count == board.Figures.Count, $"leaderboard: {row.Name ?? "beside"}", $"has {row.Values.Count} values", $"give it a name and a value for each of the {board.Figures.Count} figures");
        }

        Hold(Limits is { CallCpuSeconds: > 0, CpuSeconds: > 0, CallSeconds: > 0, Calls: > 0 }, "limits", "one is not above 0", "leave it out for the usual value");
    }

    internal sealed class LeaderboardEntry
    {
        public List<string> Figures { get; set; } = [];

        public List<LandmarkEntry> Beside { get; set; } = [];
    }

    internal sealed class LandmarkEntry
    {
        public string? Name { get; set; }

        public List<decimal> Values { get; set; } = [];
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
