using System.Collections.Immutable;
using System.Diagnostics;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>
/// The whole corpus, in one class with two honest students, graded once for all tests by the real <c>esx grade</c>: as whoever runs the tests
/// and, where that is root, as a plain user too, both at the same time.
/// </summary>
public sealed class CorpusRun : IAsyncLifetime
{
    /// <summary>A word that stands in everything that no submission may read: the grader's files and environment, the others' sources.</summary>
    public const string Token = "canary-5f0e7c1d";

    private const string Exercise = "07-idle-memory-tax";

    /// <summary>Hand-ins that are hostile by what they are called or made of, and what their authors must read.</summary>
    public static IReadOnlyDictionary<string, string> OddUploads { get; } = new Dictionary<string, string>
    {
        ["x-link"] = "is a symbolic link, which is not followed",
        ["x-link-inside"] = "contains a symbolic link (Tax.cs), which is not followed",
        ["x-link-to-a-folder"] = "is a symbolic link, which is not followed",
        ["x-build-files"] = "has not implemented IdlePageCost",
        ["x-new\nline\u202e<b>|`"] = "ended itself with exit code 0 instead of answering",
    };

    /// <summary>What came out, once or twice.</summary>
    public ImmutableArray<CorpusOutcome> Outcomes { get; private set; } = [];

    /// <summary>Command lines of processes in sandboxes of the <c>esx</c> that was run, when it had ended.</summary>
    public ImmutableArray<string> LeftOver { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Course.RequireSandbox();
        bool[] users = Environment.IsPrivilegedProcess ? [false, true] : [false];
        Outcomes = [.. await Task.WhenAll(users.Select(RunAsync))];
        string worker = Path.Combine(Path.GetDirectoryName(GradeCommandRun.Esx)!, "EsxCourse.Grading.Worker.dll");
        LeftOver =
        [
            .. Directory.GetDirectories("/proc").Select(Path.GetFileName).Select(name => int.TryParse(name, out int pid) ? ProcessTree.TryRead(pid) : null)
                .OfType<RunningProcess>().Where(p => p.CommandLine.Contains(worker, StringComparison.Ordinal)).Select(p => p.CommandLine),
        ];
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static async Task<CorpusOutcome> RunAsync(bool asPlainUser)
    {
        using TemporaryFolder place = GradeCommandRun.Place();
        string canary = place.Write("secret/canary-secret.txt", Token), target = place.File("owned.txt");
        foreach (string honest in new[] { "ada", "ben" })
            foreach (string folder in new[] { "class", "honest" })
                place.Write($"{folder}/{honest}.cs", File.ReadAllText(Repository.Path("exercises/sample-class", honest, "IdleMemoryTax.cs")) + $"\n// {Token}\n");
        foreach (Attack attack in Attack.All)
            attack.HandIn(place, "class", canary, target);
        HandInOddUploads(place, canary, target);
        if (asPlainUser)
            GradeCommandRun.MakeOpen(place.Path);

        ClassReport[] reports = new ClassReport[2];
        foreach ((int i, string folder) in new[] { "class", "honest" }.Index())
        {
            ProcessStartInfo start = GradeCommandRun.Of(place.Path, folder, asPlainUser, "--exercise", Exercise);
            start.Environment["CANARY"] = Token;
            reports[i] = await GradeCommandRun.GradeAsync(place.Path, folder, start);
        }

        string[] leaks = [.. Directory.GetFiles(place.File("class-out"), "*", SearchOption.AllDirectories).Where(file => File.ReadAllText(file).Contains(Token, StringComparison.Ordinal))];
        return new CorpusOutcome(reports[0], reports[1], [.. leaks], File.Exists(target));
    }

    private static void HandInOddUploads(TemporaryFolder place, string canary, string target)
    {
        File.CreateSymbolicLink(place.File("class/x-link"), canary);
        File.CreateSymbolicLink(Path.Combine(place.Folder("class/x-link-inside"), "Tax.cs"), canary);
        Directory.CreateSymbolicLink(place.File("class/x-link-to-a-folder"), Path.GetDirectoryName(canary)!);
        string stub = File.ReadAllText(Repository.Path("exercises", Exercise, "IdleMemoryTax.cs")), owned = $"<Project><Target Name=\"Own\" BeforeTargets=\"Build\"><Exec Command=\"touch {target}\"/></Target></Project>";
        place.Write("class/x-build-files/IdleMemoryTax.cs", stub);
        foreach (string file in new[] { "Directory.Build.props", "Directory.Build.targets", "Attack.csproj", "global.json", ".editorconfig", "Analyzer.dll" })
            place.Write($"class/x-build-files/{file}", owned);
        string oddName = OddUploads.Keys.Last();
        place.Write($"class/{oddName}/Attack.cs", File.ReadAllText(Path.Combine(Attack.Folder, "Exit.cs")));
        place.Write($"class/{oddName}/Re\nst.cs", File.ReadAllText(Path.Combine(Attack.Folder, "shared/Rest.cs")));
    }
}

/// <summary>What came out of one run of the corpus.</summary>
/// <param name="Whole">The report on the class with all attacks in it.</param>
/// <param name="HonestOnly">The report on the honest students alone.</param>
/// <param name="Leaks">Written files that hold what no submission may read.</param>
/// <param name="WroteOutside">Whether the file that every writing attack aims at came to be.</param>
public sealed record CorpusOutcome(ClassReport Whole, ClassReport HonestOnly, ImmutableArray<string> Leaks, bool WroteOutside)
{
    public ImmutableArray<SubmissionReport> Hostile => [.. Whole.Submissions.Where(s => s.Student.StartsWith("x-", StringComparison.Ordinal))];
}
