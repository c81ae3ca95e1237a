using BenchmarkDotNet.Attributes;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Sharing;

namespace EsxCourse.Benchmarks;

/// <summary>The hash of a page, and the sharing table: a lookup that finds, one that does not, and a hint that is put in and dropped again.</summary>
public class SharingBenchmarks
{
    private const int Pages = 1 << 16;

    private readonly byte[] page = new byte[PageCount.PageSizeBytes];
    private readonly SharingTable table = new(new PageCount(2 * Pages));
    private readonly ulong[] hashes = new ulong[2 * Pages];

    [GlobalSetup]
    public void Setup()
    {
        RandomStream random = new(1, "benchmark");
        for (int i = 0; i < page.Length; i++)
            page[i] = (byte)random.NextBits();
        for (int mpn = 0; mpn < hashes.Length; mpn++)
            hashes[mpn] = random.NextBits();
        for (int mpn = 0; mpn < Pages; mpn++)
            table.AddShared(hashes[mpn], new Mpn(mpn));
    }

    [Benchmark]
    public ulong Hash() => PageHashes.XxHash3(page);

    [Benchmark(OperationsPerInvoke = Pages)]
    public int Lookup_that_finds() => Found(hashes.AsSpan(0, Pages));

    [Benchmark(OperationsPerInvoke = Pages)]
    public int Lookup_in_vain() => Found(hashes.AsSpan(Pages));

    [Benchmark(OperationsPerInvoke = Pages)]
    public void Insert_and_drop()
    {
        for (int mpn = Pages; mpn < 2 * Pages; mpn++)
            table.AddHint(hashes[mpn], new Mpn(mpn), default, new Ppn(mpn));
        for (int mpn = Pages; mpn < 2 * Pages; mpn++)
            table.DropHint(new Mpn(mpn));
    }

    private int Found(ReadOnlySpan<ulong> wanted)
    {
        int found = 0;
        foreach (ulong hash in wanted)
            found += table.FirstMatch(hash) is null ? 0 : 1;
        return found;
    }
}
