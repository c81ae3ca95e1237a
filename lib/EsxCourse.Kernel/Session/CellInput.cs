using System.Collections.Concurrent;

namespace EsxCourse.Kernel.Session;

/// <summary>Standard input of the cells: asks the client for a line. Where nobody can answer it says so at once; an endless wait would say nothing.</summary>
internal sealed class CellInput(Action<InputWanted> ask) : TextReader
{
    private readonly BlockingCollection<string> lines = [];
    private string rest = "";

    /// <summary>Whether somebody can answer the running cell.</summary>
    public bool Allowed { get; set; }

    public void Give(string line) => lines.Add(line);

    public override int Peek() => Fill() ? rest[0] : -1;

    public override int Read()
    {
        if (!Fill())
            return -1;
        char first = rest[0];
        rest = rest[1..];
        return first;
    }

    public override string? ReadLine()
    {
        if (rest.Length == 0)
            return Ask("", password: false);
        string line = rest.TrimEnd('\n');
        rest = "";
        return line;
    }

    private bool Fill()
    {
        if (rest.Length == 0)
            rest = Ask("", password: false) + "\n";
        return true;
    }

    /// <summary>Asks the client for a line.</summary>
    /// <param name="prompt">What the client shows beside the field.</param>
    /// <param name="password">Whether the client hides what is typed.</param>
    public string Ask(string prompt, bool password)
    {
        if (!Allowed)
            throw new InvalidOperationException("The cell asks for input, and there is nobody to answer: the notebook runs by itself.");
        while (lines.TryTake(out _))
        {
            // A line that an interrupted cell asked for.
        }

        ask(new InputWanted(prompt, password));
        return lines.Take();
    }
}
