namespace EsxCourse.Gradebook.Tests;

/// <summary>Tests that drive another program are skipped where it is not installed; <c>tests/run</c> sets ESXCOURSE_REQUIRE_TOOLS=1, and then that is a failure.</summary>
internal static class Tools
{
    public static void Require(string? found, string tool)
    {
        if (found is null && Environment.GetEnvironmentVariable("ESXCOURSE_REQUIRE_TOOLS") == "1")
            Assert.Fail($"{tool} is not installed.");
        Assert.SkipUnless(found is not null, $"{tool} is not installed.");
    }

    /// <summary>The full path of a program that the shell would find; null if it would not.</summary>
    public static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
