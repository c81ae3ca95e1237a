using System.IO.Pipes;
using EsxCourse.Grading.Sandbox;

namespace EsxCourse.Grading.Tests.Sandbox;

/// <summary>The pipe of systems without poll, tried where poll is.</summary>
public sealed class StreamPipeEndTests : IDisposable
{
    private const int Long = 30_000;
    private readonly AnonymousPipeServerStream theirs = new(PipeDirection.Out);
    private readonly AnonymousPipeClientStream ours;

    public StreamPipeEndTests() => ours = new AnonymousPipeClientStream(PipeDirection.In, theirs.ClientSafePipeHandle);

    [Fact]
    public void Waiting_for_nothing_ends()
    {
        using StreamPipeEnd end = new(ours);
        Assert.False(end.Wait(toWrite: false, milliseconds: 20));
        theirs.Dispose();
    }

    [Fact]
    public void What_was_written_is_read_in_pieces_of_any_size()
    {
        using StreamPipeEnd end = new(ours);
        theirs.Write([1, 2, 3, 4, 5]);
        byte[] read = new byte[5];
        for (int got = 0; got < read.Length;)
        {
            Assert.True(end.Wait(toWrite: false, Long));
            got += end.Read(read.AsSpan(got, Math.Min(2, read.Length - got)));
        }

        Assert.Equal([1, 2, 3, 4, 5], read);
        theirs.Dispose();
    }

    [Fact]
    public void When_the_other_end_is_gone_nothing_is_read()
    {
        using StreamPipeEnd end = new(ours);
        theirs.Dispose();
        Assert.True(end.Wait(toWrite: false, Long));
        Assert.True(end.Read(new byte[4]) <= 0);
        Assert.True(end.Wait(toWrite: false, Long));
        Assert.True(end.Read(new byte[4]) <= 0);
    }

    [Fact]
    public void Writing_goes_on_until_the_pipe_is_full_and_again_when_it_is_read()
    {
        using StreamPipeEnd end = new(theirs);
        byte[] page = new byte[4096];
        int written = 0;
        while (end.Wait(toWrite: true, 50))
            written += end.Write(page);
        Assert.InRange(written, 4096, 1 << 20);
        for (int left = written; left > 0;)
            left -= ours.Read(new byte[Math.Min(left, 4096)]);
        Assert.True(end.Wait(toWrite: true, Long));
    }

    public void Dispose()
    {
        ours.Dispose();
        theirs.Dispose();
    }
}
