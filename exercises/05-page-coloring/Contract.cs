using EsxCourse.Contracts;

namespace EsxCourse.Exercises.Coloring;

/// <summary>A run of cache colours: <paramref name="First"/>, <paramref name="First"/> + 1, …</summary>
/// <param name="First">The first colour.</param>
/// <param name="Count">How many.</param>
public readonly record struct ColorRun(int First, int Count)
{
    /// <summary>Writes first and last colour.</summary>
    public override string ToString() => Count == 0 ? "no colours" : $"colours {First} to {First + Count - 1}";
}

/// <summary>Allocates machine pages by their cache colour (slide "Page coloring"; OSDI '02 §3.2).</summary>
/// <remarks>The colour of a machine page is its number modulo the number of colours; so is that of a page of a guest.</remarks>
public interface IColoring
{
    /// <summary>Called once, first: all frames are free, and no cache is partitioned.</summary>
    /// <param name="frames">The machine's pages: MPN 0 to frames - 1.</param>
    /// <param name="colors">The cache's colours, at least 1.</param>
    void Start(PageCount frames, int colors);

    /// <summary>Gives a guest page a frame.</summary>
    /// <param name="vm">Whose page.</param>
    /// <param name="page">The page as the guest numbers it.</param>
    /// <returns>The frame; null if there is none that the VM may have.</returns>
    Mpn? Allocate(VmId vm, Ppn page);

    /// <summary>Takes a frame back.</summary>
    /// <param name="frame">A frame that was given.</param>
    void Free(Mpn frame);

    /// <summary>Partitions the cache among VMs 0, 1, 2, … in proportion to their weights. Frames that were given stay where they are.</summary>
    /// <param name="weights">One weight a VM, each above 0; at most as many as there are colours. Empty to end the partition.</param>
    /// <returns>Each VM's colours, one run after the other, all colours together.</returns>
    IReadOnlyList<ColorRun> Partition(IReadOnlyList<int> weights);

    /// <summary>How many frames are given now whose colour is not the one that their page wants.</summary>
    int Misplaced();
}
