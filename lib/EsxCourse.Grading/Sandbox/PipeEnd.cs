using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace EsxCourse.Grading.Sandbox;

/// <summary>One end of a pipe on which nothing ever waits for ever.</summary>
/// <remarks>
/// .NET's own pipe streams block a thread that nothing can call back. Here every transfer is announced by <c>poll</c> first and so small that it cannot block:
/// a pipe that says it takes bytes takes a page of them.
/// </remarks>
internal sealed class PipeEnd(Stream stream) : IDisposable
{
    private const int AtomicWriteBytes = 4096;
    private readonly Microsoft.Win32.SafeHandles.SafePipeHandle handle = ((PipeStream)stream).SafePipeHandle;

    /// <summary>Waits until a transfer is possible or the other end is gone.</summary>
    /// <returns>Whether so; false when the time is up.</returns>
    public bool Wait(bool toWrite, int milliseconds)
    {
        const short Readable = 1, Writable = 4;
        PollRequest request = new() { Descriptor = (int)handle.DangerousGetHandle(), Events = toWrite ? Writable : Readable };
        return Poll(ref request, 1, milliseconds) != 0;
    }

    /// <summary>Reads what is there.</summary>
    /// <returns>How many bytes; 0 or less when the other end is gone.</returns>
    public int Read(Span<byte> into) => (int)Read((int)handle.DangerousGetHandle(), ref MemoryMarshal.GetReference(into), into.Length);

    /// <summary>Writes the first bytes of <paramref name="from"/>.</summary>
    /// <returns>How many; 0 or less when the other end is gone.</returns>
    public int Write(ReadOnlySpan<byte> from) =>
        (int)Write((int)handle.DangerousGetHandle(), ref MemoryMarshal.GetReference(from), Math.Min(from.Length, AtomicWriteBytes));

    public void Dispose() => stream.Dispose();

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static extern int Poll(ref PollRequest requests, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "read", SetLastError = true)]
    private static extern nint Read(int descriptor, ref byte into, nint count);

    [DllImport("libc", EntryPoint = "write", SetLastError = true)]
    private static extern nint Write(int descriptor, ref byte from, nint count);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Descriptor;
        public short Events;
        public short Happened;
    }
}
