namespace EsxCourse.Scan.Tests;

/// <summary>Worked examples with the numbers written out.</summary>
public sealed class PageScanTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private ScanReport Scan(params (string Name, string Letters)[] files) =>
        Scans.Run(Scans.Find([.. files.Select(file => folder.Write(file.Name, Pages.Of(file.Letters)))]));

    [Fact]
    public void Two_images_with_two_pages_in_common_and_zeros()
    {
        // a a b | a c 0 0: a has three copies, 0 two; b and c are alone.
        ScanReport report = Scan(("first", "aab"), ("second", "ac00"));
        Assert.Equal((7, 5, 4, 2), (report.Small.Total, report.Small.Shared, report.Small.Distinct, report.Small.Zero));
        Assert.Equal(3, report.Small.Reclaimed);
    }

    [Fact]
    public void The_most_shared_page_comes_first_with_where_it_lies()
    {
        ScanReport report = Scan(("first", "baaa"), ("second", "0a0"));
        MostShared[] most = [.. report.Most];
        Assert.Equal([(4L, false, 2), (2L, true, 1)], most.Select(one => (one.Pages, one.IsZero, one.Sources)));
        Assert.Equal([folder.File("first") + " at 4,096", folder.File("second") + " at 4,096"], most[0].Places);
    }

    [Fact]
    public void A_pair_has_the_contents_in_common_that_both_hold_but_zeros()
    {
        ScanReport report = Scan(("first", "aab0"), ("second", "abb0"), ("third", "bc"));
        Assert.Equal(
            [("first", "second", 2L), ("first", "third", 1L), ("second", "third", 1L)],
            report.Pairs.Select(pair => (Path.GetFileName(pair.First), Path.GetFileName(pair.Second), pair.Pages)));
    }

    [Fact]
    public void The_last_page_of_a_file_is_filled_up_with_zeros()
    {
        byte[] half = Pages.Page('a')[..2048];
        ScanReport report = Scans.Run(Scans.Find(folder.Write("half", half), folder.Write("whole", [.. half, .. new byte[2048]])));
        Assert.Equal((2, 1), (report.Small.Total, report.Small.Reclaimed));
    }

    [Fact]
    public void Large_pages_are_shared_only_whole_and_aligned()
    {
        string page = string.Concat(Enumerable.Range(0, 512).Select(i => (char)('a' + (i % 26))));
        // The second file holds the same 2 MiB, one small page later.
        ScanReport aligned = Scan(("first", page), ("second", page)), shifted = Scan(("third", page), ("fourth", "x" + page));
        Assert.Equal((2, 1), (aligned.Large.Total, aligned.Large.Reclaimed));
        Assert.Equal((2, 0), (shifted.Large.Total, shifted.Large.Reclaimed));
        Assert.Equal(1025 - 26, shifted.Small.Reclaimed);
    }

    [Fact]
    public void A_single_folder_is_compared_by_what_lies_in_it_and_links_are_not_followed()
    {
        folder.Write("images/one/disk", Pages.Of("ab"));
        folder.Write("images/two", Pages.Of("a"));
        File.CreateSymbolicLink(folder.File("images/link"), folder.File("images/two"));
        ScanReport report = Scans.Run(Scans.Find(folder.File("images")));
        Assert.Equal(["one", "two"], report.Parts.Select(Path.GetFileName));
        Assert.Equal(3, report.Small.Total);
    }

    [Fact]
    public void Nothing_at_all_is_a_report_too()
    {
        ScanReport report = Scans.Run(Scans.Find(folder.Folder("empty")));
        Assert.Equal((0, 0, 0), (report.Small.Total, report.Small.Distinct, report.Sources));
    }
}
