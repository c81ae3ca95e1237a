using System.Text;
using System.Text.RegularExpressions;

namespace EsxCourse.Notebooks;

/// <summary>Colours C# for a page: keywords, strings, comments, numbers and magics, by one regular expression.</summary>
/// <remarks>A lexer, not a parser: names of types keep the colour of other names, and the code in an interpolated string that of the string.</remarks>
public static partial class CSharpColours
{
    private static readonly HashSet<string> Keywords = [.. (
        "abstract as async await base bool break byte case catch char checked class const continue decimal default delegate do double else enum event " +
        "explicit extern false finally fixed float for foreach from get goto if implicit in init int interface internal is lock long nameof namespace new " +
        "not null object operator or orderby out override params private protected public readonly record ref required return sbyte sealed select set short " +
        "sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked unsafe ushort using var virtual void volatile when " +
        "where while with yield").Split(' ')];

    /// <summary>The code as HTML: text encoded, coloured parts in <c>span</c> elements of class <c>tok-…</c>.</summary>
    public static string ToHtml(string code)
    {
        StringBuilder html = new();
        int done = 0;
        foreach (Match token in Tokens().Matches(code))
        {
            string? colour = token.Groups["comment"].Success ? "c"
                : token.Groups["text"].Success ? "s"
                : token.Groups["number"].Success ? "n"
                : token.Groups["magic"].Success ? "m"
                : Keywords.Contains(token.Value) ? "k"
                : null;
            html.Append(HtmlFrame.Text(code[done..token.Index]));
            string encoded = HtmlFrame.Text(token.Value);
            html.Append(colour is null ? encoded : $"<span class=\"tok-{colour}\">{encoded}</span>");
            done = token.Index + token.Length;
        }

        return html.Append(HtmlFrame.Text(code[done..])).ToString();
    }

    [GeneratedRegex("""
        (?<comment>//[^\n]*|/\*.*?(\*/|\z))
        |(?<text>\$*(?<quotes>"{3,}).*?(\k<quotes>|\z)|(\$@|@\$|@)"([^"]|"")*("|\z)|\$?"(\\.|[^"\\\n])*("|$)|'(\\[^\n]{1,9}?|[^'\\\n])')
        |(?<magic>^[ \t]*\#[!\w][^\n]*)
        |(?<number>\b(0[xX][0-9a-fA-F_]+|0[bB][01_]+|\d[\d_]*(\.\d[\d_]*)?([eE][+-]?\d+)?)[fFdDmMuUlL]{0,2}\b)
        |[@A-Za-z_]\w*
        """, RegexOptions.IgnorePatternWhitespace | RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Tokens();
}
