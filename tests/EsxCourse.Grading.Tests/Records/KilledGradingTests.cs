using System.Diagnostics;
using EsxCourse.Gradebook;
using EsxCourse.Grading.Tests.Attacks;

namespace EsxCourse.Grading.Tests.Records;

/// <summary><c>esx grade</c> ended by SIGKILL, which gives it no chance to tidy up: nothing is lost, done twice or done by halves.</summary>
public sealed class KilledGradingTests
{
    /// <summary>How a process ends by SIGKILL, as shells count it.</summary>
    private const int Killed = 128 + 9;

    private static readonly string[] Students = ["ada", "ben", "chen", "dora", "emil", "gus", "hana"];

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    [Fact]
    public Task Killed_twice_a_class_of_ten_gets_what_it_would_have_got() => KillAndCompareAsync(size: 10, kills: 2, mostBetween: 3, seed: 5);

    [Fact, Trait("Category", "Soak")]
    public Task Killed_at_twenty_random_moments_a_class_of_two_hundred_gets_what_it_would_have_got() => KillAndCompareAsync(size: 200, kills: 20, mostBetween: 9, seed: 20);

    private static async Task KillAndCompareAsync(int size, int kills, int mostBetween, int seed)
    {
        Course.RequireSandbox();
        using TemporaryFolder place = GradeCommandRun.Place();
        for (int i = 0; i < size; i++)
        {
            string solution = File.ReadAllText(Repository.Path("exercises", "sample-class", Students[i % Students.Length], "IdleMemoryTax.cs"));
            foreach (string folder in new[] { "killed", "undisturbed" })
                place.Write($"{folder}/student-{i:000}.cs", $"{solution}\n// {i}\n");
        }

        List<RunningProcess> orphans = [];
        Random random = new(seed);
        for (int killed = 0, runs = 0; killed < kills; runs++)
        {
            Assert.True(runs < 3 * kills, $"seed {seed}: only {killed} of {runs} runs could be killed");
            using Process grading = Process.Start(GradeCommandRun.Of(place.Path, "killed"))!;
            Task<string> output = grading.StandardOutput.ReadToEndAsync(Now);
            // Some submissions after the start, and somewhere within the next ones; once all are graded, while reading or reporting.
            string said = "";
            for (int left = random.Next(mostBetween); left > 0 && await grading.StandardError.ReadLineAsync(Now) is string line; left--)
                said += line;
            await Task.Delay(random.Next(150), Now);
            orphans.AddRange(ProcessTree.Under(grading.Id));
            if (!grading.HasExited)
            {
                grading.Kill();
                killed++;
            }

            await grading.WaitForExitAsync(Now);
            Assert.True(grading.ExitCode is 0 or Killed, $"seed {seed}, run {runs}: exit code {grading.ExitCode}: {said}{await output}");
        }

        (int exitCode, _, string errors) = await GradeCommandRun.RunAsync(GradeCommandRun.Of(place.Path, "killed"));
        Assert.True(exitCode == 0, errors);
        (exitCode, _, errors) = await GradeCommandRun.RunAsync(GradeCommandRun.Of(place.Path, "undisturbed"));
        Assert.True(exitCode == 0, errors);

        Assert.Equal(ReportBytes.Of(place.File("undisturbed-out")), ReportBytes.Of(place.File("killed-out")));
        GradebookContent resumed = await ReadAsync(place.File("killed-out/gradebook.db")), undisturbed = await ReadAsync(place.File("undisturbed-out/gradebook.db"));
        Assert.Equal(size, resumed.Attempts.Count);
        Assert.All(resumed.Attempts, attempt => Assert.Single(attempt.History));
        Assert.Equal(undisturbed.Attempts.Select(Told), resumed.Attempts.Select(Told));
        await UntilGoneAsync(orphans);
    }

    /// <summary>What a result says, without when it was handed in (each folder has its own times), when it was said and how long that took.</summary>
    private static string Told(RecordedAttempt recorded)
    {
        (Attempt attempt, Result result) = (recorded.Attempt, recorded.Standing.Result);
        return $"{attempt.Student} {attempt.Assignment} {attempt.SubmissionHash} {result.Version} {result.Verdict} {result.Reason} {string.Join('|', result.Checks)}";
    }

    private static async Task<GradebookContent> ReadAsync(string file)
    {
        await using CourseGradebook gradebook = await CourseGradebook.OpenExistingAsync(file, cancellation: Now);
        return await gradebook.ReadAsync(Now);
    }

    private static async Task UntilGoneAsync(IReadOnlyList<RunningProcess> processes)
    {
        using CancellationTokenSource deadline = CancellationTokenSource.CreateLinkedTokenSource(Now);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (processes.Any(p => p.IsAlive))
            await Task.Delay(100, deadline.Token);
    }
}
