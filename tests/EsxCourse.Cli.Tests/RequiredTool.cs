namespace EsxCourse.Cli.Tests;

/// <summary>A test whose tool is missing says so and is skipped; under <c>tests/run</c>, which installs the tools, it fails instead.</summary>
internal static class RequiredTool
{
    public static void Need(string program)
    {
        bool there = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, program)));
        if (Environment.GetEnvironmentVariable("ESXCOURSE_REQUIRE_TOOLS") == "1")
            Assert.True(there, $"{program} is missing: tests/run should have installed it.");
        else
            Assert.SkipUnless(there, $"{program} is not installed; 'bash tests/run' installs it.");
    }
}
