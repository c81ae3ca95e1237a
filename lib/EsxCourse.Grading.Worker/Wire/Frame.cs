using System.Buffers.Binary;

namespace EsxCourse.Grading.Worker.Wire;

// What crosses the pipe between the checks (parent) and the student's code (worker): frames.
//
//   +----------------+--------+----------------+------------------+
//   | length, 4 B LE | kind   | call id, 4 B   | body             |      length counts what follows it
//   +----------------+--------+----------------+------------------+
//
// The worker speaks first (Hello) and from then on only when asked: each Load, Create and Call is answered by exactly one Result or Threw
// with the same id; in between the worker may ask back (Callback, answered by CallbackResult or CallbackThrew). Anything else is a breach
// of the protocol, and the parent ends the process. Sizes are limited on reading, before any memory is taken.

/// <summary>What a frame is.</summary>
internal enum FrameKind : byte
{
    /// <summary>Worker: locked down and ready.</summary>
    Hello = 1,

    /// <summary>Parent: here is the student's assembly.</summary>
    Load = 2,

    /// <summary>Parent: make an object of the student's class.</summary>
    Create = 3,

    /// <summary>Parent: call a method of such an object.</summary>
    Call = 4,

    /// <summary>Worker: the answer.</summary>
    Result = 5,

    /// <summary>Worker: an exception instead of an answer.</summary>
    Threw = 6,

    /// <summary>Worker: student code calls into the checks' world.</summary>
    Callback = 7,

    /// <summary>Parent: the answer to a callback.</summary>
    CallbackResult = 8,

    /// <summary>Parent: the checks' world refuses the call, with a sentence.</summary>
    CallbackThrew = 9,
}

/// <summary>One message.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="CallId">The call that it belongs to.</param>
/// <param name="Body">What it carries.</param>
internal readonly record struct Frame(FrameKind Kind, int CallId, ReadOnlyMemory<byte> Body)
{
    /// <summary>Bytes before the body: length, kind, call id.</summary>
    public const int HeaderBytes = 9;

    /// <summary>The largest body that the worker may send: 1 MB.</summary>
    public const int MaxReplyBytes = 1 << 20;

    /// <summary>The largest body that the parent may send: 16 MB, an assembly or a batch of pages.</summary>
    public const int MaxRequestBytes = 16 << 20;

    /// <summary>Starts a frame: a writer whose first bytes are kept for the header.</summary>
    public static WireWriter Begin(int maxBodyBytes)
    {
        WireWriter writer = new(HeaderBytes + maxBodyBytes);
        writer.Reserve(HeaderBytes);
        return writer;
    }

    /// <summary>Fills in the header of a frame whose body is complete.</summary>
    public static ReadOnlyMemory<byte> End(WireWriter writer, FrameKind kind, int callId)
    {
        Span<byte> header = writer.Header(HeaderBytes);
        BinaryPrimitives.WriteInt32LittleEndian(header, writer.Length - 4);
        header[4] = (byte)kind;
        BinaryPrimitives.WriteInt32LittleEndian(header[5..], callId);
        return writer.Written;
    }

    /// <summary>The bytes that follow the length, checked.</summary>
    /// <exception cref="WireFormatException">The length is impossible or above the limit.</exception>
    public static int RestLength(ReadOnlySpan<byte> header, int maxBodyBytes)
    {
        int rest = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (rest < HeaderBytes - 4 || rest > HeaderBytes - 4 + maxBodyBytes)
            throw new WireFormatException($"a frame of {rest} bytes");
        return rest;
    }

    /// <summary>Takes a frame apart.</summary>
    public static Frame Parse(byte[] rest) =>
        new((FrameKind)rest[0], BinaryPrimitives.ReadInt32LittleEndian(rest.AsSpan(1)), rest.AsMemory(HeaderBytes - 4));
}
