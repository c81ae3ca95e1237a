using System.Text.Json;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Homework;
using EsxCourse.Notebooks;

namespace EsxCourse.Grading.Tests.Homework;

/// <summary>The homework notebooks as they are stored: made from the exercises, without a solution, and valid to nbgrader.</summary>
public sealed class HomeworkNotebookTests : IDisposable
{
    private static readonly string Folder = Repository.Path("notebooks", "homework");

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    public static TheoryData<string> Slugs => [.. Course.Exercises.Exercises.Select(e => e.Slug)];

    [Fact]
    public void Each_exercise_has_its_notebook_and_no_notebook_is_left_over() =>
        Assert.Equal(Course.Exercises.Exercises.Select(e => $"{e.Slug}.ipynb"), Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Slugs))]
    public void The_stored_notebook_is_what_the_exercise_gives(string slug)
    {
        string again = folder.File("again.ipynb");
        NotebookFile.Write(HomeworkNotebook.Release(Course.Exercises.Find(slug)), again);
        Assert.True(
            File.ReadAllBytes(again).SequenceEqual(File.ReadAllBytes(Path.Combine(Folder, $"{slug}.ipynb"))),
            $"notebooks/homework/{slug}.ipynb is not what exercises/{slug} gives: run 'esx exercise homework {slug}'");
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void Releasing_the_teachers_notebook_gives_the_stored_one(string slug)
    {
        Exercise exercise = Course.Exercises.Find(slug);
        NotebookDocument released = HomeworkNotebook.Release(exercise), teachers = HomeworkNotebook.WithSolution(exercise);
        string stub = released.Cells.Single(NbgraderCell.IsSolution).Source;
        Assert.Contains("throw new NotImplementedException()", stub, StringComparison.Ordinal);
        Assert.Equal(released.Cells.Select(c => c.Source), HomeworkNotebook.Strip(teachers, stub, slug).Cells.Select(c => c.Source));
        string solution = teachers.Cells.Single(NbgraderCell.IsSolution).Source;
        Assert.StartsWith(SolutionRegions.Begin, solution, StringComparison.Ordinal);
        Assert.DoesNotContain("NotImplementedException", solution, StringComparison.Ordinal);
        Assert.All(released.Cells, cell => Assert.DoesNotContain("SOLUTION", cell.Source, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void No_line_that_only_the_solution_has_is_in_the_stored_notebook(string slug)
    {
        string[] Lines(string text) => [.. text.Split('\n').Select(l => l.Trim()).Where(l => l.Length > 40 && !l.StartsWith("//", StringComparison.Ordinal))];
        Exercise exercise = Course.Exercises.Find(slug);
        string stub = File.ReadAllText(exercise.StubPath) + File.ReadAllText(Path.Combine(exercise.Folder, "Contract.cs"));
        string[] secret = [.. Lines(File.ReadAllText(exercise.ReferencePath)).Where(l => !stub.Contains(l.Split("=>")[0].Trim(), StringComparison.Ordinal))];
        Assert.NotEmpty(secret);
        string stored = string.Join('\n', NotebookFile.Read(Path.Combine(Folder, $"{slug}.ipynb")).Cells.Select(c => c.Source));
        Assert.All(secret, line => Assert.DoesNotContain(line, stored, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void The_points_are_those_of_the_checks_that_students_have(string slug)
    {
        Exercise exercise = Course.Exercises.Find(slug);
        JsonElement[] graded = [.. Nbgrader(slug).Where(c => c.Mark.GetProperty("grade").GetBoolean()).Select(c => c.Mark)];
        Assert.Equal(exercise.Checks.Where(c => c.IsPublic).Select(c => c.Points), graded.Select(g => g.GetProperty("points").GetInt32()));
        Assert.All(exercise.Checks.Where(c => !c.IsPublic), c => Assert.DoesNotContain($"\"{c.Name}\"", string.Concat(HomeworkNotebook.Release(exercise).Cells.Where(x => x.Kind == CellKind.Code).Select(x => x.Source)), StringComparison.Ordinal));
    }

    /// <summary>nbgrader's own rules: its schema of a cell's metadata, version 3, and what its validator asks beyond that.</summary>
    [Theory]
    [MemberData(nameof(Slugs))]
    public void The_metadata_is_valid_to_nbgrader(string slug)
    {
        (string Type, JsonElement Mark)[] cells = [.. Nbgrader(slug)];
        Assert.NotEmpty(cells);
        Assert.All(cells, cell =>
        {
            Assert.Empty(cell.Mark.EnumerateObject().Select(p => p.Name).Except(["schema_version", "grade", "locked", "solution", "task", "grade_id", "points", "checksum", "cell_type"]));
            Assert.Equal(3, cell.Mark.GetProperty("schema_version").GetInt32());
            bool grade = cell.Mark.GetProperty("grade").GetBoolean(), solution = cell.Mark.GetProperty("solution").GetBoolean(), locked = cell.Mark.GetProperty("locked").GetBoolean();
            Assert.Matches("^[a-zA-Z0-9_-]+$", cell.Mark.GetProperty("grade_id").GetString());
            Assert.Equal(cell.Type, cell.Mark.GetProperty("cell_type").GetString());
            Assert.Equal(grade, cell.Mark.TryGetProperty("points", out JsonElement points));
            Assert.True(!grade || points.GetDouble() >= 0);
            Assert.False(cell.Mark.GetProperty("task").GetBoolean());
            Assert.True(cell.Type != "markdown" || grade == solution, "prose is graded and the student's, or neither");
            Assert.True(grade || solution || locked);
            Assert.NotEqual(solution, locked);
        });
        string?[] ids = [.. cells.Select(c => c.Mark.GetProperty("grade_id").GetString())];
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Slugs))]
    public void A_homework_is_stored_without_outputs_and_names_the_kernel(string slug)
    {
        JsonElement root = JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{slug}.ipynb"))).RootElement;
        Assert.Equal(".net-csharp", root.GetProperty("metadata").GetProperty("kernelspec").GetProperty("name").GetString());
        Assert.Equal(["kernelspec", "language_info"], root.GetProperty("metadata").EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(root.GetProperty("cells").EnumerateArray().Where(c => c.GetProperty("cell_type").GetString() == "code"), cell => Assert.Equal(0, cell.GetProperty("outputs").GetArrayLength()));
    }

    private static IEnumerable<(string Type, JsonElement Mark)> Nbgrader(string slug) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, $"{slug}.ipynb"))).RootElement.GetProperty("cells").EnumerateArray()
            .Where(c => c.GetProperty("metadata").TryGetProperty("nbgrader", out _))
            .Select(c => (c.GetProperty("cell_type").GetString()!, c.GetProperty("metadata").GetProperty("nbgrader")));
}
