using System.Collections.Frozen;
using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Similarity;

/// <summary>What a text that is compared is.</summary>
public enum ComparedKind
{
    /// <summary>A student's submission.</summary>
    Submission,

    /// <summary>The exercise's reference solution.</summary>
    Reference,

    /// <summary>A source file of the library, which students have.</summary>
    Library,
}

/// <summary>A text as it is compared: as symbols, and as the set of its passages.</summary>
/// <remarks>
/// A passage is <see cref="PassageLength"/> symbols in a row. What stands in the stub or the contract is left out, and no passage goes across it. Their
/// order does not matter, so that a copy with its members in another order has the same passages but for those across members.
/// </remarks>
public sealed class ComparedText
{
    /// <summary>Symbols in a passage. course choice: about two short statements; shorter ones are everybody's, longer ones a changed word breaks.</summary>
    public const int PassageLength = 12;

    private const ulong Base = 1099511628211;

    private ComparedText(string name, ComparedKind kind, ImmutableArray<SourceFile> files, ImmutableArray<CodeToken> tokens, bool isCut)
    {
        (Name, Kind, Files, Tokens, IsCut) = (name, kind, files, tokens, isCut);
        PassageAt = HashesOf(tokens);
        Passages = [.. PassageAt.Where(p => p != CodeTokens.Gap).Distinct().Order()];
    }

    /// <summary>The student's name, or the file's.</summary>
    public string Name { get; }

    /// <summary>What it is.</summary>
    public ComparedKind Kind { get; }

    /// <summary>The sources as they are.</summary>
    public ImmutableArray<SourceFile> Files { get; }

    /// <summary>Whether it is longer than what is compared of it.</summary>
    public bool IsCut { get; }

    /// <summary>How many different passages it has of its own.</summary>
    public int PassageCount => Passages.Length;

    internal ImmutableArray<CodeToken> Tokens { get; }

    /// <summary>The passage that begins at each symbol; a gap where none does.</summary>
    internal ulong[] PassageAt { get; }

    /// <summary>The different passages, ordered.</summary>
    internal ulong[] Passages { get; }

    /// <summary>Reads texts that answer one exercise, or might be where an answer comes from.</summary>
    internal sealed class Reader
    {
        private readonly FrozenSet<string> kept;
        private readonly FrozenSet<ulong> handedOut;

        public Reader(Exercise exercise)
        {
            // A contract's members keep their names in every solution. Its types need not: `var` says as much.
            kept = exercise.Contract.Assembly.GetExportedTypes().Where(t => t.Namespace == exercise.Contract.Namespace).Concat(typeof(Ppn).Assembly.GetExportedTypes())
                .SelectMany(t => t.GetMembers()).Select(m => m.Name).ToFrozenSet(StringComparer.Ordinal);
            SourceFile[] ours = [.. new[] { exercise.StubPath, Path.Combine(exercise.Folder, "Contract.cs") }.Where(File.Exists).Select(p => new SourceFile(Path.GetFileName(p), File.ReadAllText(p)))];
            handedOut = HashesOf(CodeTokens.Read([.. ours], kept, out _)).Where(p => p != CodeTokens.Gap).ToFrozenSet();
        }

        public ComparedText Read(string name, ComparedKind kind, ImmutableArray<SourceFile> files)
        {
            ImmutableArray<CodeToken> tokens = CodeTokens.Read(files, kept, out bool isCut);
            ulong[] passages = HashesOf(tokens);
            CodeToken[] own = [.. tokens];
            for (int i = 0; i < passages.Length; i++)
                if (handedOut.Contains(passages[i]))
                    for (int j = i; j < i + PassageLength; j++)
                        own[j] = own[j] with { Symbol = CodeTokens.Gap };
            return new ComparedText(name, kind, files, [.. own], isCut);
        }
    }

    private static ulong[] HashesOf(ImmutableArray<CodeToken> tokens)
    {
        ulong[] hashes = new ulong[tokens.Length];
        ulong hash = 0, weightOfFirst = 1;
        for (int i = 1; i < PassageLength; i++)
            weightOfFirst *= Base;
        int run = 0;
        for (int i = 0; i < tokens.Length; i++)
        {
            if (tokens[i].Symbol == CodeTokens.Gap)
            {
                (hash, run) = (0, 0);
                continue;
            }

            if (run == PassageLength)
                hash -= tokens[i - PassageLength].Symbol * weightOfFirst;
            else
                run++;
            hash = hash * Base + tokens[i].Symbol;
            if (run == PassageLength)
                hashes[i - PassageLength + 1] = hash == CodeTokens.Gap ? 1 : hash;
        }

        return hashes;
    }
}
