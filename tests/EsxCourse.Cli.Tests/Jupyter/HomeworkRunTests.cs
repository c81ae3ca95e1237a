using EsxCourse.Exercises.Tax;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Homework;
using EsxCourse.Kernel;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Tests.Jupyter;

/// <summary>Homework notebooks under nbconvert, as nbgrader runs them: with the stub every check's cell fails clearly, with the reference none does.</summary>
public sealed class HomeworkRunTests
{
    private const string NbConvert = "/usr/bin/jupyter-nbconvert";
    private const string Fast = "07-idle-memory-tax";

    private static readonly ExerciseCatalog Course = ExerciseCatalog.Load(Repository.Path("exercises"), typeof(ReferenceMemoryTax).Assembly);

    [Fact]
    public Task The_stub_of_a_homework_fails_each_check_in_one_line_and_its_solution_none() => Holds(Fast);

    [Theory, Trait("Category", "Soak")]
    [MemberData(nameof(Others))]
    public Task The_stub_of_every_homework_fails_each_check_in_one_line_and_its_solution_none(string slug) => Holds(slug);

    public static TheoryData<string> Others => [.. Course.Exercises.Select(e => e.Slug).Where(slug => slug != Fast)];

    [Fact, Trait("Category", "Soak")]
    public async Task A_homework_with_its_stub_stops_nbconvert_at_the_first_check()
    {
        using DebianPython python = new("nbconvert");
        (int code, string output) = await python.RunAsync(NbConvert, "--to", "notebook", "--execute", "--output-dir", python.File("out"), Repository.Path("notebooks", "homework", $"{Fast}.ipynb"));
        Assert.NotEqual(0, code);
        Assert.Contains("CheckNotPassedException: 07-idle-memory-tax, 'idle page cost': 0 of 2 points. Your code has not implemented IdlePageCost (cell 2, line 4).", output, StringComparison.Ordinal);
    }

    [Fact, Trait("Category", "Soak")]
    public async Task A_class_that_leans_on_another_cell_is_told_so_before_it_is_graded_without_it()
    {
        using TemporaryFolder folder = new();
        NotebookDocument solved = HomeworkNotebook.WithSolution(Course.Find(Fast), Repository.Path("artifacts", "kit"));
        int at = solved.Cells.Index().Single(c => c.Item.Id == $"{Fast}-solution").Index;
        NotebookCell[] cells = [.. solved.Cells];
        Assert.Contains("100.0 / (100 - taxPercent)", cells[at].Source, StringComparison.Ordinal);
        cells[at] = cells[at] with { Source = cells[at].Source.Replace("100.0 / (100 - taxPercent)", "Mine.Price(taxPercent)", StringComparison.Ordinal) };
        NotebookCell helper = new("mine", CellKind.Code, "static class Mine { public static double Price(int taxPercent) => 100.0 / (100 - taxPercent); }");
        string path = folder.File($"{Fast}.ipynb");
        NotebookFile.Write(solved with { Cells = [.. cells[..at], helper, .. cells[at..]] }, path);
        NotebookRun run = await NotebookRunner.RunAsync(path, cancel: TestContext.Current.CancellationToken);
        Assert.Contains("IdleMemoryTax: uses what another cell declares, and is graded without it; put that into the same cell.", string.Join('\n', run.Failures), StringComparison.Ordinal);
    }

    private static async Task Holds(string slug)
    {
        using DebianPython python = new("nbconvert");
        Exercise exercise = Course.Find(slug);
        string solved = python.File($"{slug}-solved.ipynb"), to = python.File("executed");
        NotebookFile.Write(HomeworkNotebook.WithSolution(exercise, Repository.Path("artifacts", "kit")), solved);
        (int code, string output) = await python.RunAsync(
            NbConvert, "--to", "notebook", "--execute", "--allow-errors", "--ExecutePreprocessor.timeout=300", "--output-dir", to, Repository.Path("notebooks", "homework", $"{slug}.ipynb"), solved);
        Assert.True(code == 0, output);

        NotebookCell[] stub = Executed($"{slug}.ipynb"), reference = Executed($"{slug}-solved.ipynb");
        ExerciseCheck[] checks = [.. exercise.Checks.Where(c => c.IsPublic)];
        Assert.Equal(checks.Length, Checks(stub).Length);
        Assert.All(stub.Except(Checks(stub)).SelectMany(c => c.Outputs), o => Assert.IsNotType<ErrorOutput>(o));
        Assert.All(Checks(stub).Zip(checks), pair =>
        {
            ErrorOutput error = Assert.Single(pair.First.Outputs.OfType<ErrorOutput>());
            Assert.Equal("EsxCourse.Lecture.Exercises.CheckNotPassedException", error.Name);
            Assert.StartsWith($"{slug}, '{pair.Second.Name}': 0 of {pair.Second.Points} points. ", error.Message, StringComparison.Ordinal);
            Assert.Contains("our code has not implemented ", error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', error.Message);
            Shows(pair.First, pair.Second, $"0 of {pair.Second.Points}");
        });
        Assert.All(reference.SelectMany(c => c.Outputs), o => Assert.IsNotType<ErrorOutput>(o));
        Assert.All(Checks(reference).Zip(checks), pair => Shows(pair.First, pair.Second, $"{pair.Second.Points} of {pair.Second.Points}"));

        NotebookCell[] Executed(string name) => [.. NotebookFile.Read(Path.Combine(to, name)).Cells];
        NotebookCell[] Checks(NotebookCell[] cells) => [.. cells.Where(c => c.Id.Contains("-check-", StringComparison.Ordinal))];
    }

    /// <summary>The table is there as one for people and as text.</summary>
    private static void Shows(NotebookCell cell, ExerciseCheck check, string points)
    {
        IReadOnlyDictionary<string, string> shown = Assert.Single(cell.Outputs.OfType<DisplayOutput>()).Data;
        Assert.Contains("<table class=\"esx-table\">", shown["text/html"], StringComparison.Ordinal);
        Assert.Contains($"<td>{points}</td>", shown["text/html"], StringComparison.Ordinal);
        Assert.Contains(points, shown["text/plain"], StringComparison.Ordinal);
        Assert.Contains(check.Name, shown["text/plain"], StringComparison.Ordinal);
    }
}
