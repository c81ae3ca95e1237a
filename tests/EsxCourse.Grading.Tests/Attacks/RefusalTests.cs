using System.Diagnostics;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>Where no sandbox can be made, <c>esx grade</c> refuses before anything is run: one line, exit code 2.</summary>
public sealed class RefusalTests
{
    [Fact]
    public async Task Without_bubblewrap_it_says_how_to_install_it_and_exits_with_2()
    {
        (int exitCode, string output, string errors) = await GradeWithPathAsync();
        Assert.Equal((2, ""), (exitCode, output));
        Assert.Equal(1, errors.TrimEnd().Count(c => c == '\n') + 1);
        Assert.Contains("bwrap: not found on the PATH", errors, StringComparison.Ordinal);
        Assert.Contains("apt-get install bubblewrap", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_bubblewrap_may_not_make_namespaces_it_says_what_bubblewrap_says_and_exits_with_2()
    {
        Course.RequireSandbox();
        (int exitCode, _, string errors) = await GradeWithPathAsync(("bwrap", "#!/bin/sh\necho 'bwrap: setting up uid map: Permission denied' >&2\nexit 1\n"), ("prlimit", "#!/bin/sh\nwhile [ \"$1\" != -- ]; do shift; done\nshift\nexec \"$@\"\n"));
        Assert.Equal(2, exitCode);
        Assert.Equal(1, errors.TrimEnd().Count(c => c == '\n') + 1);
        Assert.Contains("setting up uid map: Permission denied", errors, StringComparison.Ordinal);
    }

    /// <summary>Grades with a PATH that holds these scripts, dotnet and no more.</summary>
    private static async Task<(int ExitCode, string Output, string Errors)> GradeWithPathAsync(params (string Name, string Script)[] programs)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A PATH of Unix.");
        using TemporaryFolder place = GradeCommandRun.Place();
        place.Write("class/x.cs", File.ReadAllText(Course.Exercises.Exercises[0].StubPath));
        place.Write("bin/dotnet", $"#!/bin/sh\nexec {Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../../dotnet"))} \"$@\"\n");
        foreach ((string name, string script) in programs)
            place.Write($"bin/{name}", script);
        GradeCommandRun.MakeOpen(Path.Combine(place.Path, "bin"));
        ProcessStartInfo start = GradeCommandRun.Of(place.Path, "class");
        start.FileName = Path.Combine(place.Path, "bin/dotnet");
        start.Environment["PATH"] = Path.Combine(place.Path, "bin");
        return await GradeCommandRun.RunAsync(start);
    }
}
