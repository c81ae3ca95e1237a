using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Worker;

/// <summary>The worker's end of the pipe.</summary>
/// <remarks>The parent never sends what it does not mean, so a fault here ends the process.</remarks>
internal sealed class ParentPipe(Stream requests, Stream replies)
{
    public Frame Read()
    {
        byte[] length = new byte[4];
        requests.ReadExactly(length);
        byte[] rest = new byte[Frame.RestLength(length, Frame.MaxRequestBytes)];
        requests.ReadExactly(rest);
        return Frame.Parse(rest);
    }

    public void Send(FrameKind kind, int callId, WireWriter body) => replies.Write(Frame.End(body, kind, callId).Span);
}
