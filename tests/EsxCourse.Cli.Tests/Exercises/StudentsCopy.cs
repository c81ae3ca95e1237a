using System.Diagnostics;

namespace EsxCourse.Cli.Tests.Exercises;

/// <summary>The tests that share one students' copy.</summary>
[CollectionDefinition(Name)]
public sealed class StudentsCopyTests : ICollectionFixture<StudentsCopy>
{
    public const string Name = "students' copy";
}

/// <summary>One released students' copy, for all tests that look at it: written by the program as it is built, not by the one among the tests' own files.</summary>
public sealed class StudentsCopy : IAsyncLifetime
{
    private readonly TemporaryFolder place = new();

    /// <summary>The released tree.</summary>
    internal string Root => place.File("copy");

    /// <summary>What the teacher's secret was while it was written.</summary>
    internal static byte[] Secret { get; } = "nobody but the teacher may know this"u8.ToArray();

    /// <summary>Writes it, in the home of a teacher who has a secret.</summary>
    public async ValueTask InitializeAsync()
    {
        string built = Path.Combine(AppContext.BaseDirectory, "..", "..", "EsxCourse.Cli", Path.GetFileName(Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory)), "esx.dll");
        Directory.CreateDirectory(place.File("home/esxcourse"));
        File.WriteAllBytes(place.File("home/esxcourse/course-secret"), Secret);
        EsxRun run = await RunAsync(Repository.Root, "env", $"XDG_CONFIG_HOME={place.File("home")}", "dotnet", "exec", Path.GetFullPath(built), "exercise", "release", "--out", Root);
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
    }

    /// <summary>Removes it.</summary>
    public ValueTask DisposeAsync()
    {
        place.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>A folder beside the tree, in which a student works.</summary>
    internal string Home() => Directory.CreateDirectory(place.File($"student-{Guid.NewGuid():N}")).FullName;

    /// <summary>Runs a student's command without a network.</summary>
    internal static Task<EsxRun> OfflineAsync(string folder, params string[] command) =>
        RunAsync(folder, [.. (string[])(Environment.IsPrivilegedProcess ? ["unshare", "--net"] : ["unshare", "--map-root-user", "--net"]), .. command]);

    private static async Task<EsxRun> RunAsync(string folder, params string[] command)
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        ProcessStartInfo start = new(command[0], command[1..]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        // A student's shell knows nothing of the build that these tests run in.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
            start.Environment.Remove(name);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(stop), error = process.StandardError.ReadToEndAsync(stop);
        await process.WaitForExitAsync(stop);
        return new EsxRun(process.ExitCode, await output, await error);
    }
}
