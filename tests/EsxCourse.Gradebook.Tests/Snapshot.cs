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
        string file = Source(Path.Combine("tests", "EsxCourse.Gradebook.Tests", "Snapshots", name));
        if (Environment.GetEnvironmentVariable("ESXCOURSE_RENEW_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, actual);
        }

        Assert.True(File.Exists(file), $"There is no snapshot {name}.");
        Assert.Equal(File.ReadAllText(file), actual);
    }

    /// <summary>A file of the checkout that the tests were built from.</summary>
    public static string Source(string path)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "EsxCourse.sln")))
            root = root.Parent ?? throw new InvalidOperationException("The tests do not lie inside a checkout of EsxCourse.");
        return Path.Combine(root.FullName, path);
    }
}
