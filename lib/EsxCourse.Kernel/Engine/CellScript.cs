using EsxCourse.Contracts;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Engine;

/// <summary>One thing to do in a cell. Lines count from 1 in the cell's source.</summary>
internal abstract record CellStep(int Line);

/// <summary>C# to run: the cell's text with everything else blanked, so that its lines are the cell's lines.</summary>
internal sealed record CodeStep(int Line, string Text, IReadOnlyList<DirectiveStep> References) : CellStep(Line);

/// <summary>Text of another language, to be shown.</summary>
internal sealed record TextStep(int Line, string Kernel, string Text) : CellStep(Line);

/// <summary><c>#!whos</c>, <c>#r "…"</c> and the like.</summary>
internal sealed record DirectiveStep(int Line, string Name, string Argument) : CellStep(Line);

/// <summary>Takes a cell apart: several languages, magics and directives in one source.</summary>
/// <remarks>
/// <c>#r</c>, <c>#i</c> and <c>#load</c> act before the code that they stand in; <c>#!time</c> counts for the whole cell; the other magics act in
/// place and part the code before them from the code after.
/// </remarks>
internal static class CellScript
{
    /// <summary>Takes the source apart.</summary>
    /// <param name="source">The cell's text.</param>
    /// <param name="kernel">The language it begins in.</param>
    /// <param name="place">How a message names the cell: <c>a.ipynb, cell 3</c>.</param>
    /// <exception cref="BadInputException">A magic or language is unknown, or belongs to .NET Interactive only.</exception>
    public static IReadOnlyList<CellStep> Parse(string source, string kernel, string place)
    {
        if (Dialect.KernelNamed(kernel) is not { } language)
            throw Refused(place, 1, kernel);

        string[] lines = source.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n');
        List<CellStep> steps = [];
        List<DirectiveStep> references = [];
        string[] blank = new string[lines.Length];
        string[] text = NewText(blank);
        int from = 0;
        for (int i = 0; i < lines.Length; i++)
        {
            Magic? magic = Dialect.MagicOn(lines[i]);
            if (magic is { } m && (language == "csharp" || Dialect.KernelNamed(m.Name) is not null))
            {
                if (Dialect.KernelNamed(m.Name) is { } next)
                {
                    Close(i);
                    (language, from) = (next, i + 1);
                }
                else if (Dialect.Problem(m.Name) is not null)
                    throw Refused(place, i + 1, m.Name);
                else
                {
                    if (m.Name != "time")
                        Close(i);
                    steps.Add(new DirectiveStep(i + 1, m.Name, m.Argument));
                }
            }
            else if (language == "csharp" && Dialect.DirectiveOn(lines[i]) is { } directive)
                references.Add(new DirectiveStep(i + 1, directive.Name, directive.Argument));
            else
                text[i] = lines[i];
        }

        Close(lines.Length);
        return steps;

        void Close(int end)
        {
            int first = Array.FindIndex(text, from, end - from, line => !string.IsNullOrWhiteSpace(line));
            if (language == "csharp" && (first >= 0 || references.Count > 0))
                steps.Add(new CodeStep(Math.Max(first, 0) + 1, string.Join('\n', text[..end]), [.. references]));
            else if (language != "csharp" && first >= 0)
                steps.Add(new TextStep(first + 1, language, string.Join('\n', text[first..end]).TrimEnd()));
            references.Clear();
            text = NewText(blank);
            from = end;
        }
    }

    private static string[] NewText(string[] blank)
    {
        string[] text = new string[blank.Length];
        Array.Fill(text, "");
        return text;
    }

    private static BadInputException Refused(string place, int line, string name)
    {
        (string what, string remedy) = Dialect.Problem(name) ?? throw new InvalidOperationException(name);
        return new BadInputException($"{place}, line {line}", what, remedy);
    }
}
