using EsxCourse.Gradebook.Scoring;
using Microsoft.EntityFrameworkCore;

namespace EsxCourse.Gradebook.Store;

/// <summary>Everything of one course, from its rows, in an order that does not depend on who recorded what first.</summary>
internal static class CourseContent
{
    /// <summary>Reads it; the caller's transaction makes it one moment.</summary>
    public static async Task<GradebookContent> ReadAsync(GradebookContext context, long courseId, string place, CancellationToken cancellation)
    {
        CourseRow course = await context.Courses.SingleAsync(row => row.Id == courseId, cancellation);
        List<StudentRow> students = await context.Students.Where(row => row.CourseId == courseId).ToListAsync(cancellation);
        List<AssignmentRow> assignments = await context.Assignments.Include(row => row.Versions).Where(row => row.CourseId == courseId).ToListAsync(cancellation);
        List<AttemptRow> attempts = await context.Attempts.Include(row => row.Results).ThenInclude(row => row.Checks).AsSplitQuery()
            .Where(row => context.Students.Any(student => student.Id == row.StudentId && student.CourseId == courseId)).ToListAsync(cancellation);
        List<AdjustmentRow> adjustments = await context.Adjustments
            .Where(row => context.Students.Any(student => student.Id == row.StudentId && student.CourseId == courseId)).ToListAsync(cancellation);
        Dictionary<long, string> keys = students.ToDictionary(row => row.Id, row => row.Key);
        Dictionary<long, string> slugs = assignments.ToDictionary(row => row.Id, row => row.Slug);
        return new GradebookContent(
            course.Name,
            [.. students.Select(Rows.ToStudent).OrderBy(student => student.Key, StringComparer.Ordinal)],
            [.. assignments.Select(Rows.ToLatest).OrderBy(assignment => assignment.Slug, StringComparer.Ordinal)],
            [.. attempts.Where(row => row.Results.Count > 0).Select(row => Rows.ToRecorded(row, keys[row.StudentId], slugs[row.AssignmentId]))
                .OrderBy(recorded => recorded.Attempt.Student, StringComparer.Ordinal).ThenBy(recorded => recorded.Attempt.Assignment, StringComparer.Ordinal)
                .ThenBy(recorded => recorded.Attempt.HandedIn).ThenBy(recorded => recorded.Attempt.SubmissionHash, StringComparer.Ordinal)],
            [.. adjustments.OrderBy(row => row.Id).Select(row => Rows.ToAdjustment(row, keys[row.StudentId], slugs[row.AssignmentId]))
                .OrderBy(adjustment => adjustment.Student, StringComparer.Ordinal).ThenBy(adjustment => adjustment.Assignment, StringComparer.Ordinal)],
            course.PolicyText is { } yaml ? PolicyFile.Parse(yaml, course.PolicyPlace ?? place) : Policy.None);
    }
}
