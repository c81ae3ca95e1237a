using System.Diagnostics;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>Runs the real <c>esx grade</c> on a folder, as whoever runs the tests or as a plain user.</summary>
internal static class GradeCommandRun
{
    private const string Nobody = "65534";

    public static string Esx => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../EsxCourse.Cli/", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "esx.dll"));

    /// <summary>Prepares the command; its output is redirected.</summary>
    /// <param name="place">The folder that holds <paramref name="folder"/> and, in <c>secret/course-secret</c>, the course's secret.</param>
    /// <param name="folder">The class in it.</param>
    /// <param name="asPlainUser">Whether root shall become one.</param>
    /// <param name="more">More options.</param>
    public static ProcessStartInfo Of(string place, string folder, bool asPlainUser = false, params string[] more)
    {
        string[] command =
        [
            "dotnet", Esx, "grade", Path.Combine(place, folder), "--out", Path.Combine(place, $"{folder}-out"), "--secret", Path.Combine(place, "secret/course-secret"), .. more,
        ];
        if (asPlainUser)
            command = ["setpriv", $"--reuid={Nobody}", $"--regid={Nobody}", "--clear-groups", "--", .. command];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        start.Environment["HOME"] = place;
        return start;
    }

    /// <summary>Runs it to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(ProcessStartInfo start)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellation), output = process.StandardOutput.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await errors);
    }

    /// <summary>Grades a class, which must succeed.</summary>
    public static async Task<ClassReport> GradeAsync(string place, string folder, ProcessStartInfo command)
    {
        (int exitCode, _, string errors) = await RunAsync(command);
        Assert.True(exitCode == 0, $"exit code {exitCode}: {errors}");
        return ClassReportJson.Read(await File.ReadAllTextAsync(Path.Combine(place, $"{folder}-out", "results.json"), TestContext.Current.CancellationToken));
    }

    /// <summary>A place as <see cref="Of"/> wants it, with an empty class.</summary>
    public static TemporaryFolder Place()
    {
        TemporaryFolder place = new();
        place.Write("secret/course-secret", "");
        File.WriteAllBytes(Path.Combine(place.Path, "secret/course-secret"), Course.Secret);
        return place;
    }

    /// <summary>Lets every user read and write what is in a folder.</summary>
    public static void MakeOpen(string folder)
    {
        const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
        if (OperatingSystem.IsWindows())
            return;
        foreach (string entry in Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
            File.SetUnixFileMode(entry, Everybody);
    }
}
