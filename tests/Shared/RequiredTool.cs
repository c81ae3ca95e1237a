namespace EsxCourse.Tests;

/// <summary>
/// A test whose tool is missing says so and is skipped. <c>tests/run</c> installs the tools and sets ESXCOURSE_REQUIRE_TOOLS=1: then a missing
/// tool is a failure, so that nothing is ever skipped in silence.
/// </summary>
internal static class RequiredTool
{
    /// <summary>A program that the shell would find.</summary>
    public static void Need(string program) => Need(OnPath(program) is not null, program);

    /// <summary>Anything else: whether it is there, and what to call it.</summary>
    public static void Need(bool there, string tool)
    {
        if (Environment.GetEnvironmentVariable("ESXCOURSE_REQUIRE_TOOLS") == "1")
            Assert.True(there, $"{tool} is missing: tests/run should have installed it.");
        else
            Assert.SkipUnless(there, $"{tool} is missing; 'bash tests/run' installs it.");
    }

    /// <summary>The full path of a program that the shell would find; null if it would not.</summary>
    public static string? OnPath(string program) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);
}
