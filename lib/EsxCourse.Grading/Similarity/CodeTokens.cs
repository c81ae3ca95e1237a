using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using EsxCourse.Grading.Submissions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace EsxCourse.Grading.Similarity;

// C# as a row of symbols in which a renamed, reformatted copy reads like its original:
//
//   dropped     comments, layout, braces, modifiers, `this.`, directives
//   one symbol  every name but the contract's members, which nobody can rename; every type with a keyword of its own; every text; every character
//   one symbol  `=>` and `return`: a body is the same whether it stands in braces or behind an arrow
//   by value    numbers: 100, 100.0 and 0x64 are one
//
// Only Roslyn's lexer runs, not its parser: what does not compile is read like everything else, and nothing nests, so no submission can bring
// this down. An interpolated text is one text for that reason, and directives are blanked beforehand (both would be read recursively).

/// <summary>One symbol and where it stands.</summary>
/// <param name="Symbol">What it is; <see cref="CodeTokens.Gap"/> where nothing is compared.</param>
/// <param name="File">Index of the file.</param>
/// <param name="Start">The first character.</param>
/// <param name="End">The character behind the last.</param>
internal readonly record struct CodeToken(ulong Symbol, int File, int Start, int End);

/// <summary>Reads sources as symbols.</summary>
internal static class CodeTokens
{
    /// <summary>The symbol that equals nothing: between files, and for what the course itself handed out.</summary>
    public const ulong Gap = 0;

    /// <summary>How many symbols of one text are compared. course choice: a solution has some hundred; only what is meant to be in the way has more.</summary>
    public const int Most = 20_000;

    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14, DocumentationMode.None);

    private static readonly FrozenSet<SyntaxKind> Dropped = new[]
    {
        SyntaxKind.OpenBraceToken, SyntaxKind.CloseBraceToken, SyntaxKind.PublicKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.InternalKeyword,
        SyntaxKind.StaticKeyword, SyntaxKind.SealedKeyword, SyntaxKind.ReadOnlyKeyword, SyntaxKind.VirtualKeyword, SyntaxKind.OverrideKeyword, SyntaxKind.EndOfFileToken,
    }.ToFrozenSet();

    private static readonly ulong Name = SymbolOf("name"), Text = SymbolOf("text"), Character = SymbolOf("character"), Result = SymbolOf("result");

    /// <summary>Reads sources.</summary>
    /// <param name="files">The sources, in order.</param>
    /// <param name="kept">The names that are compared by their letters.</param>
    /// <param name="isCut">Whether there was more than is compared.</param>
    /// <returns>At most <see cref="Most"/> symbols, with a gap after each file.</returns>
    public static ImmutableArray<CodeToken> Read(ImmutableArray<SourceFile> files, IReadOnlySet<string> kept, out bool isCut)
    {
        ImmutableArray<CodeToken>.Builder tokens = ImmutableArray.CreateBuilder<CodeToken>();
        isCut = false;
        for (int file = 0; file < files.Length && !isCut; file++)
        {
            bool afterThis = false;
            foreach (SyntaxToken token in SyntaxFactory.ParseTokens(Blanked(files[file].Text), options: Parsing))
            {
                SyntaxKind kind = token.Kind();
                bool isDotOfThis = afterThis && kind == SyntaxKind.DotToken;
                afterThis = kind == SyntaxKind.ThisKeyword;
                if (isDotOfThis || afterThis || Dropped.Contains(kind))
                    continue;
                isCut = tokens.Count >= Most;
                if (isCut)
                    break;
                tokens.Add(new CodeToken(SymbolOf(token, kind, kept), file, token.SpanStart, token.Span.End));
            }

            tokens.Add(new CodeToken(Gap, file, files[file].Text.Length, files[file].Text.Length));
        }

        return tokens.ToImmutable();
    }

    private static ulong SymbolOf(SyntaxToken token, SyntaxKind kind, IReadOnlySet<string> kept) => kind switch
    {
        SyntaxKind.IdentifierToken => kept.Contains(token.ValueText) ? SymbolOf(token.ValueText) : Name,
        SyntaxKind.NumericLiteralToken => SymbolOf($"#{Number(token.Value)}"),
        SyntaxKind.CharacterLiteralToken => Character,
        SyntaxKind.StringLiteralToken or SyntaxKind.SingleLineRawStringLiteralToken or SyntaxKind.MultiLineRawStringLiteralToken
            or SyntaxKind.Utf8StringLiteralToken or SyntaxKind.Utf8SingleLineRawStringLiteralToken or SyntaxKind.Utf8MultiLineRawStringLiteralToken => Text,
        SyntaxKind.EqualsGreaterThanToken or SyntaxKind.ReturnKeyword => Result,
        _ when SyntaxFacts.IsPredefinedType(kind) => Name,
        _ => SymbolOf($"{(int)kind}"),
    };

    private static string Number(object? value) =>
        value is IConvertible number and not string ? number.ToDouble(CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture) : "?";

    // FNV-1a, which is the same on every machine; a gap is no symbol's.
    private static ulong SymbolOf(string text)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in Encoding.UTF8.GetBytes(text))
            hash = (hash ^ value) * 1099511628211;
        return hash == Gap ? 1 : hash;
    }

    /// <summary>The same characters at the same places, without directives and without the dollars of interpolated texts.</summary>
    private static string Blanked(string text)
    {
        char[] blanked = text.ToCharArray();
        bool atLineStart = true;
        for (int i = 0; i < blanked.Length; i++)
        {
            if (blanked[i] == '#' && atLineStart)
                while (i < blanked.Length && blanked[i] is not ('\n' or '\r'))
                    blanked[i++] = ' ';
            if (i == blanked.Length)
                break;
            if (blanked[i] == '$')
                blanked[i] = ' ';
            else if (blanked[i] == '@' && i + 2 < blanked.Length && blanked[i + 1] == '$' && blanked[i + 2] == '"')
                (blanked[i], blanked[i + 1]) = (' ', '@');
            atLineStart = blanked[i] is '\n' or '\r' || (atLineStart && char.IsWhiteSpace(blanked[i]));
        }

        return new string(blanked);
    }
}
