using System.Xml.Linq;

namespace EsxCourse.Cli.Tests.Structure;

/// <summary>Which project may know which: the arrows of the map in lib/README.md. A reference that is not listed here is a decision, not an accident.</summary>
public sealed class ArrowTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Contracts"] = [],
        ["Memory"] = ["Contracts"],
        ["Scan"] = ["Contracts"],
        ["Experiments"] = ["Contracts", "Memory"],
        ["Quiz"] = ["Contracts", "Memory", "Experiments"],
        ["Notebooks"] = ["Contracts"],
        ["Lecture"] = ["Contracts", "Memory", "Experiments", "Quiz", "Notebooks"],
        ["Kernel"] = ["Contracts", "Notebooks"],
        ["Grading.Worker"] = ["Contracts"],
        ["Gradebook"] = ["Contracts"],
        ["Quiz.Server"] = ["Contracts", "Quiz", "Gradebook"],
        ["Grading"] = ["Contracts", "Notebooks", "Memory", "Grading.Worker", "Gradebook"],
        ["Lecture.Exercises"] = ["Contracts", "Lecture", "Grading"],
        ["Cli"] = ["Contracts", "Memory", "Experiments", "Quiz", "Notebooks", "Lecture", "Lecture.Exercises", "Kernel", "Grading", "Gradebook", "Quiz.Server", "Scan", "Exercises", "Exercises.Public"],
    };

    public static TheoryData<string> Projects => [.. LibraryProjects()];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_map_allows(string project)
    {
        Assert.True(Allowed.ContainsKey(project), $"lib/EsxCourse.{project} is not on the map: add it to lib/README.md and here.");
        string[] unexpected = [.. References(project).Except(Allowed[project])];
        Assert.True(unexpected.Length == 0, $"EsxCourse.{project} must not reference {string.Join(", ", unexpected)}.");
    }

    [Fact]
    public void The_map_itself_has_no_cycle()
    {
        List<string> settled = [];
        while (settled.Count < Allowed.Count)
        {
            string? next = Allowed.Keys.Except(settled).FirstOrDefault(project => Allowed[project].Where(Allowed.ContainsKey).All(settled.Contains));
            Assert.True(next is not null, $"A cycle among {string.Join(", ", Allowed.Keys.Except(settled))}.");
            settled.Add(next);
        }
    }

    [Fact]
    public void The_students_process_knows_the_units_and_nothing_else_of_ours() => Assert.Equal(["Contracts"], References("Grading.Worker"));

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        string solution = File.ReadAllText(Repository.Path("EsxCourse.sln"));
        string[] missing = [.. Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/artifacts/", StringComparison.Ordinal) && !file.Contains("/out/", StringComparison.Ordinal))
            .Select(Path.GetFileNameWithoutExtension).OfType<string>()
            .Where(name => !solution.Contains($"\"{name}\"", StringComparison.Ordinal))];
        Assert.Empty(missing);
    }

    private static IEnumerable<string> LibraryProjects() =>
        Directory.EnumerateDirectories(Repository.Path("lib"), "EsxCourse.*").Select(folder => Path.GetFileName(folder)["EsxCourse.".Length..]).Order(StringComparer.Ordinal);

    private static string[] References(string project) =>
        [.. XDocument.Load(Repository.Path("lib", $"EsxCourse.{project}", $"EsxCourse.{project}.csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'))["EsxCourse.".Length..])];
}
