using System.Diagnostics;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>
/// Every program of the corpus, in one class with two honest students, through the real <c>esx grade</c>: as whoever runs the tests and,
/// where that is root, as a plain user too.
/// </summary>
public sealed class AttackCorpusTests
{
    private const string Token = "canary-5f0e7c1d";

    private static string Esx => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../EsxCourse.Cli/", Path.GetFileName(AppContext.BaseDirectory.TrimEnd('/')), "esx.dll"));

    private static string[] Attacks => [.. Directory.GetFiles(Repository.Path("tests/EsxCourse.Grading.Tests/Attacks/corpus"), "*.cs").Order(StringComparer.Ordinal)];

    [Fact]
    public void There_are_at_least_forty_attacks() => Assert.InRange(Attacks.Length, 40, 1000);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_attack_earns_a_point_reads_or_writes_outside_or_changes_another_grade(bool asPlainUser)
    {
        Course.RequireSandbox();
        Assert.SkipWhen(asPlainUser && !Environment.IsPrivilegedProcess, "Only root can become a plain user; the other case has run as one.");
        using TemporaryFolder place = new();
        string canary = place.Write("secret/canary-secret.txt", Token), target = Path.Combine(place.Path, "owned.txt");
        byte[] secret = Course.Secret;
        File.WriteAllBytes(Path.Combine(place.Path, "secret/course-secret"), secret);
        foreach (string honest in new[] { "ada", "ben" })
            foreach (string folder in new[] { "class", "honest" })
                place.Write($"{folder}/{honest}.cs", File.ReadAllText(Repository.Path("exercises/sample-class", honest, "IdleMemoryTax.cs")));
        foreach (string attack in Attacks)
            place.Write($"class/x-{Path.GetFileName(attack)}", File.ReadAllText(attack).Replace("{CANARY}", canary, StringComparison.Ordinal).Replace("{TARGET}", target, StringComparison.Ordinal));
        if (asPlainUser)
            MakeOpen(place.Path);

        ClassReport whole = await GradeAsync(place.Path, "class", asPlainUser), honestOnly = await GradeAsync(place.Path, "honest", asPlainUser);

        Assert.Equal(Attacks.Length + 2, whole.Submissions.Length);
        SubmissionReport[] hostile = [.. whole.Submissions.Where(s => s.Student.StartsWith("x-", StringComparison.Ordinal))];
        Assert.All(hostile, s => Assert.Equal((s.Student, 0), (s.Student, s.Points)));
        Assert.All(hostile, s => Assert.True(s.Verdict != Verdict.GraderBroke, $"{s.Student}: {s.Summary}"));
        Assert.All(hostile, s => Assert.All(s.Checks, c => Assert.InRange(c.Reason.Length, 5, 2000)));
        Assert.DoesNotContain(Token, ClassReportJson.Write(whole), StringComparison.Ordinal);
        Assert.False(File.Exists(target), "an attack wrote outside its sandbox");
        Assert.Equal(ClassReportJson.Write(honestOnly), ClassReportJson.Write(new ClassReport([.. whole.Submissions.Except(hostile)])));
        Assert.Empty(LeftOver());
    }

    private static async Task<ClassReport> GradeAsync(string place, string folder, bool asPlainUser)
    {
        string[] command = ["dotnet", Esx, "grade", Path.Combine(place, folder), "--out", Path.Combine(place, $"{folder}-out"), "--secret", Path.Combine(place, "secret/course-secret")];
        if (asPlainUser)
            command = ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--", .. command];
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        start.Environment["HOME"] = place;
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, $"exit code {process.ExitCode}: {await errors}");
        return ClassReportJson.Read(await File.ReadAllTextAsync(Path.Combine(place, $"{folder}-out", "results.json"), TestContext.Current.CancellationToken));
    }

    /// <summary>Sandboxes of the <c>esx</c> that was run: their command line names its worker.</summary>
    private static IEnumerable<string> LeftOver()
    {
        string worker = Path.Combine(Path.GetDirectoryName(Esx)!, "EsxCourse.Grading.Worker.dll");
        foreach (string process in Directory.GetDirectories("/proc").Where(p => char.IsAsciiDigit(Path.GetFileName(p)[0])))
        {
            string line;
            try
            {
                line = File.ReadAllText(Path.Combine(process, "cmdline"));
            }
            catch (IOException)
            {
                continue;   // It ended meanwhile.
            }

            if (line.Contains(worker, StringComparison.Ordinal))
                yield return line;
        }
    }

    private static void MakeOpen(string folder)
    {
        const UnixFileMode Everybody = (UnixFileMode)0b111_111_111;
        if (OperatingSystem.IsWindows())
            return;
        foreach (string entry in Directory.GetFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder))
            File.SetUnixFileMode(entry, Everybody);
    }
}
