using System.Diagnostics;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>Where no sandbox can be made, <c>esx grade</c> refuses before anything is run: one line, exit code 2.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Without_bubblewrap_it_says_how_to_install_it_and_exits_with_2()
    {
        using TemporaryFolder place = GradeCommandRun.Place();
        (int exitCode, string output, string errors) = await GradeWithPathAsync(place);
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(1, errors.TrimEnd().Count(c => c == '\n') + 1);
        Assert.Contains("bwrap: not found on the PATH", errors, StringComparison.Ordinal);
        Assert.Contains("apt-get install bubblewrap", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_bubblewrap_may_not_make_namespaces_it_says_what_bubblewrap_says_and_exits_with_2()
    {
        Course.RequireSandbox();
        using TemporaryFolder place = GradeCommandRun.Place();
        (int exitCode, _, string errors) = await GradeWithPathAsync(place, [], ("bwrap", "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n"), ("prlimit", "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n"));
        Assert.Equal(2, exitCode);
        Assert.Equal(1, errors.TrimEnd().Count(c => c == '\n') + 1);
        Assert.Contains("setting up uid map: Permission denied", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsafe_grades_without_bubblewrap_and_every_report_says_so()
    {
        using TemporaryFolder place = GradeCommandRun.Place();
        place.Write("class/ada.cs", File.ReadAllText(Repository.Path("exercises/sample-class/ada/IdleMemoryTax.cs")));
        (int exitCode, _, string errors) = await GradeWithPathAsync(place, ["--unsafe"]);
        Assert.True(exitCode == 0, errors);
        Assert.Contains("without a sandbox", errors, StringComparison.Ordinal);
        string[] reports = Directory.GetFiles(place.File("class-out"), "*.*", SearchOption.AllDirectories);
        Assert.All(reports, r => Assert.Contains("unsafe", File.ReadAllText(r), StringComparison.Ordinal));
        ClassReport report = ClassReportJson.Read(await File.ReadAllTextAsync(place.File("class-out/results.json"), TestContext.Current.CancellationToken));
        Assert.Equal([("ada", 25, true), ("x", 0, true)], report.Submissions.Select(s => (s.Student, s.Points, s.Unsafe)));
    }

    /// <summary>Grades with a PATH that holds these scripts, dotnet and no more.</summary>
    private static async Task<(int ExitCode, string Output, string Errors)> GradeWithPathAsync(TemporaryFolder place, string[]? options = null, params (string Name, string Script)[] programs)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A PATH of Unix.");
        place.Write("class/x.cs", File.ReadAllText(Course.Tax.StubPath));
        place.Write("bin/dotnet", $"#!/bin/sh\nexec {Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../dotnet"))} \"$@\"\n");
        foreach ((string name, string script) in programs)
            place.Write($"bin/{name}", script);
        GradeCommandRun.MakeOpen(Path.Combine(place.Path, "bin"));
        ProcessStartInfo start = GradeCommandRun.Of(place.Path, "class", false, options ?? []);
        start.FileName = Path.Combine(place.Path, "bin/dotnet");
        start.Environment["PATH"] = Path.Combine(place.Path, "bin");
        return await GradeCommandRun.RunAsync(start);
    }
}
