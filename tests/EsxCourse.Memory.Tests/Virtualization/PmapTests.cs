using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Virtualization;

public sealed class PmapTests
{
    [Fact]
    public void All_states_at_once_are_the_states_of_each_page() => Gen.Int[0, 4].Array[1, 200].Sample(states =>
    {
        Pmap pmap = new(new PageCount(states.Length));
        for (int ppn = 0; ppn < states.Length; ppn++)
            pmap.Set(new Ppn(ppn), (PmapState)states[ppn], Pmap.MaxValue - ppn);
        PmapState[] copy = new PmapState[states.Length];
        pmap.CopyStates(copy);
        Assert.Equal(states.Select(state => (PmapState)state), copy);
    });
}
