using EsxCourse.Contracts;
using EsxCourse.Memory.Alternatives;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Sharing;

namespace EsxCourse.Memory.Simulation;

// How a scenario writes the techniques of the lecture's second half, below 'host:' or in a variant of 'compare:'. A technique that is not
// written is not there; with '{}' it is there as the paper has it.
//
//     sharing:  { scan: random, per-vm: 50, per-second: 200, salt: false, large-page: 1, hash-bits: 64, count-in-frame: 65534 }
//     coloring: { cache: 512 KiB, ways: 4, line: 32, slices: 1, policy: preserve, partition: false, recolor: 200, simulate: false }
//     hot-io:   { reach: 4 GiB, bounce: 64, threshold: 16, remap: true, halve-every: 10, demotion: cost-benefit, iommu: false }

internal static class ScenarioTechniques
{
    public static SharingOptions? Sharing(YamlMap? map)
    {
        if (map is null)
            return null;
        SharingOptions paper = new();
        int hashBits = (int)map.Number("hash-bits", 0, 64, otherwise: 64);
        SharingOptions sharing = new()
        {
            Enabled = map.Flag("enabled", true),
            Scan = map.Choice(
                "scan", paper.Scan,
                ("random", ScanPolicy.Random), ("sequential", ScanPolicy.Sequential), ("least-recently-written", ScanPolicy.LeastRecentlyWritten), ("before-swap-only", ScanPolicy.BeforeSwapOnly)),
            PagesPerSecondPerVm = (int)map.Number("per-vm", 0, 1 << 29, otherwise: paper.PagesPerSecondPerVm),
            PagesPerSecond = (int)map.Number("per-second", 0, 1 << 29, otherwise: paper.PagesPerSecond),
            SaltPerVm = map.Flag("salt", false),
            LargePagePages = (int)map.Number("large-page", 1, 1 << 18, otherwise: 1),
            LargestCountInFrame = (int)map.Number("count-in-frame", 1, SharingTable.LargestCountInFrame, otherwise: SharingTable.LargestCountInFrame),
            Hash = hashBits == 64 ? null : PageHashes.Truncated(hashBits),
        };
        map.Done();
        return sharing;
    }

    public static ColoringOptions? Coloring(YamlMap? map)
    {
        if (map is null)
            return null;
        ColoringOptions paper = new();
        long bytes = map.Size("cache", 1, otherwise: new PageCount(paper.Cache.SizeBytes / PageCount.PageSizeBytes)).Bytes;
        int ways = (int)map.Number("ways", 1, 1024, otherwise: paper.Cache.Ways);
        int line = (int)map.Number("line", 1, PageCount.PageSizeBytes, otherwise: paper.Cache.LineBytes);
        int slices = (int)map.Number("slices", 1, 8, otherwise: 1);
        CacheGeometry cache;
        try
        {
            cache = new CacheGeometry(bytes, ways, line, slices);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw map.Wrong($"there is no cache of {bytes} bytes with {ways} ways, lines of {line} bytes and {slices} slices", "take powers of two that fit each other");
        }

        ColoringOptions coloring = new()
        {
            Cache = cache,
            Policy = map.Choice("policy", paper.Policy, ("preserve", ColorPolicy.Preserve), ("random", ColorPolicy.Random)),
            Partition = map.Flag("partition", false),
            RecolorPagesPerSecond = (int)map.Number("recolor", 0, 1 << 29, otherwise: paper.RecolorPagesPerSecond),
            SimulateCache = map.Flag("simulate", false),
        };
        map.Done();
        return coloring;
    }

    public static InterpositionOptions? Interposition(YamlMap? map)
    {
        if (map is null)
            return null;
        InterpositionOptions interposition = new((int)map.Number("processes", 1, 1_000, otherwise: 8), (int)map.Number("steps", 0, 10_000_000, otherwise: 20_000));
        map.Done();
        return interposition;
    }

    public static HotIoOptions? HotIo(YamlMap? map, PageCount machineMemory)
    {
        if (map is null)
            return null;
        HotIoOptions paper = new();
        HotIoOptions devices = new()
        {
            DeviceReach = map.Size("reach", 1, otherwise: paper.DeviceReach),
            BouncePages = (int)map.Number("bounce", 1, 1 << 20, otherwise: paper.BouncePages),
            Remap = map.Flag("remap", true),
            Threshold = (int)map.Number("threshold", 1, ushort.MaxValue, otherwise: paper.Threshold),
            HalvingSeconds = (int)map.Number("halve-every", 1, 1_000_000, otherwise: paper.HalvingSeconds),
            Demotion = map.Choice("demotion", paper.Demotion, ("none", DemotionRule.None), ("random", DemotionRule.Random), ("cost-benefit", DemotionRule.CostBenefit)),
            Iommu = map.Flag("iommu", false),
        };
        if (devices.BouncePages > devices.DeviceReach.Value || devices.BouncePages >= machineMemory.Value)
            throw map.Wrong("bounce", $"'bounce: {devices.BouncePages}' pages do not fit low memory ({devices.DeviceReach}) and the machine ({machineMemory})", "lower it");
        map.Done();
        return devices;
    }
}
