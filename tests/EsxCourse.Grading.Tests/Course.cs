using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Sandbox;

namespace EsxCourse.Grading.Tests;

/// <summary>The course as the tests see it: its exercises from the source tree, and the sandbox of this machine.</summary>
internal static class Course
{
    private static readonly Lazy<ExerciseCatalog> Loaded = new(() => ExerciseCatalog.Load(Repository.Path("exercises"), typeof(EsxCourse.Exercises.Tax.ReferenceMemoryTax).Assembly));

    public static ExerciseCatalog Exercises => Loaded.Value;

    /// <summary>The exercise that the sample class and the attacks answer.</summary>
    public static Exercise Tax => Exercises.Find("07-idle-memory-tax");

    public static byte[] Secret { get; } = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];

    /// <summary>Skips a test where there is no sandbox; where all tools are required, that is a failure.</summary>
    public static void RequireSandbox()
    {
        string? missing = WorkerSandbox.Missing()?.Message;
        RequiredTool.Need(missing is null, missing ?? "");
    }
}
