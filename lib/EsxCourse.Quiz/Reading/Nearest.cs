namespace EsxCourse.Quiz.Reading;

// The nearest known word to a misspelt one, by edit distance in which a swap of neighbours counts one. Small words, so the plain table will do.
internal static class Nearest
{
    /// <summary>What to tell the teacher or student who wrote <paramref name="word"/>.</summary>
    public static string Advice(string word, IReadOnlyCollection<string> known)
    {
        string? near = known.Count == 0 ? null : known.MinBy(candidate => Distance(word.ToLowerInvariant(), candidate.ToLowerInvariant()));
        return near is not null && Distance(word.ToLowerInvariant(), near.ToLowerInvariant()) <= Math.Max(2, near.Length / 3)
            ? $"did you mean '{near}'? Known are: {string.Join(", ", known)}"
            : "use one of: " + string.Join(", ", known);
    }

    public static int Distance(string left, string right)
    {
        int[,] cost = new int[left.Length + 1, right.Length + 1];
        for (int i = 0; i <= left.Length; i++)
            cost[i, 0] = i;
        for (int j = 0; j <= right.Length; j++)
            cost[0, j] = j;
        for (int i = 1; i <= left.Length; i++)
            for (int j = 1; j <= right.Length; j++)
            {
                int substitute = cost[i - 1, j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                cost[i, j] = Math.Min(substitute, Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1);
                if (i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1])
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
            }

        return cost[left.Length, right.Length];
    }
}
