using System.Text.Json;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Tests.Submissions;

public sealed class NotebookCodeTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Solution_cells_are_the_code_and_keep_their_lines()
    {
        Write("ada.ipynb", Cell("var answer = 42;", new { }), Cell("class A : IMemoryTax\n{ }", new { nbgrader = new { solution = true, grade = false, locked = false, grade_id = "tax", schema_version = 3 } }),
            Cell("#!csharp\nclass B { }", new { tags = new[] { "solution" } }), Cell("Assert(1 == 1);", new { nbgrader = new { solution = false, grade = true } }));
        Submission ada = Assert.Single(SubmissionFolder.Read(folder.Path, Course.Exercises));
        Assert.Equal([new SourceFile("ada.ipynb cell 2", "class A : IMemoryTax\n{ }"), new SourceFile("ada.ipynb cell 3", "\nclass B { }")], ada.Files);
    }

    [Fact]
    public void A_notebook_without_a_solution_cell_says_how_one_is_marked()
    {
        Write("ada.ipynb", Cell("class A : IMemoryTax { }", new { }));
        Assert.Equal("holds no code: a notebook's solution cells are those that nbgrader's metadata, or the tag 'solution', marks", Assert.Single(SubmissionFolder.Read(folder.Path, Course.Exercises)).Refusal);
    }

    [Fact]
    public void What_is_no_notebook_costs_its_student_alone()
    {
        folder.Write("eve.ipynb", "{ broken");
        folder.Write("ada.cs", "class A : IMemoryTax { }");
        Submission[] read = [.. SubmissionFolder.Read(folder.Path, Course.Exercises)];
        Assert.Equal([null, "holds a notebook that is not JSON, so not a notebook (eve.ipynb)"], read.Select(s => s.Refusal));
    }

    private static object Cell(string source, object metadata) => new { cell_type = "code", source, metadata, outputs = Array.Empty<object>(), execution_count = (int?)null };

    private void Write(string name, params object[] cells) => folder.Write(name, JsonSerializer.Serialize(new { nbformat = 4, nbformat_minor = 5, metadata = new { }, cells }));
}
