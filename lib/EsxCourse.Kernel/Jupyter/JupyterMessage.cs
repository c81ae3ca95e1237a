using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using NetMQ;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>One message of the wire protocol: who it is for, four pieces of JSON, and a signature over them.</summary>
internal sealed record JupyterMessage(IReadOnlyList<byte[]> Identities, JsonObject Header, JsonObject Parent, JsonObject Metadata, JsonObject Content)
{
    public const string ProtocolVersion = "5.4";

    private static readonly JsonSerializerOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    private static readonly byte[] Delimiter = "<IDS|MSG>"u8.ToArray();
    private static readonly string Session = Guid.NewGuid().ToString("N");

    /// <summary>When it was made or came in, in ticks of the machine's clock that never goes back.</summary>
    public long Received { get; } = System.Diagnostics.Stopwatch.GetTimestamp();

    public string Type => Header["msg_type"] is JsonValue value && value.TryGetValue(out string? type) ? type : "";

    /// <summary>A message of ours in answer to another.</summary>
    /// <param name="type">The message type.</param>
    /// <param name="content">Its content.</param>
    /// <param name="parent">What it answers; null before the first request.</param>
    /// <param name="identities">Whom it is for: those of the request, or for iopub the topic.</param>
    public static JupyterMessage Answer(string type, JsonObject content, JupyterMessage? parent, IReadOnlyList<byte[]> identities) => new(
        identities,
        new JsonObject
        {
            ["msg_id"] = Guid.NewGuid().ToString("N"),
            ["session"] = Session,
            ["username"] = "kernel",
            ["date"] = DateTime.UtcNow.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'"),
            ["msg_type"] = type,
            ["version"] = ProtocolVersion,
        },
        parent is null ? [] : (JsonObject)parent.Header.DeepClone(),
        [],
        content);

    /// <summary>Reads a message; null if it is none or its signature is wrong, and then it must not be answered.</summary>
    public static JupyterMessage? Parse(NetMQMessage frames, byte[] key)
    {
        List<byte[]> parts = [.. frames.Select(frame => frame.ToByteArray())];
        int at = parts.FindIndex(part => part.AsSpan().SequenceEqual(Delimiter));
        if (at < 0 || parts.Count < at + 6)
            return null;
        if (key.Length > 0 && !CryptographicOperations.FixedTimeEquals(parts[at + 1], Sign(parts.Skip(at + 2).Take(4), key)))
            return null;
        try
        {
            JsonObject[] json = [.. parts.Skip(at + 2).Take(4).Select(part => JsonNode.Parse(part) as JsonObject ?? throw new JsonException())];
            foreach (JsonObject part in json)
                _ = part.Count; // The parser looks at the keys only now: a key given twice must not surface later.
            return new JupyterMessage([.. parts.Take(at)], json[0], json[1], json[2], json[3]);
        }
        catch (Exception none) when (none is JsonException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    public NetMQMessage ToFrames(byte[] key)
    {
        byte[][] parts = [.. new[] { Header, Parent, Metadata, Content }.Select(json => Encoding.UTF8.GetBytes(json.ToJsonString(Compact)))];
        NetMQMessage frames = new();
        foreach (byte[] identity in Identities)
            frames.Append(identity);
        frames.Append(Delimiter);
        frames.Append(key.Length > 0 ? Sign(parts, key) : []);
        foreach (byte[] part in parts)
            frames.Append(part);
        return frames;
    }

    private static byte[] Sign(IEnumerable<byte[]> parts, byte[] key)
    {
        using IncrementalHash hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (byte[] part in parts)
            hash.AppendData(part);
        return Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}
