namespace EsxCourse.Grading.Tests.Records;

/// <summary>A report's files but those that say when or how fast: what must not depend on either.</summary>
internal static class ReportBytes
{
    private static readonly string[] OfThisRun = ["gradebook.db", "gradebook.db-wal", "gradebook.db-shm", "speed.md"];

    public static Dictionary<string, string> Of(string folder) => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .Select(file => (Name: Path.GetRelativePath(folder, file), File: file)).Where(file => !OfThisRun.Contains(file.Name))
        .ToDictionary(file => file.Name, file => File.ReadAllText(file.File));
}
