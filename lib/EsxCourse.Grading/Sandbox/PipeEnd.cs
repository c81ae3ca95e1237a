using System.IO.Pipes;
using System.Runtime.InteropServices;

namespace EsxCourse.Grading.Sandbox;

/// <summary>One end of a pipe on which nothing ever waits for ever.</summary>
internal abstract class PipeEnd : IDisposable
{
    private protected const int AtomicWriteBytes = 4096;

    /// <summary>The end that a stream of a child process stands for.</summary>
    public static PipeEnd Of(Stream stream) => OperatingSystem.IsWindows() ? new StreamPipeEnd(stream) : new PolledPipeEnd(stream);

    /// <summary>Waits until a transfer is possible or the other end is gone.</summary>
    /// <returns>Whether so; false when the time is up.</returns>
    public abstract bool Wait(bool toWrite, int milliseconds);

    /// <summary>Reads what is there.</summary>
    /// <returns>How many bytes; 0 or less when the other end is gone.</returns>
    public abstract int Read(Span<byte> into);

    /// <summary>Writes the first bytes of <paramref name="from"/>.</summary>
    /// <returns>How many; 0 or less when the other end is gone.</returns>
    public abstract int Write(ReadOnlySpan<byte> from);

    public abstract void Dispose();
}

/// <summary>A pipe of Unix.</summary>
/// <remarks>
/// .NET's own pipe streams block a thread that nothing can call back. Here every transfer is announced by <c>poll</c> first and so small that it cannot block:
/// a pipe that says it takes bytes takes a page of them.
/// </remarks>
internal sealed class PolledPipeEnd(Stream stream) : PipeEnd
{
    private readonly Microsoft.Win32.SafeHandles.SafePipeHandle handle = ((PipeStream)stream).SafePipeHandle;

    public override bool Wait(bool toWrite, int milliseconds)
    {
        const short Readable = 1, Writable = 4;
        PollRequest request = new() { Descriptor = (int)handle.DangerousGetHandle(), Events = toWrite ? Writable : Readable };
        return Poll(ref request, 1, milliseconds) != 0;
    }

    public override int Read(Span<byte> into) => (int)Read((int)handle.DangerousGetHandle(), ref MemoryMarshal.GetReference(into), into.Length);

    public override int Write(ReadOnlySpan<byte> from) =>
        (int)Write((int)handle.DangerousGetHandle(), ref MemoryMarshal.GetReference(from), Math.Min(from.Length, AtomicWriteBytes));

    public override void Dispose() => stream.Dispose();

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

/// <summary>A pipe of any system: one transfer is always under way in the background, and what is waited for is that it ends.</summary>
/// <remarks>Slower than poll by a switch of threads; for Windows, where there is no sandbox either (<c>--unsafe</c>).</remarks>
internal sealed class StreamPipeEnd(Stream stream) : PipeEnd
{
    private readonly byte[] buffer = new byte[AtomicWriteBytes];
    private Task<int>? underWay;
    private int taken;

    public override bool Wait(bool toWrite, int milliseconds)
    {
        if (toWrite)
            return underWay is null || Done(milliseconds);
        underWay ??= stream.ReadAsync(buffer, 0, buffer.Length);
        return Done(milliseconds);
    }

    public override int Read(Span<byte> into)
    {
        int there = Result();
        int count = Math.Min(into.Length, there - taken);
        buffer.AsSpan(taken, count).CopyTo(into);
        taken += count;
        if (taken == there && there > 0)
            (underWay, taken) = (null, 0);
        return count;
    }

    public override int Write(ReadOnlySpan<byte> from)
    {
        if (underWay is not null && Result() < 0)
            return 0;
        int count = Math.Min(from.Length, buffer.Length);
        from[..count].CopyTo(buffer);
        underWay = WriteAsync(count);
        return count;
    }

    public override void Dispose() => stream.Dispose();

    private async Task<int> WriteAsync(int count)
    {
        await stream.WriteAsync(buffer.AsMemory(0, count)).ConfigureAwait(false);
        await stream.FlushAsync().ConfigureAwait(false);
        return count;
    }

    private bool Done(int milliseconds) => Task.WaitAny([underWay!], milliseconds) == 0;

    private int Result() => underWay is { IsCompletedSuccessfully: true } done ? done.Result : -1;
}
