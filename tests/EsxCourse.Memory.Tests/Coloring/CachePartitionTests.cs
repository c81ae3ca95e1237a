using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Coloring;

namespace EsxCourse.Memory.Tests.Coloring;

public sealed class CachePartitionTests
{
    [Fact]
    public void Without_a_partition_a_page_has_the_color_of_its_PPN() =>
        Assert.Equal(3, CachePartition.None(8).PreferredColor(new VmId(1), new Ppn(19)));

    [Fact]
    public void Weights_of_3_and_1_split_8_colors_into_5_and_3()
    {
        // One each, and of the other six 4.5 rounded down: 1 + 4 and 1 + 2.
        CachePartition split = CachePartition.Proportional(8, [3, 1]);
        Assert.Equal((5, 3), (split.ColorsOf(new VmId(0)), split.ColorsOf(new VmId(1))));
    }

    [Fact]
    public void A_guest_color_is_folded_into_the_VMs_own_run() =>
        // VM2 has colours 4 to 7; guest colour 6 is the third of four again: 4 + 6 mod 4 = 6; guest colour 1 becomes 5.
        Assert.Equal((6, 5), (Halves.PreferredColor(new VmId(1), new Ppn(6)), Halves.PreferredColor(new VmId(1), new Ppn(1))));

    [Fact]
    public void A_VM_may_not_have_its_neighbours_colors() => Assert.False(Halves.Allows(new VmId(1), 3));

    [Fact]
    public void More_VMs_than_colors_are_refused() => Assert.Throws<ArgumentException>(() => CachePartition.Proportional(2, [1, 1, 1]));

    [Fact]
    public void A_negative_weight_is_refused() => Assert.Throws<ArgumentException>(() => CachePartition.Proportional(8, [1, -1]));

    [Fact]
    public void A_VM_that_is_gone_leaves_its_colors_to_the_others() => Assert.Equal(8, CachePartition.Proportional(8, [1, 0]).ColorsOf(new VmId(0)));

    [Fact]
    public void Every_color_belongs_to_exactly_one_VM() =>
        Gen.Select(Gen.Int[0, 7], Gen.Double[0.01, 100].Array[1, 16]).Where((bits, weights) => weights.Length <= 1 << bits).Sample(
            (bits, weights) =>
            {
                CachePartition partition = CachePartition.Proportional(1 << bits, weights);
                for (int color = 0; color < 1 << bits; color++)
                    Assert.Equal(1, Enumerable.Range(0, weights.Length).Count(vm => partition.Allows(new VmId(vm), color)));
            },
            iter: 500);

    [Fact]
    public void The_preferred_color_is_always_allowed() =>
        Gen.Select(Gen.Int[0, 15], Gen.Int[0, 1000], Gen.Double[0.01, 100].Array[1, 16]).Sample(
            (vm, ppn, weights) =>
            {
                CachePartition partition = CachePartition.Proportional(16, weights);
                Assert.True(partition.Allows(new VmId(vm), partition.PreferredColor(new VmId(vm), new Ppn(ppn))));
            },
            iter: 500);

    private static CachePartition Halves => CachePartition.Proportional(8, [1, 1]);
}
