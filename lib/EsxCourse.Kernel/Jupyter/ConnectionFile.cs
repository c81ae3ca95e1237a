using System.Text;
using System.Text.Json;
using EsxCourse.Contracts;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>Where the client wants the kernel to listen, and the key by which they know each other.</summary>
internal sealed record ConnectionFile(string Ip, int ShellPort, int ControlPort, int IopubPort, int StdinPort, int HeartbeatPort, byte[] Key)
{
    /// <summary>Reads the file that the client wrote.</summary>
    /// <exception cref="BadInputException">There is none, or it is not a connection file.</exception>
    public static ConnectionFile Read(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(path));
            JsonElement root = json.RootElement;
            string Text(string key, string otherwise) => root.TryGetProperty(key, out JsonElement value) ? value.GetString() ?? otherwise : otherwise;
            if (Text("transport", "tcp") != "tcp" || Text("signature_scheme", "hmac-sha256") != "hmac-sha256")
                throw new BadInputException(path, "asks for another transport than tcp or another signature than hmac-sha256", "let the Jupyter client write the file with its defaults");
            int Port(string key) => root.GetProperty(key).GetInt32();
            return new ConnectionFile(Text("ip", "127.0.0.1"), Port("shell_port"), Port("control_port"), Port("iopub_port"), Port("stdin_port"), Port("hb_port"), Encoding.UTF8.GetBytes(Text("key", "")));
        }
        catch (Exception unusable) when (unusable is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(path, "is not a Jupyter connection file that can be read", "give the file that the Jupyter client wrote", unusable);
        }
    }
}
