using System.Buffers.Binary;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EsxCourse.Kernel.Session;

/// <summary>Frames on a private stream: four bytes of length, little end first, then so many bytes of JSON.</summary>
/// <remarks>
/// The stream is a socket of its own, never standard output, so that nothing a cell prints can be taken for a frame. Writing is safe from several
/// threads. A frame that is too long is a broken partner, not a request for memory.
/// </remarks>
internal sealed class FrameChannel(Stream stream) : IDisposable
{
    private const int LongestFrame = 128 * 1024 * 1024;

    private readonly Lock writing = new();

    /// <summary>Writes one frame; false if the other side has gone.</summary>
    public bool Write<T>(T frame, JsonTypeInfo<T> type)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(frame, type);
        byte[] message = new byte[4 + json.Length];
        BinaryPrimitives.WriteInt32LittleEndian(message, json.Length);
        json.CopyTo(message, 4);
        lock (writing)
        {
            try
            {
                stream.Write(message);
                return true;
            }
            catch (Exception gone) when (gone is IOException or ObjectDisposedException)
            {
                return false;
            }
        }
    }

    /// <summary>Reads one frame; null at the end of the stream, or if what comes is no frame.</summary>
    public async ValueTask<T?> ReadAsync<T>(JsonTypeInfo<T> type, CancellationToken cancel = default)
        where T : class
    {
        byte[] head = new byte[4];
        try
        {
            if (await stream.ReadAtLeastAsync(head, 4, throwOnEndOfStream: false, cancel).ConfigureAwait(false) < 4)
                return null;
            int length = BinaryPrimitives.ReadInt32LittleEndian(head);
            if (length is <= 0 or > LongestFrame)
                return null;
            byte[] json = new byte[length];
            if (await stream.ReadAtLeastAsync(json, length, throwOnEndOfStream: false, cancel).ConfigureAwait(false) < length)
                return null;
            return JsonSerializer.Deserialize(json, type);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or JsonException)
        {
            return null;
        }
    }

    /// <summary>The same, on the calling thread.</summary>
    public T? Read<T>(JsonTypeInfo<T> type)
        where T : class
    {
        byte[] head = new byte[4];
        try
        {
            if (stream.ReadAtLeast(head, 4, throwOnEndOfStream: false) < 4 || BinaryPrimitives.ReadInt32LittleEndian(head) is not (> 0 and <= LongestFrame))
                return null;
            byte[] json = new byte[BinaryPrimitives.ReadInt32LittleEndian(head)];
            return stream.ReadAtLeast(json, json.Length, throwOnEndOfStream: false) < json.Length ? null : JsonSerializer.Deserialize(json, type);
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException or JsonException)
        {
            return null;
        }
    }

    public void Dispose() => stream.Dispose();
}
