// Attack: looks for the checks, the reference, the gradebook and the secret in every place that they could be in.
// Expect: used more than 0.5 s of CPU time in one call || nothing found
using System.IO;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        string[] names = ["EsxCourse.Exercises.dll", "EsxCourse.Memory.dll", "EsxCourse.Grading.dll", "gradebook.db", "course-secret", "Reference.cs", "HiddenChecks.cs", "results.json"];
        string[] found = [.. Directory.EnumerateFiles("/", "*", new EnumerationOptions { RecurseSubdirectories = true, IgnoreInaccessible = true, AttributesToSkip = 0 })
            .Where(path => !path.StartsWith("/proc", StringComparison.Ordinal) && names.Contains(Path.GetFileName(path)))];
        throw new InvalidOperationException(found.Length == 0 ? "nothing found" : string.Join(" ", found));
    }
}
