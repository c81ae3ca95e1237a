using EsxCourse.Gradebook;
using EsxCourse.Grading.Tests.Attacks;
using Microsoft.Data.Sqlite;

namespace EsxCourse.Grading.Tests.Records;

/// <summary>What a teacher can hand to <c>esx grade</c> wrong: exit code 2, one line that says what and what to do, and nothing half-done.</summary>
public sealed class BadClassTests : IDisposable
{
    private readonly TemporaryFolder place = GradeCommandRun.Place();

    private static CancellationToken Now => TestContext.Current.CancellationToken;

    public void Dispose() => place.Dispose();

    [Fact]
    public Task An_unknown_exercise() => RefusedAsync("nope: no such exercise; choose one of: ", more: ["--exercise", "nope"]);

    [Fact]
    public async Task A_broken_exercise()
    {
        Write("class/ada.cs");
        foreach (string file in Directory.EnumerateFiles(Repository.Path("exercises"), "exercise.yaml", SearchOption.AllDirectories))
            place.Write($"kit/exercises/{Path.GetFileName(Path.GetDirectoryName(file))}/exercise.yaml", "title: The tax\nversion: one\n");
        place.Write("kit/EsxCourse.sln", "");
        await RefusedAsync("exercise.yaml:2: ", from: place.File("kit"));
    }

    [Fact]
    public Task A_folder_of_folders()
    {
        Write("class/ada/inner/Tax.cs");
        return RefusedAsync("/class/ada: the submission holds folders only; put the student's .cs file straight into it.");
    }

    [Fact]
    public async Task A_file_that_the_grader_may_not_read()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can keep a file from the user that grades it.");
        Write("class/ada.cs");
        GradeCommandRun.MakeOpen(place.Path);
        await ShellAsync($"chmod 0 '{place.File("class/ada.cs")}'");
        await RefusedAsync("/class/ada.cs: cannot be read; let the grader read it.", asPlainUser: true);
    }

    [Fact]
    public async Task A_gradebook_of_a_newer_version_stays_as_it_is()
    {
        Write("class/ada.cs");
        string file = place.File("newer.db");
        await using (await CourseGradebook.OpenAsync(file, cancellation: Now))
        {
        }

        using (SqliteConnection connection = new($"Data Source={file};Pooling=false"))
        {
            connection.Open();
            using SqliteCommand command = connection.CreateCommand();
            command.CommandText = "UPDATE gradebook_schema SET version = 99";
            command.ExecuteNonQuery();
        }

        byte[] before = await File.ReadAllBytesAsync(file, Now);
        await RefusedAsync($"{file}: was written by a newer EsxCourse (version 99; ", more: ["--gradebook", file]);
        Assert.Equal(before, await File.ReadAllBytesAsync(file, Now));
    }

    [Fact]
    public async Task A_policy_with_a_slip()
    {
        Write("class/ada.cs");
        await RefusedAsync("policy.yaml:1: 'defalt' is no key here", more: ["--policy", place.Write("policy.yaml", "defalt: {}\n")]);
    }

    [Theory]
    [InlineData(24)]
    [InlineData(160)]
    public async Task A_full_disk_and_after_making_room_the_rest_is_graded(int kilobytes)
    {
        Course.RequireSandbox();
        Assert.SkipUnless(Environment.IsPrivilegedProcess && OperatingSystem.IsLinux(), "Only root can mount a small disk.");
        for (int i = 0; i < 12; i++)
            place.Write($"class/s{i:00}.cs", File.ReadAllText(Repository.Path("exercises", "sample-class", "ben", "IdleMemoryTax.cs")) + $"\n// {i}\n");
        string output = place.Folder("class-out");
        await ShellAsync($"mount -t tmpfs -o size={kilobytes}k tmpfs '{output}'");
        try
        {
            (int exitCode, string said, string errors) = await GradeCommandRun.RunAsync(GradeCommandRun.Of(place.Path, "class"));
            Assert.True(exitCode == 2, $"exit code {exitCode}: {said}{errors}");
            Assert.Equal("", said);
            string line = Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries), l => !l.StartsWith("Class: ", StringComparison.Ordinal));
            Assert.Matches("disk is full|No space left|cannot be opened|disk cannot be read or written", line);
            Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
            Assert.False(File.Exists(place.File("class-out/results.json")), "half a report was written");

            await ShellAsync($"mount -o remount,size=8m '{output}'");
            (exitCode, _, errors) = await GradeCommandRun.RunAsync(GradeCommandRun.Of(place.Path, "class"));
            Assert.True(exitCode == 0, errors);
            Assert.Equal(12, Directory.GetDirectories(place.File("class-out/students")).Length);
        }
        finally
        {
            await ShellAsync($"umount '{output}'");
        }
    }

    private void Write(string name) => place.Write(name, "public class A : IMemoryTax { }");

    private async Task RefusedAsync(string line, string[]? more = null, string? from = null, bool asPlainUser = false)
    {
        Course.RequireSandbox();
        if (!Directory.Exists(place.File("class")))
            Write("class/ada.cs");
        var start = GradeCommandRun.Of(place.Path, "class", asPlainUser, more ?? []);
        start.WorkingDirectory = from ?? start.WorkingDirectory;
        (int exitCode, string said, string errors) = await GradeCommandRun.RunAsync(start);
        Assert.True(exitCode == 2, $"exit code {exitCode}: {said}{errors}");
        Assert.Equal("", said);
        Assert.Contains(line, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
        Assert.False(Directory.Exists(place.File("class-out")) && Directory.EnumerateFileSystemEntries(place.File("class-out")).Any(), "something was written");
    }

    private static async Task ShellAsync(string command)
    {
        (int exitCode, _, string errors) = await GradeCommandRun.RunAsync(new("sh", ["-c", command]) { RedirectStandardOutput = true, RedirectStandardError = true });
        Assert.True(exitCode == 0, $"{command}: {errors}");
    }
}
