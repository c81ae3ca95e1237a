using EsxCourse.Contracts;
using EsxCourse.Memory.Allocation;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Sharing;

namespace EsxCourse.Memory.Simulation;

// Everything that can be set about a host, in the order of the lecture. A mechanism whose options are null is not there.

/// <summary>What a host is made of. Defaults are the paper's where it gives any.</summary>
/// <remarks>Use <c>with</c>; checked once when the host is built.</remarks>
public sealed record HostOptions
{
    /// <summary>The machine's memory.</summary>
    public PageCount MachineMemory { get; init; } = PageCount.FromMebibytes(64);

    /// <summary>The seed of everything that is random. Same options and seed: same run.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>τ, one rate for all VMs.</summary>
    public TaxRate TaxRate { get; init; } = TaxRate.Default;

    /// <summary>Machine memory that each VM takes for the monitor, its pmap and its shadow tables.</summary>
    /// <remarks>OSDI '02 §6.2: typically 32 MB. A small simulated host leaves it at none.</remarks>
    public PageCount OverheadPerVm { get; init; }

    /// <summary>The host's swap space; null makes it as large as admission needs.</summary>
    public PageCount? SwapSpace { get; init; }

    /// <summary>Who decides on balloons, paging, scanning and blocking; null for ESX's own rules.</summary>
    public IMemoryPolicy? Policy { get; init; }

    /// <summary>Which pages the host pages out; ESX picks at random.</summary>
    public VictimRule VictimRule { get; init; } = VictimRule.Random;

    /// <summary>Whether the host traps the guests' paging disks: a page that it has swapped already is not read in to be written again.</summary>
    /// <remarks>Cellular Disco's virtual paging disk (facts §3): one disk access instead of three.</remarks>
    public bool TrapsPagingDisk { get; init; }

    /// <summary>By which rule free memory decides on the state.</summary>
    public ThresholdScheme Thresholds { get; init; } = ThresholdScheme.Paper;

    /// <summary>How working sets are measured.</summary>
    public SamplingOptions Sampling { get; init; } = new();

    /// <summary>Every how many seconds targets are worked out anew, beside all that triggers it.</summary>
    /// <remarks>OSDI '02 §6.3 says periodically; ESX 2 took 15 s (facts §6).</remarks>
    public int RebalanceSeconds { get; init; } = 15;

    /// <summary>Every how many seconds a point of the curves over time is kept.</summary>
    public int SampleEverySeconds { get; init; } = 1;

    /// <summary>How fast balloons move.</summary>
    public BalloonRate BalloonRate { get; init; } = BalloonRate.Default;

    /// <summary>What things cost in simulated time.</summary>
    public CostModel Costs { get; init; } = CostModel.Default;

    /// <summary>Content-based sharing; null for a host without it.</summary>
    public SharingOptions? Sharing { get; init; }

    /// <summary>Page colouring; null for a host whose pages have no colours.</summary>
    public ColoringOptions? Coloring { get; init; }

    /// <summary>Devices that do not reach all of memory; null for a host where that does not matter.</summary>
    public HotIoOptions? HotIo { get; init; }

    /// <summary>How many processors the simulator may use, from 1. The result does not depend on it, and a small host is no faster with more.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Who watches, if anyone. It changes nothing.</summary>
    public IMemoryObserver? Observer { get; init; }

    internal HostOptions Checked()
    {
        BalloonRate.Checked();
        Sharing?.Checked();
        Coloring?.Checked();
        HotIo?.Checked();
        Sampling.Checked();
        if (RebalanceSeconds < 1 || SampleEverySeconds < 1)
            throw new ArgumentException("RebalanceSeconds and SampleEverySeconds are at least 1.");
        if (Threads is < 1 or > 1024)
            throw new ArgumentException($"Threads is {Threads}; it lies between 1 and 1024.");
        if (OverheadPerVm.Value < 0)
            throw new ArgumentException($"OverheadPerVm is {OverheadPerVm}; it starts at 0.");
        return this;
    }
}
