using BenchmarkDotNet.Attributes;
using EsxCourse.Memory.Guest;

namespace EsxCourse.Benchmarks;

/// <summary>A trace after Zipf's law through a memory of a tenth of its pages. Each figure is for one reference.</summary>
public class ReplacementBenchmarks
{
    private const int Pages = 1_000_000, Frames = Pages / 10, References = 1 << 22;

    private readonly int[] cells = new int[Pages];
    private int[] trace = [];

    [GlobalSetup]
    public void Setup() => trace = ZipfReferences.Draw(Pages, References, seed: 1);

    [Benchmark(OperationsPerInvoke = References, Baseline = true)]
    public void Array_cell()
    {
        foreach (int page in trace)
            cells[page]++;
    }

    [Benchmark(OperationsPerInvoke = References)]
    public long Clock() => ReplacementTrace.ClockMisses(trace, Pages, Frames);

    [Benchmark(OperationsPerInvoke = References)]
    public long Lru() => ReplacementTrace.LruMisses(trace, Pages, Frames);
}
