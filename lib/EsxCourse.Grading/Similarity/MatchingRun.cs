using System.Collections.Immutable;

namespace EsxCourse.Grading.Similarity;

/// <summary>A run of symbols that two texts have in common.</summary>
/// <param name="StartA">The first symbol in the one.</param>
/// <param name="StartB">The first symbol in the other.</param>
/// <param name="Length">How many symbols.</param>
public readonly record struct MatchingRun(int StartA, int StartB, int Length)
{
    /// <summary>No more than so many runs are looked at, and no more than so many places of one passage: beyond that two texts repeat themselves.</summary>
    private const int MostCandidates = 50_000, MostPlaces = 64;

    /// <summary>Covers two texts with common runs, the longest first; no symbol is covered twice (greedy string tiling).</summary>
    /// <returns>The runs, in the order of the first text.</returns>
    internal static ImmutableArray<MatchingRun> Of(ComparedText a, ComparedText b)
    {
        bool[] coveredA = new bool[a.Tokens.Length], coveredB = new bool[b.Tokens.Length];
        List<MatchingRun> placed = [];
        foreach (MatchingRun run in Candidates(a, b).OrderByDescending(r => r.Length).ThenBy(r => r.StartA).ThenBy(r => r.StartB))
            if (Free(run) is { Length: >= ComparedText.PassageLength } free)
            {
                placed.Add(free);
                coveredA.AsSpan(free.StartA, free.Length).Fill(true);
                coveredB.AsSpan(free.StartB, free.Length).Fill(true);
            }

        return [.. placed.OrderBy(r => r.StartA)];

        // The longest piece of it of which no symbol is covered yet.
        MatchingRun Free(MatchingRun run)
        {
            MatchingRun best = default;
            for (int at = 0, begin = 0; at <= run.Length; at++)
                if (at == run.Length || coveredA[run.StartA + at] || coveredB[run.StartB + at])
                {
                    if (at - begin > best.Length)
                        best = new MatchingRun(run.StartA + begin, run.StartB + begin, at - begin);
                    begin = at + 1;
                }

            return best;
        }
    }

    /// <summary>Every run that cannot be made longer, up to a limit.</summary>
    private static IEnumerable<MatchingRun> Candidates(ComparedText a, ComparedText b)
    {
        Dictionary<ulong, List<int>> places = [];
        for (int j = 0; j < b.PassageAt.Length; j++)
        {
            if (b.PassageAt[j] == CodeTokens.Gap)
                continue;
            if (!places.TryGetValue(b.PassageAt[j], out List<int>? list))
                places[b.PassageAt[j]] = list = [];
            if (list.Count < MostPlaces)
                list.Add(j);
        }

        int found = 0;
        for (int i = 0; i < a.PassageAt.Length && found < MostCandidates; i++)
            foreach (int j in a.PassageAt[i] == CodeTokens.Gap ? [] : places.GetValueOrDefault(a.PassageAt[i], []))
            {
                if (i > 0 && j > 0 && Same(i - 1, j - 1))
                    continue;
                int length = 0;
                while (i + length < a.Tokens.Length && j + length < b.Tokens.Length && Same(i + length, j + length))
                    length++;
                found++;
                yield return new MatchingRun(i, j, length);
            }

        bool Same(int i, int j) => a.Tokens[i].Symbol == b.Tokens[j].Symbol && a.Tokens[i].Symbol != CodeTokens.Gap;
    }
}
