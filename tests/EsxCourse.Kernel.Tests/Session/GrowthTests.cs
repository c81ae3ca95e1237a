using System.Diagnostics;

namespace EsxCourse.Kernel.Tests.Session;

/// <summary>A session grows by what its cells define, and by no more.</summary>
public sealed class GrowthTests
{
    /// <summary>A cell's own assembly, its symbols and its syntax take about a tenth of a megabyte.</summary>
    private const double MostMegabytesPerCell = 0.25;

    [Fact]
    [Trait("Category", "Soak")]
    public async Task A_thousand_cells_do_not_make_memory_grow_without_bound()
    {
        await using RunningSession session = await RunningSession.StartAsync();
        async Task<double> MegabytesAfterAsync(int from, int to)
        {
            for (int i = from; i < to; i++)
                Assert.Null(await session.RunAsync($"var page{i} = {i}; Console.WriteLine(page{i}); page{i} + 1"));
            Assert.Null(await session.RunAsync("GC.Collect();"));
            using Process process = Process.GetProcessById(session.Id);
            return process.WorkingSet64 / 1e6;
        }

        double before = await MegabytesAfterAsync(0, 200);
        double after = await MegabytesAfterAsync(200, 1000);
        TestContext.Current.TestOutputHelper?.WriteLine($"{before:0} MB after 200 cells, {after:0} MB after 1000");
        Assert.InRange((after - before) / 800, double.NegativeInfinity, MostMegabytesPerCell);
    }
}
