using System.Text.Json;

namespace EsxCourse.Cli.Tests.Demo;

/// <summary>What <c>esx demo --json</c> says.</summary>
[Collection(DemoRun.Shared)]
public sealed class DemoJsonTests(DemoRun demo)
{
    [Fact]
    public void Both_lectures_run_without_a_failing_cell()
    {
        JsonElement[] notebooks = [.. demo.Json.GetProperty("notebooks").EnumerateArray()];
        string[] names = [.. notebooks.Select(notebook => notebook.GetProperty("name").GetString()!)];
        Assert.Contains("02-ballooning", names);
        Assert.Contains("05-shares-and-tax", names);
        Assert.All(notebooks, notebook =>
        {
            Assert.True(notebook.GetProperty("cells").GetInt32() > 5);
            Assert.Equal(0, notebook.GetProperty("failed").GetInt32());
        });
    }

    [Fact]
    public void The_quiz_gives_its_own_answer_key_full_marks()
    {
        JsonElement quiz = demo.Json.GetProperty("quiz");
        Assert.True(quiz.GetProperty("max").GetDouble() > 0);
        Assert.Equal(quiz.GetProperty("max").GetDouble(), quiz.GetProperty("points").GetDouble());
    }

    [Fact]
    public void Eight_students_are_graded_one_of_them_with_full_marks_and_two_with_a_part()
    {
        JsonElement[] submissions = [.. demo.Json.GetProperty("submissions").EnumerateArray()];
        Assert.Equal(8, submissions.Length);
        Assert.Single(submissions, submission => Points(submission) == Max(submission));
        Assert.Equal(2, submissions.Count(submission => Points(submission) > 0 && Points(submission) < Max(submission)));
        Assert.Equal(5, submissions.Count(submission => Points(submission) == 0));
    }

    [Fact]
    public void Every_check_of_every_student_has_a_reason() =>
        Assert.All(demo.Json.GetProperty("submissions").EnumerateArray(), submission =>
        {
            Assert.False(string.IsNullOrWhiteSpace(submission.GetProperty("verdict").GetString()));
            Assert.NotEmpty(submission.GetProperty("checks").EnumerateArray());
            Assert.All(submission.GetProperty("checks").EnumerateArray(), check => Assert.False(string.IsNullOrWhiteSpace(check.GetProperty("reason").GetString())));
        });

    [Fact]
    public void Standard_output_holds_the_one_document_and_nothing_else()
    {
        Assert.StartsWith("{", demo.Run.Output, StringComparison.Ordinal);
        Assert.EndsWith("}\n", demo.Run.Output, StringComparison.Ordinal);
    }

    private static double Points(JsonElement submission) => submission.GetProperty("points").GetDouble();

    private static double Max(JsonElement submission) => submission.GetProperty("max").GetDouble();
}
