namespace EsxCourse.Quiz.Scoring;

// The word classes of a rubric: <host> stands for 'hypervisor', 'VMM', 'ESX server' … One entry is a run of words; a * in it stands for up to four
// words of any kind, so that 'page * out' finds "pages a cold page out". Everything is compared by stem, and a word of seven letters or more may
// have one slip of the pen after its first letter.
internal sealed class Lexicon(IReadOnlyDictionary<string, IReadOnlyList<string>> classes)
{
    private const int Gap = 4;
    private const int LettersForASlip = 7;

    private readonly Dictionary<string, string[][]> entries = classes.ToDictionary(pair => pair.Key, pair => pair.Value.Select(Stems).ToArray());

    public static Lexicon Empty { get; } = new(new Dictionary<string, IReadOnlyList<string>>());

    public IReadOnlyCollection<string> Classes => entries.Keys;

    public static string[] Stems(string entry) =>
        [.. entry.ToLowerInvariant().Split([' ', '-', '_'], StringSplitOptions.RemoveEmptyEntries).Select(word => word == "*" ? "*" : Stemmer.Stem(word))];

    /// <summary>Every place where a class occurs: first and last word.</summary>
    public IEnumerable<(int First, int Last)> Occurrences(string name, IReadOnlyList<Word> words) => entries[name].SelectMany(entry => Occurrences(entry, words));

    public static IEnumerable<(int First, int Last)> Occurrences(string[] entry, IReadOnlyList<Word> words)
    {
        for (int at = 0; at < words.Count; at++)
            if (Fits(entry, 0, words, at, at) is int last)
                yield return (at, last);
    }

    private static int? Fits(string[] entry, int part, IReadOnlyList<Word> words, int at, int first)
    {
        if (part == entry.Length)
            return at - 1;
        if (entry[part] == "*")
        {
            for (int skip = 0; skip <= Gap; skip++)
                if (Fits(entry, part + 1, words, at + skip, first) is int last)
                    return last;
            return null;
        }

        return at < words.Count && words[at].Sentence == words[first].Sentence && Same(entry[part], words[at].Stem) ? Fits(entry, part + 1, words, at + 1, first) : null;
    }

    private static bool Same(string stem, string word) =>
        stem == word
        || (stem.Length >= LettersForASlip && word.Length >= LettersForASlip - 1 && stem[0] == word[0] && Math.Abs(stem.Length - word.Length) <= 1
            && Reading.Nearest.Distance(stem, word) == 1);
}
