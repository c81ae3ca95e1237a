using System.ComponentModel;

namespace EsxCourse.Kernel.Cells;

/// <summary>What the engine writes into the code of cells, so that a cell can be stopped and the session stays. Not for use by hand.</summary>
/// <remarks>
/// <see cref="Check"/> stands at the head of every loop and body, <see cref="Pass"/> in the filter of every catch. Both read one volatile flag,
/// which costs nothing measurable in a loop. The flag stays up until the next cell begins, so that work left behind stops as well: a cell's own
/// threads and timers end alone (SessionHost), without the process.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class CellGuard
{
    private static volatile bool stop;

    /// <summary>Whether exceptions may be caught: not while the cell is being stopped.</summary>
    public static bool Pass => !stop;

    /// <summary>Leaves the cell if it is to stop.</summary>
    /// <exception cref="CellInterruptedException">The cell is being stopped.</exception>
    public static void Check()
    {
        if (stop)
            throw new CellInterruptedException();
    }

    internal static void Raise() => stop = true;

    internal static void Lower() => stop = false;
}

/// <summary>The cell was stopped by its user.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
#pragma warning disable CA1032 // Thrown in one place only, with one message.
public sealed class CellInterruptedException() : Exception("The cell was interrupted.");
#pragma warning restore CA1032
