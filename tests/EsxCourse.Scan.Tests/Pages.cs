namespace EsxCourse.Scan.Tests;

/// <summary>Files made of pages that a test names by a letter: equal letters, equal contents; '0' is the page of zeros.</summary>
internal static class Pages
{
    public const int Size = 4096;

    public static byte[] Of(string letters) => [.. letters.SelectMany(Page)];

    public static byte[] Page(char letter)
    {
        byte[] page = new byte[Size];
        if (letter != '0')
            new Random(letter).NextBytes(page);
        return page;
    }

    public static string Write(this TemporaryFolder folder, string name, byte[] bytes)
    {
        string path = folder.File(name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }
}

/// <summary>Scans that stop when the test is stopped.</summary>
internal static class Scans
{
    public static ScanInput Find(params string[] inputs) => ScanInput.Find(inputs, TestContext.Current.CancellationToken);

    public static ScanReport Run(ScanInput input, ScanOptions? options = null) => PageScan.Run(input, options, stop: TestContext.Current.CancellationToken);
}
