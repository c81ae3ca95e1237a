using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Sandbox;

namespace EsxCourse.Grading.Tests;

/// <summary>The course as the tests see it: its exercises from the source tree, and the sandbox of this machine.</summary>
internal static class Course
{
    public static readonly string Root = FindRoot();

    private static readonly Lazy<ExerciseCatalog> Loaded = new(() => ExerciseCatalog.Load(Path.Combine(Root, "exercises"), typeof(EsxCourse.Exercises.Tax.ReferenceMemoryTax).Assembly));

    public static ExerciseCatalog Exercises => Loaded.Value;

    public static byte[] Secret { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>Skips a test where there is no sandbox; where all tools are required, that is a failure.</summary>
    public static void RequireSandbox()
    {
        string? missing = WorkerSandbox.Missing()?.Message;
        if (Environment.GetEnvironmentVariable("ESXCOURSE_REQUIRE_TOOLS") == "1")
            Assert.Null(missing);
        Assert.SkipUnless(missing is null, missing ?? "");
    }

    private static string FindRoot()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "EsxCourse.sln")))
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not lie in a copy of the kit.");
        return folder.FullName;
    }
}
