using System.Text.RegularExpressions;
using EsxCourse.Exercises.Tax;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Homework;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Tests.Exercises;

/// <summary>A student works in the released copy, without a network: starts, builds, runs, checks.</summary>
[Collection(StudentsCopyTests.Name)]
public sealed class StudentAtHomeTests(StudentsCopy copy)
{
    private static readonly ExerciseCatalog Course = ExerciseCatalog.Load(Repository.Path("exercises"), typeof(ReferenceMemoryTax).Assembly);

    public static TheoryData<string> Exercises =>
        [.. Directory.GetFiles(Repository.Path("exercises"), "exercise.yaml", SearchOption.AllDirectories).Select(f => Path.GetFileName(Path.GetDirectoryName(f)!)).Order(StringComparer.Ordinal)];

    [Fact]
    public async Task What_a_student_wrote_is_never_written_over()
    {
        Need();
        string home = copy.Home(), mine = Path.Combine(home, "idle-memory-tax", "IdleMemoryTax.cs");
        Assert.Equal(0, (await EsxAsync(home, "exercise", "start", "idle-memory-tax")).ExitCode);
        File.WriteAllText(mine, "// a night's work");
        EsxRun again = await EsxAsync(home, "exercise", "start", "idle-memory-tax");
        Assert.Equal((2, $"idle-memory-tax/IdleMemoryTax.cs: is there already, and nothing is written over; go on with it, or name another folder with --out.{Environment.NewLine}"), (again.ExitCode, again.Error));
        Assert.Equal("// a night's work", File.ReadAllText(mine));
    }

    [Fact]
    public async Task A_wrong_step_is_shown_beside_the_expected_one()
    {
        Need();
        string home = copy.Home();
        EsxRun run = await EsxAsync(home, "exercise", "check", Repository.Path("exercises", "03-balloon-driver", ".meta", "mutants", "DeflatesTheOldestFirst.cs"));
        Assert.Equal(1, run.ExitCode);
        Assert.Matches(@"│ +│ step 1 +│ asks the host for its +│ asks the host for its", run.Output);
        Assert.Matches(@"│ > │ step 2 +│ tells the host that PPN 1 +│ tells the host that PPN 0", run.Output);
    }

    [Theory, Trait("Category", "Soak")]
    [MemberData(nameof(Exercises))]
    public async Task Stub_and_solution_are_told_apart_without_a_network(string slug)
    {
        Need();
        string home = copy.Home(), folder = Path.Combine(home, slug[3..]);
        Assert.Equal(0, (await EsxAsync(home, "exercise", "start", slug)).ExitCode);
        EsxRun built = await StudentsCopy.OfflineAsync(folder, "dotnet", "build", "-nodeReuse:false");
        Assert.True(built.ExitCode == 0, built.Output);
        EsxRun stub = await StudentsCopy.OfflineAsync(folder, "dotnet", "run", "-p:UseSharedCompilation=false");
        Assert.Equal(1, stub.ExitCode);
        // A table breaks its lines where it likes.
        Assert.Contains("has not implemented", Regex.Replace(stub.Output, @"[\s│]+", " "), StringComparison.Ordinal);

        File.Copy(Repository.Path("exercises", slug, ".meta", "Reference.cs"), Directory.GetFiles(folder, "*.cs").Single(), overwrite: true);
        EsxRun solved = await EsxAsync(folder, "exercise", "check", ".");
        Assert.True(solved.ExitCode == 0, solved.Output + solved.Error);
    }

    [Theory, Trait("Category", "Soak")]
    [MemberData(nameof(Exercises))]
    public async Task A_homework_notebook_tells_stub_and_solution_apart_without_a_network(string slug)
    {
        Need();
        string home = copy.Home(), given = Path.Combine(copy.Root, "notebooks", "homework", $"{slug}.ipynb"), solved = Path.Combine(home, $"{slug}.ipynb");
        EsxRun stub = await EsxAsync(home, "notebook", "run", given);
        Assert.Equal(1, stub.ExitCode);
        Assert.Contains($"CheckNotPassedException: {slug}, ", stub.Error, StringComparison.Ordinal);

        // Beside the copy and not in it, where other tests look for answers.
        NotebookFile.Write(HomeworkNotebook.WithSolution(Course.Find(slug), Path.Combine(copy.Root, "artifacts", "kit")), solved);
        EsxRun reference = await EsxAsync(home, "notebook", "run", solved);
        Assert.True(reference.ExitCode == 0, reference.Output + reference.Error);

        EsxRun check = await EsxAsync(home, "exercise", "check", given);
        Assert.Equal(1, check.ExitCode);
        Assert.DoesNotContain("was put back", check.Output, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Soak")]
    public async Task A_recording_judges_as_the_reference_does()
    {
        Need();
        string home = copy.Home();
        foreach (string mutant in Directory.GetDirectories(Repository.Path("exercises"), "mutants", SearchOption.AllDirectories).SelectMany(f => Directory.GetFiles(f).Order(StringComparer.Ordinal).Take(1)))
        {
            EsxRun there = await EsxAsync(home, "exercise", "check", mutant), here = await EsxProgram.RunAsync("exercise", "check", mutant);
            Assert.True(here.ExitCode == there.ExitCode, $"{mutant}:\n{here.Output}{here.Error}\n{there.Output}{there.Error}");
        }
    }

    private static void Need()
    {
        RequiredTool.Need("unshare");
        RequiredTool.Need("bwrap");
    }

    private Task<EsxRun> EsxAsync(string folder, params string[] arguments) => StudentsCopy.OfflineAsync(folder, [Path.Combine(copy.Root, "esx"), .. arguments]);
}
