using System.Text;

namespace EsxCourse.Grading.Sandbox;

// What a worker prints is read, so that it cannot stall on a full pipe, and thrown away. Kept are the beginning, which is bwrap's own when no
// sandbox could be made, and whether the runtime has announced its death by one of the phrases that it is known to use.

/// <summary>The little that is kept of what a worker prints.</summary>
internal sealed class LastWords
{
    private const int KeptBytes = 1024;
    private static readonly byte[][] Phrases = [.. new[] { "Stack overflow", "Out of memory", "Unhandled exception" }.Select(Encoding.ASCII.GetBytes)];
    private static readonly int Overlap = Phrases.Max(p => p.Length) - 1;

    private readonly bool[] said = new bool[Phrases.Length];
    private readonly byte[] beginning = new byte[KeptBytes];
    private int length;
    private byte[] tail = [];

    /// <summary>How a process that aborted says that its stack overflowed.</summary>
    public bool StackOverflow => said[0];

    public bool OutOfMemory => said[1];

    public bool UnhandledException => said[2];

    /// <summary>The first line.</summary>
    public string FirstLine => PlainText.Line(Encoding.UTF8.GetString(beginning, 0, length).TrimStart('\n').Split('\n')[0], 200);

    public void Add(ReadOnlySpan<byte> printed)
    {
        int kept = Math.Min(printed.Length, KeptBytes - length);
        printed[..kept].CopyTo(beginning.AsSpan(length));
        length += kept;
        byte[] text = [.. tail, .. printed];   // A phrase may arrive in two pieces.
        for (int i = 0; i < Phrases.Length; i++)
            said[i] |= text.AsSpan().IndexOf(Phrases[i]) >= 0;
        tail = text[^Math.Min(Overlap, text.Length)..];
    }
}
