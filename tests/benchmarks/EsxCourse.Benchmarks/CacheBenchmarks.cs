using BenchmarkDotNet.Attributes;
using EsxCourse.Memory.Coloring;

namespace EsxCourse.Benchmarks;

/// <summary>Accesses to lines of half as many pages again as the cache holds. 4 ways take the plain form, 8 and 16 the packed one.</summary>
public class CacheBenchmarks
{
    private const int Lines = 1 << 16;

    private int[] lines = [];
    private SetAssociativeCache cache = null!;

    [Params(4, 8, 16)]
    public int Ways { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        cache = new SetAssociativeCache(new CacheGeometry(1 << 20, Ways));
        int count = (int)(cache.Geometry.SizeBytes / cache.Geometry.LineBytes) * 3 / 2;
        lines = [.. Enumerable.Range(0, Lines).Select(i => (int)(i * 40_503L % Lines * count / Lines))];
    }

    [Benchmark(OperationsPerInvoke = Lines)]
    public void Access()
    {
        foreach (int line in lines)
            cache.Access(line);
    }
}
