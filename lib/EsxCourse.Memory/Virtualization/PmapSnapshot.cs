using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Virtualization;

/// <summary>A VM's pmap as it was at one moment.</summary>
/// <remarks>Immutable; one byte a page.</remarks>
public sealed class PmapSnapshot
{
    private readonly ImmutableArray<PmapState> states;

    /// <summary>Keeps the states of all pages.</summary>
    /// <param name="vm">Whose pmap.</param>
    /// <param name="time">When.</param>
    /// <param name="states">Indexed by PPN.</param>
    public PmapSnapshot(VmId vm, SimTime time, ImmutableArray<PmapState> states)
    {
        Vm = vm;
        Time = time;
        this.states = states;
    }

    /// <summary>Whose pmap this is.</summary>
    public VmId Vm { get; }

    /// <summary>When it was so.</summary>
    public SimTime Time { get; }

    /// <summary>The states of all pages, indexed by PPN.</summary>
    public ImmutableArray<PmapState> States => states;

    /// <summary>The state of one page.</summary>
    /// <param name="ppn">Which page.</param>
    public PmapState this[Ppn ppn] => states[ppn.Value];

    /// <summary>How many pages are in a state. O(pages).</summary>
    /// <param name="state">Which state.</param>
    /// <returns>The number of pages.</returns>
    public PageCount Count(PmapState state) => new(states.AsSpan().Count(state));

    /// <summary>One letter a page (. unbacked, M mapped, S shared, B ballooned, s swapped), 64 pages a line.</summary>
    public override string ToString()
    {
        string letters = string.Create(states.Length, states, (text, all) =>
        {
            for (int i = 0; i < text.Length; i++)
                text[i] = ".MSBs"[(int)all[i]];
        });
        return string.Join('\n', letters.Chunk(64).Select(line => new string(line)));
    }
}
