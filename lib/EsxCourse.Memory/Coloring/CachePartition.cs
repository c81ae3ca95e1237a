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
// Always: each colour belongs to exactly one VM, each VM that is there has at least one.

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
    /// <param name="weights">Indexed by VM. 0 is for a VM that is gone and needs no colours.</param>
    /// <returns>Runs in the order of the VMs; each that has a weight has at least one colour, together they have all.</returns>
    /// <exception cref="ArgumentException">A negative weight, no VM with a weight, or more of them than colours.</exception>
    public static CachePartition Proportional(int colors, IReadOnlyList<double> weights)
    {
        int present = weights.Count(w => w > 0);
        if (present < 1 || present > colors || weights.Any(w => !(w >= 0)))
            throw new ArgumentException($"A partition of {colors} colours needs 1 to {colors} VMs (one colour each at least), with weights above 0.", nameof(weights));
        // One colour each; of the rest, each VM's border lies at its part of the sum, rounded down.
        int rest = colors - present, placed = 0, first = 0;
        double sum = weights.Sum(), before = 0;
        List<(int First, int Count)> given = [];
        foreach (double weight in weights)
        {
            if (weight == 0)
            {
                given.Add((0, 0));
                continue;
            }

            before += weight;
            int end = ++placed == present ? colors : placed + (int)(rest * before / sum);
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
    public int ColorsOf(VmId vm) => RunOf(vm) is (_, > 0) run ? run.Count : colors;

    /// <summary>The colours that a VM may have.</summary>
    /// <param name="vm">The VM.</param>
    /// <returns>The first of them and how many; a count of 0 means all.</returns>
    public (int First, int Count) RunOf(VmId vm) => vm.Value < runs.Length ? runs[vm.Value] : (0, 0);

    /// <summary>Whether a VM may have a page of this colour.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="color">The page's colour.</param>
    /// <returns>Always true without a partition.</returns>
    public bool Allows(VmId vm, int color)
    {
        (int first, int count) = RunOf(vm);
        return count == 0 || (color >= first && color < first + count);
    }

    /// <summary>The colour that a guest page should have.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="ppn">Its page.</param>
    /// <returns>The PPN's own colour; with a partition, folded into the VM's run.</returns>
    public int PreferredColor(VmId vm, Ppn ppn)
    {
        int guestColor = ppn.Value % colors;
        (int first, int count) = RunOf(vm);
        return count == 0 ? guestColor : first + guestColor % count;
    }
}
