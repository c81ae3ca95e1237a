using System.Text.Json.Nodes;
using EsxCourse.Grading.Homework;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;
using EsxCourse.Notebooks;

namespace EsxCourse.Grading.Tests.Homework;

/// <summary>Whatever a student does to a homework notebook, what is graded is the released one with the student's solution in it.</summary>
public sealed class RestoredHomeworkTests : IDisposable
{
    private const string Solution = "class Mine : IMemoryTax { }";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_notebook_as_it_was_given_out_is_graded_by_its_solution_cell_alone()
    {
        Submission ada = Read(Released());
        Assert.Equal([new SourceFile("ada.ipynb cell 5", Solution)], ada.Files);
        Assert.Empty(ada.Notes);
        Assert.Equal(Course.Tax, ada.Exercise);
    }

    [Fact]
    public void Cells_of_ones_own_are_left_out_without_a_word()
    {
        Submission ada = Read([Scratch("class Tried : IMemoryTax { }"), .. Released(), Scratch("1 + 1")]);
        Assert.Equal([new SourceFile("ada.ipynb cell 6", Solution)], ada.Files);
        Assert.Empty(ada.Notes);
    }

    [Fact]
    public void Locked_cells_that_were_edited_moved_taken_out_or_doubled_are_put_back()
    {
        NotebookCell[] cells = Released();
        NotebookCell setup = Part(cells, "setup"), check = Part(cells, "check-1"), statement = Part(cells, "statement");
        Submission ada = Read(
        [
            statement, statement, .. cells.Except([setup, check, statement, Part(cells, "hints"), Part(cells, "how")]),
            setup with { Source = "Console.WriteLine(1);" }, Marked(check, "points", 1000), Scratch("class Cheat : IMemoryTax { }") with { Metadata = Part(cells, "solution").Metadata.DeepClone().AsObject() is var stolen && Rename(stolen) ? stolen : [] },
        ]);
        Assert.Equal([Solution], ada.Files.Select(f => f.Text));
        Assert.Equal(
            "Your notebook was put back as you were given it before grading, with your solution in it: '07-idle-memory-tax-setup' was changed; '07-idle-memory-tax-check-1' had other marks for the grader; "
            + "'07-idle-memory-tax-how', '07-idle-memory-tax-hints' were missing; '07-idle-memory-tax-statement' stood there more than once; the cells' order was another; 1 cell with marks for the grader did not belong there.",
            Assert.Single(ada.Notes));

        static bool Rename(JsonObject metadata)
        {
            metadata["nbgrader"]!["grade_id"] = "of-my-own";
            return true;
        }
    }

    [Fact]
    public void A_solution_cell_that_lost_its_marks_is_known_by_its_id()
    {
        Submission ada = Read([.. Released().Select(c => NbgraderCell.IsSolution(c) ? c with { Metadata = [] } : c)]);
        Assert.Equal([Solution], ada.Files.Select(f => f.Text));
        Assert.Contains("'07-idle-memory-tax-solution' had other marks for the grader", Assert.Single(ada.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_solution_cell_turned_into_prose_is_code_again()
    {
        Submission ada = Read([.. Released().Select(c => NbgraderCell.IsSolution(c) ? c with { Kind = CellKind.Markdown } : c)]);
        Assert.Equal([Solution], ada.Files.Select(f => f.Text));
        Assert.Contains("'07-idle-memory-tax-solution' was changed", Assert.Single(ada.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_its_solution_cell_a_notebook_says_which_cell_is_missing() =>
        Assert.Equal(
            "has no cell '07-idle-memory-tax-solution' any more, in which the solution stands: put your code into that cell of the notebook as you were given it",
            Read([.. Released().Where(c => !NbgraderCell.IsSolution(c))]).Refusal);

    [Fact]
    public void Two_solution_cells_with_one_id_are_the_students_to_sort_out() =>
        Assert.Equal(
            "holds 2 cells '07-idle-memory-tax-solution' (cells 5, 10), and only one can be graded: remove the others",
            Read([.. Released(), Released().Single(NbgraderCell.IsSolution)]).Refusal);

    [Fact]
    public void Two_notebooks_of_one_homework_are_the_students_to_sort_out()
    {
        Write("ada/one.ipynb", Released());
        Write("ada/two.ipynb", Released());
        Assert.Equal("holds 2 homework notebooks of 07-idle-memory-tax, and only one can be graded: remove the others", Assert.Single(SubmissionFolder.Read(folder.Path, Course.Exercises)).Refusal);
    }

    [Fact]
    public void A_broken_homework_costs_no_other_exercise_of_the_student()
    {
        Write("ada/tax.ipynb", [.. Released().Where(c => !NbgraderCell.IsSolution(c))]);
        NotebookFile.Write(HomeworkNotebook.Release(Course.Exercises.Find("09-reclamation-states")), folder.File("ada/states.ipynb"));
        Submission[] read = [.. SubmissionFolder.Read(folder.Path, Course.Exercises)];
        Assert.Equal(["07-idle-memory-tax", "09-reclamation-states"], read.Select(s => s.Exercise.Slug));
        Assert.NotNull(read[0].Refusal);
        Assert.Null(read[1].Refusal);
        Assert.Single(read[1].Files);
    }

    [Fact]
    public void A_homework_handed_in_for_another_exercise_is_told_so()
    {
        Write("ada.ipynb", Released());
        Assert.Equal("holds the homework notebook of 07-idle-memory-tax instead of 09-reclamation-states's", Assert.Single(SubmissionFolder.Read(folder.Path, Course.Exercises, Course.Exercises.Find("09-reclamation-states"))).Refusal);
    }

    [Fact]
    public async Task The_teachers_notebook_earns_every_point_though_its_other_cells_were_tampered_with_and_the_feedback_says_what_was_restored()
    {
        Course.RequireSandbox();
        NotebookDocument teachers = HomeworkNotebook.WithSolution(Course.Tax);
        Write("ada.ipynb", [.. teachers.Cells.Select(c => NbgraderCell.IsSolution(c) || c.Kind == CellKind.Markdown ? c : c with { Source = "Environment.Exit(0);" })]);
        NotebookFile.Write(HomeworkNotebook.Release(Course.Tax), folder.File("ben.ipynb"));
        ClassReport graded = await new ClassGrader(Course.Exercises, new GradingOptions { Secret = Course.Secret }).GradeAsync(folder.Path, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal([25, 0], graded.Submissions.Select(s => s.Points));
        Assert.Contains("'07-idle-memory-tax-setup', '07-idle-memory-tax-check-1', '07-idle-memory-tax-check-2' were changed", FeedbackPage.Markdown(graded.Submissions[0], Course.Tax), StringComparison.Ordinal);
        Assert.Contains("has not implemented IdlePageCost (ben.ipynb cell 5, line 4)", graded.Submissions[1].Checks[0].Reason, StringComparison.Ordinal);
    }

    private static NotebookCell[] Released() => [.. HomeworkNotebook.Release(Course.Tax).Cells.Select(c => NbgraderCell.IsSolution(c) ? c with { Source = Solution } : c)];

    private static NotebookCell Part(NotebookCell[] cells, string part) => cells.Single(c => c.Id == $"{Course.Tax.Slug}-{part}");

    private static NotebookCell Scratch(string source) => new("scratch-" + source.Length, CellKind.Code, source);

    private static NotebookCell Marked(NotebookCell cell, string key, int value)
    {
        JsonObject metadata = (JsonObject)cell.Metadata.DeepClone();
        metadata["nbgrader"]![key] = value;
        return cell with { Metadata = metadata };
    }

    private Submission Read(NotebookCell[] cells)
    {
        Write("ada.ipynb", cells);
        return Assert.Single(SubmissionFolder.Read(folder.Path, Course.Exercises));
    }

    private void Write(string name, NotebookCell[] cells)
    {
        string path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        NotebookFile.Write(new NotebookDocument(cells), path);
    }
}
