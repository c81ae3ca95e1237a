using System.Text;

namespace EsxCourse.Kernel.Session;

/// <summary>Standard output or error of the cells: collects for a moment, then sends, so that text comes as it is written but not a frame a letter.</summary>
internal sealed class ConsoleCapture(Action<string> send) : TextWriter
{
    private const int SendAt = 8192;
    private const int SendAfterMilliseconds = 20;

    private readonly StringBuilder pending = new();
    private readonly Lock writing = new();
    private Timer? timer;

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write(new ReadOnlySpan<char>(in value));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        lock (writing)
        {
            if (pending.Length == 0)
                (timer ??= new Timer(_ => Flush())).Change(SendAfterMilliseconds, Timeout.Infinite);
            pending.Append(buffer);
            if (pending.Length >= SendAt)
                SendNow();
        }
    }

    public override void WriteLine(string? value)
    {
        lock (writing)
        {
            Write(value.AsSpan());
            Write("\n");
        }
    }

    public override void Flush()
    {
        lock (writing)
            SendNow();
    }

    private void SendNow()
    {
        if (pending.Length == 0)
            return;
        string text = pending.ToString();
        pending.Clear();
        send(text);
    }
}
