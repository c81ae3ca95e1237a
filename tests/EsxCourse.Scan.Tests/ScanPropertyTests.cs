using CsCheck;

namespace EsxCourse.Scan.Tests;

/// <summary>Whatever the input: the counts are those of the plain way, and neither threads nor the memory budget change a report.</summary>
public sealed class ScanPropertyTests
{
    // Files of up to 1,200 pages over few letters: many twins, and more than one large page.
    private static readonly Gen<string[]> Files = Gen.String[Gen.Char["ab0cd"], 0, 1200].Array[1, 6];

    private static string Summary(ScanReport report) => string.Join('\n', new[]
    {
        $"{report.Small.Total} {report.Small.Shared} {report.Small.Distinct} {report.Small.Zero}",
        $"{report.Large.Total} {report.Large.Shared} {report.Large.Distinct} {report.Large.Zero}",
    }.Concat(report.Most.Select(one => $"{one.Pages} {one.IsZero} {one.Sources} {string.Join(' ', one.Places)}")).Concat(report.Pairs.Select(pair => pair.ToString())));

    private static void WithFiles(string[] files, Action<ScanInput> check)
    {
        using TemporaryFolder folder = new();
        check(Scans.Find([.. files.Select((letters, i) => folder.Write($"file{i}", Pages.Of(letters)))]));
    }

    [Fact]
    public void The_counts_are_those_of_the_plain_way() => Files.Sample(
        files => WithFiles(files, input =>
        {
            PageCounts small = Scans.Run(input).Small;
            ILookup<char, char> byContents = files.SelectMany(letters => letters).ToLookup(letter => letter);
            Assert.Equal(byContents.Sum(twins => twins.Count()), small.Total);
            Assert.Equal(byContents.Where(twins => twins.Count() > 1).Sum(twins => twins.Count()), small.Shared);
            Assert.Equal(byContents.Count, small.Distinct);
            Assert.Equal(byContents['0'].Count(), small.Zero);
        }),
        iter: 30,
        threads: 1);

    [Fact]
    public void Neither_threads_nor_a_tiny_budget_change_a_report() => Files.Sample(
        files => WithFiles(files, input =>
        {
            string plain = Summary(Scans.Run(input, new ScanOptions { Threads = 1 }));
            Assert.Equal(plain, Summary(Scans.Run(input, new ScanOptions { Threads = 4 })));
            Assert.Equal(plain, Summary(Scans.Run(input, new ScanOptions { Threads = 2, Budget = 4096 })));
        }),
        iter: 30,
        threads: 1);

    [Fact]
    public void A_tiny_budget_really_goes_through_the_disk_and_leaves_nothing_there()
    {
        // 2,000 different pages in a budget of 146 records.
        using TemporaryFolder folder = new();
        byte[] bytes = new byte[2000 * Pages.Size];
        new Random(1).NextBytes(bytes);
        ScanInput input = Scans.Find(folder.Write("noise", bytes));
        HashSet<string> before = [.. Directory.GetDirectories(Path.GetTempPath(), "esx-scan-*")];
        ScanReport report = Scans.Run(input, new ScanOptions { Budget = 4096 });
        Assert.True(report.RecordsOnDisk > 1000, $"{report.RecordsOnDisk} records went to disk");
        Assert.Equal(2000, report.Small.Distinct);
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), "esx-scan-*").Except(before));
    }
}
