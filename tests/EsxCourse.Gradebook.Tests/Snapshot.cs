namespace EsxCourse.Gradebook.Tests;

/// <summary>
/// Text that is reviewed as text: kept in Snapshots/ beside the tests. ESXCOURSE_RENEW_SNAPSHOTS=1 writes what came instead, for a person to
/// read in the diff.
/// </summary>
internal static class Snapshot
{
    public static void Matches(string name, string actual)
    {
        actual = actual.ReplaceLineEndings("\n");
        string file = Repository.Path("tests", "EsxCourse.Gradebook.Tests", "Snapshots", name);
        if (Environment.GetEnvironmentVariable("ESXCOURSE_RENEW_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"There is no snapshot {name}.");
        Assert.Equal(File.ReadAllText(file), actual);
    }
}
