using System.Text.RegularExpressions;
using EsxCourse.Gradebook.Scoring;

namespace EsxCourse.Gradebook.Export;

/// <summary>
/// <c>canvas.csv</c>, as Canvas's gradebook imports it: Student, ID, SIS User ID, SIS Login ID, Section, then a column for each assignment;
/// a row "Points Possible"; a row for each student.
/// <para>Canvas finds a student by ID, then by SIS id, then by login, then by name; where no login is known, the key stands for it. It finds
/// an assignment by the number in brackets at the end of a title, then by title, and offers to create one that it does not find.
/// A column whose title could be taken for something else is called by its slug.</para>
/// <para>A score that stands on nothing but a fault of the grader is left out, since Canvas has no place to say that it is none.</para>
/// </summary>
public static partial class CanvasExport
{
    /// <summary>Builds the file.</summary>
    /// <param name="content">What is recorded.</param>
    /// <returns>The file.</returns>
    public static ExportFile Of(GradebookContent content)
    {
        Csv csv = new();
        csv.Word("Student").Word("ID").Word("SIS User ID").Word("SIS Login ID").Word("Section");
        foreach (Assignment assignment in content.Assignments)
            csv.Text(Column(assignment, content.Assignments));
        csv.EndRow();

        csv.Word("    Points Possible").Word("").Word("").Word("").Word("");
        foreach (Assignment assignment in content.Assignments)
            csv.Number(assignment.Max);
        csv.EndRow();

        foreach (StudentScore student in StudentScore.OfAll(content).OrderBy(student => student.Student.Name, StringComparer.Ordinal).ThenBy(student => student.Student.Key, StringComparer.Ordinal))
        {
            // Canvas takes any row whose first cell has these two words for the row of points.
            string name = student.Student.Name.Replace("Points Possible", "Points-Possible", StringComparison.Ordinal);
            csv.Text(name).Text(student.Student.CanvasId).Text(student.Student.SisUserId).Text(student.Student.SisLoginId ?? student.Student.Key).Text(student.Student.Section);
            foreach (AssignmentScore score in student.Assignments)
                csv.Number(IsNoVerdict(score) ? null : score.Score);
            csv.EndRow();
        }

        return new ExportFile("canvas.csv", csv.ToString());
    }

    private static bool IsNoVerdict(AssignmentScore score) => score.IsProvisional && score.Counting?.Recorded.Standing.Result.Verdict == Verdict.GraderFault;

    private static string Column(Assignment assignment, IReadOnlyList<Assignment> all)
    {
        if (assignment.CanvasId is { } id)
            return $"{assignment.Title} ({id})";
        bool ambiguous = string.IsNullOrWhiteSpace(assignment.Title) || Misread().IsMatch(assignment.Title) || all.Count(other => other.Title == assignment.Title) > 1;
        return ambiguous ? assignment.Slug : assignment.Title;
    }

    // A number in brackets at the end is an assignment's id to Canvas, and columns with these words are its own sums, which it skips.
    [GeneratedRegex(@"\(\d+\)\s*$|(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)")]
    private static partial Regex Misread();
}
