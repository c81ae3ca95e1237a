using System.Text.Json;
using EsxCourse.Gradebook.Report;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Gradebook.Statistics;

namespace EsxCourse.Gradebook.Tests.Report;

/// <summary>What a person reads at the terminal, and a program as JSON.</summary>
public sealed class ReportTests
{
    private static readonly IReadOnlyList<StudentScore> Scores = StudentScore.OfAll(Classroom.Content);

    [Fact]
    public void A_class_is_a_table() => Snapshot.Matches("class.txt", Written(output => GradebookText.WriteClass(Classroom.Content, output)));

    [Fact]
    public void A_student_reads_every_reason() => Snapshot.Matches("student.txt",
        Written(output => GradebookText.WriteStudent(Regraded(), StudentScore.OfAll(Regraded()).Single(score => score.Student.Key == "ann"), output)));

    [Fact]
    public void An_assignment_shows_its_figures() => Snapshot.Matches("statistics.txt",
        Written(output => GradebookText.WriteStatistics(AssignmentStatistics.OfAll(Classroom.Content)[1], output)));

    [Fact]
    public void An_empty_course_says_so() => Assert.Equal("Nobody has handed in anything in course 'esx' yet.\n",
        Written(output => GradebookText.WriteClass(new GradebookContent("esx", [], [], [], [], Policy.None), output)));

    [Fact]
    public void An_assignment_that_nobody_handed_in_says_so() => Assert.Contains("6 handed nothing in",
        Written(output => GradebookText.WriteStatistics(AssignmentStatistics.OfAll(Classroom.Content with { Attempts = [] })[0], output)), StringComparison.Ordinal);

    [Fact]
    public void Nothing_that_a_student_wrote_commands_the_terminal()
    {
        GradebookContent content = Classroom.Content with { Students = [.. Classroom.Content.Students, new Student("mallory\u001b[2J", "\u001b]0;owned\u0007\u009b31m")] };
        string written = Written(output => GradebookText.WriteClass(content, output));
        Assert.DoesNotContain(written, letter => char.IsControl(letter) && letter != '\n');
    }

    [Fact]
    public void The_whole_gradebook_is_one_JSON_document()
    {
        using JsonDocument json = JsonDocument.Parse(GradebookJson.Of(Classroom.Content, Scores));
        JsonElement ann = json.RootElement.GetProperty("students").EnumerateArray().Single(student => student.GetProperty("key").GetString() == "ann");
        Assert.Equal(11.5m, ann.GetProperty("total").GetDecimal());
        Assert.Equal(2, ann.GetProperty("assignments")[0].GetProperty("attempts").GetArrayLength());
    }

    [Fact]
    public void The_figures_of_a_class_are_one_JSON_document()
    {
        using JsonDocument json = JsonDocument.Parse(GradebookJson.Of("esx", AssignmentStatistics.OfAll(Classroom.Content)));
        Assert.Equal(2, json.RootElement.GetProperty("assignments")[1].GetProperty("checks").GetArrayLength());
    }

    private static GradebookContent Regraded() => Classroom.Content with
    {
        Attempts = [.. Classroom.Content.Attempts.Select(recorded => recorded.Attempt.SubmissionHash != "h3" ? recorded
            : recorded with { History = [new RecordedResult(Example.Result(6, 4), 1, Example.Noon), new RecordedResult(Example.Result(3, 4), 2, Example.Noon)] })],
    };

    private static string Written(Action<TextWriter> write)
    {
        StringWriter output = new() { NewLine = "\n" };
        write(output);
        return output.ToString();
    }
}
