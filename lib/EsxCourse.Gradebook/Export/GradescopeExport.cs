using System.Text;
using System.Text.Json;
using EsxCourse.Gradebook.Scoring;

namespace EsxCourse.Gradebook.Export;

/// <summary>
/// <c>gradescope/STUDENT/ASSIGNMENT/results.json</c>: what an autograder leaves for Gradescope, one for each score. The total carries penalty
/// and adjustments, so it is given explicitly; all text is marked as plain text, since students wrote part of it; from a gradebook it is shown
/// once grades are published.
/// </summary>
public static class GradescopeExport
{
    /// <summary>Builds the files.</summary>
    /// <param name="content">What is recorded.</param>
    /// <returns>One file for each student and assignment with a score.</returns>
    public static IReadOnlyList<ExportFile> Of(GradebookContent content)
    {
        Dictionary<string, string> students = PlainName.ForAll(content.Students.Select(student => student.Key));
        Dictionary<string, string> assignments = PlainName.ForAll(content.Assignments.Select(assignment => assignment.Slug));
        return [.. StudentScore.OfAll(content).SelectMany(student => student.Assignments
            .Where(score => score.Score is not null)
            .Select(score => new ExportFile($"gradescope/{students[student.Student.Key]}/{assignments[score.Assignment.Slug]}/results.json", Json(score))))];
    }

    /// <summary>Writes one score.</summary>
    /// <param name="score">The score; there must be one.</param>
    /// <param name="visibility">When students see it: <c>visible</c>, <c>after_due_date</c>, <c>after_published</c> or <c>hidden</c>.</param>
    /// <returns>The <c>results.json</c>.</returns>
    public static string Json(AssignmentScore score, string visibility = "after_published")
    {
        using MemoryStream stream = new();
        // The default encoder escapes what HTML could read as markup.
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            Result? result = score.Counting?.Recorded.Standing.Result;
            json.WriteStartObject();
            json.WriteNumber("score", Plain(score.Score!.Value));
            json.WriteString("output", string.Join('\n', Explanation.Of(score).Concat(result?.Reason is { Length: > 0 } reason ? [reason] : [])));
            json.WriteString("output_format", "text");
            json.WriteString("test_output_format", "text");
            json.WriteString("test_name_format", "text");
            json.WriteString("visibility", visibility);
            json.WriteString("stdout_visibility", "hidden");
            json.WriteStartArray("tests");
            foreach ((int index, CheckResult check) in (score.Counting?.Checks ?? []).Index())
            {
                json.WriteStartObject();
                json.WriteString("name", check.Title.Length > 0 ? check.Title : check.Id);
                json.WriteString("number", $"{index + 1}");
                json.WriteNumber("score", Plain(check.Points));
                json.WriteNumber("max_score", Plain(check.Max));
                json.WriteString("status", check.Verdict is Verdict.Graded or Verdict.AwaitsReview && check.Points >= check.Max ? "passed" : "failed");
                json.WriteString("output", check.Reason);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartObject("extra_data");
            json.WriteString("assignment", score.Assignment.Slug);
            json.WriteNumber("version", result?.Version ?? score.Assignment.Version);
            json.WriteString("submission", score.Counting?.Recorded.Attempt.SubmissionHash);
            json.WriteString("verdict", result?.Verdict.ToString());
            json.WriteBoolean("final", !score.IsProvisional);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return $"{Encoding.UTF8.GetString(stream.ToArray())}\n";
    }

    /// <summary>Writes that there is no score.</summary>
    /// <param name="sentence">Why, for the student.</param>
    /// <returns>A <c>results.json</c> of 0 points.</returns>
    public static string Refusal(string sentence)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteNumber("score", 0);
            json.WriteString("output", sentence);
            json.WriteString("output_format", "text");
            json.WriteString("visibility", "visible");
            json.WriteString("stdout_visibility", "hidden");
            json.WriteStartArray("tests");
            json.WriteEndArray();
            json.WriteEndObject();
        }

        return $"{Encoding.UTF8.GetString(stream.ToArray())}\n";
    }

    // 7.50 and 7.5 are one number and must be one text.
    private static decimal Plain(decimal points) => decimal.Parse(Csv.Points(points));
}
