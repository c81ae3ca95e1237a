using System.Diagnostics;
using EsxCourse.Contracts;

namespace EsxCourse.Scan.Tests;

/// <summary>Input that does not hold still: it is reported, and the rest is counted.</summary>
public sealed class UnsteadyInputTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void A_file_that_vanishes_is_reported()
    {
        string gone = folder.Write("gone", Pages.Of("ab")), stays = folder.Write("stays", Pages.Of("a"));
        ScanInput input = Scans.Find(gone, stays);
        File.Delete(gone);
        ScanReport report = Scans.Run(input);
        Assert.Equal([new ScanProblem(gone, "vanished before it was read")], report.Problems);
        Assert.Equal(1, report.Small.Total);
    }

    [Fact]
    public void A_file_that_shrinks_is_counted_as_far_as_it_goes_and_reported()
    {
        string file = folder.Write("image", Pages.Of("abcd"));
        ScanInput input = Scans.Find(file);
        using (FileStream stream = File.OpenWrite(file))
            stream.SetLength(2 * Pages.Size);
        ScanReport report = Scans.Run(input);
        Assert.Equal([new ScanProblem(file, "shrank while it was read: 8,192 bytes less than there were, from 8,192")], report.Problems);
        Assert.Equal(2, report.Small.Total);
    }

    [Fact]
    public void What_grows_is_counted_as_it_was()
    {
        string file = folder.Write("log", Pages.Of("ab"));
        ScanInput input = Scans.Find(file);
        File.AppendAllText(file, "more");
        Assert.Equal(2, Scans.Run(input).Small.Total);
    }

    [Theory]
    [InlineData("nothing-here", "there is no such file or folder")]
    [InlineData("pid:none", "is no process number")]
    [InlineData("pid:999999999", "there is no such process")]
    public void What_names_nothing_is_answered_with_a_remedy(string argument, string problem)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => Scans.Find(argument));
        Assert.Equal(problem, bad.Problem);
    }

    [Fact]
    public void The_memory_of_a_process_is_scanned_by_its_number()
    {
        using Process process = Process.Start(new ProcessStartInfo("sleep", ["60"]))!;
        try
        {
            ScanReport report = Scans.Run(Scans.Find($"pid:{process.Id}"));
            Assert.Empty(report.Problems);
            Assert.True(report.Small.Total > 50, $"{report.Small.Total} pages");
            Assert.All(report.Most, one => Assert.Contains("at address 0x", one.Places[0], StringComparison.Ordinal));
        }
        finally
        {
            process.Kill();
        }
    }

    [Fact]
    public void A_scan_can_be_stopped()
    {
        ScanInput input = Scans.Find(folder.Write("image", Pages.Of("abcd")));
        Assert.ThrowsAny<OperationCanceledException>(() => PageScan.Run(input, stop: new CancellationToken(canceled: true)));
    }
}
