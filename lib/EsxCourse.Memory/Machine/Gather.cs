using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace EsxCourse.Memory.Machine;

// Eight cells of an array with one instruction, which .NET offers for a pointer only: beside ReadAhead.cs the one place with unsafe code.
// The array is held where it is while the instruction reads, and whoever calls has checked the indices. Other processors read one after the other.

internal static class Gather
{
    /// <summary>How many cells are read at once.</summary>
    public const int Lanes = 8;

    /// <summary>The cells that eight indices name, each known to lie within the array.</summary>
    public static unsafe Vector256<int> Cells(int[] cells, Vector256<int> indices)
    {
        if (!Avx2.IsSupported)
            return Vector256.Create(cells[indices[0]], cells[indices[1]], cells[indices[2]], cells[indices[3]], cells[indices[4]], cells[indices[5]], cells[indices[6]], cells[indices[7]]);
        fixed (int* first = &MemoryMarshal.GetArrayDataReference(cells))
            return Avx2.GatherVector256(first, indices, sizeof(int));
    }
}
