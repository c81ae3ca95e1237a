using EsxCourse.Gradebook;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Tests.Attacks;

namespace EsxCourse.Grading.Tests.Records;

/// <summary>A class that answers several exercises at once, and one whose grades are kept in PostgreSQL: through the real program.</summary>
public sealed class SeveralExercisesTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_folder_may_answer_several_exercises_and_each_is_graded_by_itself()
    {
        Course.RequireSandbox();
        using TemporaryFolder place = Class();
        ClassReport report = await GradeCommandRun.GradeAsync(place.Path, "class", GradeCommandRun.Of(place.Path, "class"));
        Assert.Equal(
            ["ada 03-balloon-driver full", "ada 06-page-sharing full", "ada 07-idle-memory-tax full", "ben 07-idle-memory-tax full"],
            report.Submissions.Select(s => $"{s.Student} {s.Exercise} {(s.Points == s.Max ? "full" : s.Summary)}"));
    }

    [Fact]
    public async Task Grades_kept_in_PostgreSQL_are_there_for_the_next_run_and_for_the_gradebook()
    {
        Course.RequireSandbox();
        string database = await server.NewDatabaseAsync();
        using TemporaryFolder place = Class();
        ClassReport first = await GradeCommandRun.GradeAsync(place.Path, "class", GradeCommandRun.Of(place.Path, "class", false, "--gradebook", database));
        await using CourseGradebook gradebook = await CourseGradebook.OpenExistingAsync(database, cancellation: Now);
        Assert.Equal(4, (await gradebook.ReadAsync(Now)).Attempts.Count);

        // A second run has nothing to grade and reports the same.
        ClassReport again = await GradeCommandRun.GradeAsync(place.Path, "class", GradeCommandRun.Of(place.Path, "class", false, "--gradebook", database));
        Assert.Equal(ClassReportJson.Write(first), ClassReportJson.Write(again));
        Assert.All((await gradebook.ReadAsync(Now)).Attempts, attempt => Assert.Single(attempt.History));
    }

    private static TemporaryFolder Class()
    {
        TemporaryFolder place = GradeCommandRun.Place();
        foreach (string slug in new[] { "03-balloon-driver", "06-page-sharing", "07-idle-memory-tax" })
            place.Write($"class/ada/{slug}.cs", Reference(slug));
        place.Write("class/ben.cs", Reference("07-idle-memory-tax"));
        return place;
    }

    private static string Reference(string slug) => File.ReadAllText(Course.Exercises.Find(slug).ReferencePath);
}
