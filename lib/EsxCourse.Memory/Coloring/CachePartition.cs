using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Coloring;

// Which colours each VM may have. Without a partition a VM may have all of them, and a page's colour is the one that the guest
// chose by its PPN. With one, each VM has a run of colours of its own, so that a neighbour that streams through memory can evict
// nobody but itself; the guest's colours are folded into that run, so that pages of distinct colours stay distinct as far as the run allows.
//
//   8 colours, 2 VMs, weights 3:1       VM1: 0 1 2 3 4 5     VM2: 6 7
//
// The price is written down where it is paid: a VM with a quarter of the colours can use only a quarter of *memory* as well as of
// the cache (colour exhaustion), and moving the border copies pages (recolouring).
// Contiguous runs also fit Intel's CAT, whose way masks must be contiguous.
//
// Always: each colour belongs to exactly one VM, each VM has at least one.

/// <summary>Gives each VM the colours it may use.</summary>
public sealed class CachePartition
{
    private readonly int colors;
    private readonly ImmutableArray<(int First, int Count)> runs;

    private CachePartition(int colors, ImmutableArray<(int First, int Count)> runs) => (this.colors, this.runs) = (colors, runs);

    /// <summary>No partition: every VM may have every colour.</summary>
    /// <param name="colors">How many colours there are.</param>
    /// <returns>That partition.</returns>
    public static CachePartition None(int colors) => new(colors, []);

    /// <summary>A run of colours for each VM, in proportion to weights.</summary>
    /// <param name="colors">How many colours there are.</param>
    /// <param name="weights">Indexed by VM; each above 0.</param>
    /// <returns>Runs in the order of the VMs; each has at least one colour, together all.</returns>
    /// <exception cref="ArgumentException">More VMs than colours, no VM, or a weight that is not above 0.</exception>
    public static CachePartition Proportional(int colors, IReadOnlyList<double> weights)
    {
        if (weights.Count < 1 || weights.Count > colors || weights.Any(w => !(w > 0)))
            throw new ArgumentException($"A partition needs 1 to {colors} VMs (one colour each at least), with weights above 0.", nameof(weights));
        // One colour each; of the rest, each VM's border lies at its part of the sum, rounded down.
        int rest = colors - weights.Count;
        double sum = weights.Sum(), before = 0;
        List<(int First, int Count)> given = [];
        for (int vm = 0, first = 0; vm < weights.Count; vm++)
        {
            before += weights[vm];
            int end = vm == weights.Count - 1 ? colors : vm + 1 + (int)(rest * before / sum);
            given.Add((first, end - first));
            first = end;
        }

        return new CachePartition(colors, [.. given]);
    }

    /// <summary>Whether VMs are kept apart at all.</summary>
    public bool IsPartitioned => runs.Length > 0;

    /// <summary>How many colours a VM may have.</summary>
    /// <param name="vm">The VM; one that the partition does not know may have all.</param>
    /// <returns>That many.</returns>
    public int ColorsOf(VmId vm) => vm.Value < runs.Length ? runs[vm.Value].Count : colors;

    /// <summary>The colours that a VM may have.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>The first of them and how many; a count of 0 means all.</returns>
    public (int First, int Count) RunOf(VmId vm) => vm.Value < runs.Length ? runs[vm.Value] : (0, 0);

    /// <summary>Whether a VM may have a page of this colour.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="color">The page's colour.</param>
    /// <returns>Always true without a partition.</returns>
    public bool Allows(VmId vm, int color) =>
        vm.Value >= runs.Length || (color >= runs[vm.Value].First && color < runs[vm.Value].First + runs[vm.Value].Count);

    /// <summary>The colour that a guest page should have.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="ppn">Its page.</param>
    /// <returns>The PPN's own colour; with a partition, folded into the VM's run.</returns>
    public int PreferredColor(VmId vm, Ppn ppn)
    {
        int guestColor = ppn.Value % colors;
        return vm.Value >= runs.Length ? guestColor : runs[vm.Value].First + guestColor % runs[vm.Value].Count;
    }
}
