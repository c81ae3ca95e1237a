namespace EsxCourse.Quiz.Scoring;

// Porter's stemmer (M. F. Porter, "An algorithm for suffix stripping", Program 14(3), 1980), so that 'inflates', 'inflated' and 'inflating' are one
// word to a rubric; before it, the irregular verbs that answers about paging use. Steps 1 to 5 in the order of the paper; m is his measure, the
// number of vowel-consonant groups of a stem. Words of one or two letters stay as they are.
internal static class Stemmer
{
    private static readonly Dictionary<string, string> Irregular = new()
    {
        ["wrote"] = "write",
        ["written"] = "write",
        ["took"] = "take",
        ["taken"] = "take",
        ["gave"] = "give",
        ["given"] = "give",
        ["chose"] = "choose",
        ["chosen"] = "choose",
        ["knew"] = "know",
        ["known"] = "know",
        ["thought"] = "think",
        ["kept"] = "keep",
        ["brought"] = "bring",
        ["got"] = "get",
        ["gotten"] = "get",
        ["lost"] = "lose",
        ["saw"] = "see",
        ["seen"] = "see",
        ["ran"] = "run",
        ["done"] = "do",
        ["did"] = "do",
        ["does"] = "do",
        ["has"] = "have",
        ["had"] = "have",
        ["was"] = "be",
        ["is"] = "be",
        ["are"] = "be",
        ["were"] = "be",
        ["been"] = "be",
        ["threw"] = "throw",
        ["thrown"] = "throw",
        ["went"] = "go",
        ["gone"] = "go",
        ["came"] = "come",
        ["told"] = "tell",
        ["bypasses"] = "bypass",
        ["oses"] = "os",
        ["stored"] = "store",
        ["stores"] = "store",
        ["storing"] = "store",
        ["memories"] = "memory",
        ["said"] = "say",
        ["held"] = "hold",
        ["sent"] = "send",
        ["shrank"] = "shrink",
        ["shrunk"] = "shrink",
        ["grew"] = "grow",
        ["grown"] = "grow",
        ["made"] = "make",
        ["found"] = "find",
        ["built"] = "build",
    };

    private static readonly (string Suffix, string Then)[] Step2 =
    [
        ("ational", "ate"), ("tional", "tion"), ("enci", "ence"), ("anci", "ance"), ("izer", "ize"), ("abli", "able"), ("alli", "al"), ("entli", "ent"),
        ("eli", "e"), ("ousli", "ous"), ("ization", "ize"), ("ation", "ate"), ("ator", "ate"), ("alism", "al"), ("iveness", "ive"), ("fulness", "ful"),
        ("ousness", "ous"), ("aliti", "al"), ("iviti", "ive"), ("biliti", "ble"),
    ];

    private static readonly (string Suffix, string Then)[] Step3 =
        [("icate", "ic"), ("ative", ""), ("alize", "al"), ("iciti", "ic"), ("ical", "ic"), ("ful", ""), ("ness", "")];

    private static readonly string[] Step4 =
        ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "ion", "al", "er", "ic", "ou"];

    /// <summary>The stem of a word in small letters.</summary>
    public static string Stem(string word)
    {
        if (Irregular.TryGetValue(word, out string? regular))
            word = regular;
        if (word.Length <= 2 || word.Any(letter => letter is < 'a' or > 'z'))
            return word;
        word = Endings(word);
        word = Replace(Replace(word, Step2), Step3);
        foreach (string suffix in Step4)
            if (word.EndsWith(suffix, StringComparison.Ordinal))
            {
                string stem = word[..^suffix.Length];
                if (Measure(stem) > 1 && (suffix != "ion" || stem[^1] is 's' or 't'))
                    word = stem;
                break;
            }

        if (word[^1] == 'e' && (Measure(word[..^1]) > 1 || (Measure(word[..^1]) == 1 && !EndsShort(word[..^1]))))
            word = word[..^1];
        return word.EndsWith("ll", StringComparison.Ordinal) && Measure(word) > 1 ? word[..^1] : word;
    }

    // Step 1: plurals, -ed, -ing, and y to i.
    private static string Endings(string word)
    {
        if (word.EndsWith("sses", StringComparison.Ordinal) || word.EndsWith("ies", StringComparison.Ordinal))
            word = word[..^2];
        else if (word[^1] == 's' && word[^2] != 's')
            word = word[..^1];

        if (word.EndsWith("eed", StringComparison.Ordinal))
            word = Measure(word[..^3]) > 0 ? word[..^1] : word;
        else if (word.EndsWith("ed", StringComparison.Ordinal) && HasVowel(word[..^2]))
            word = Mend(word[..^2]);
        else if (word.EndsWith("ing", StringComparison.Ordinal) && HasVowel(word[..^3]))
            word = Mend(word[..^3]);
        return word.Length > 2 && word[^1] == 'y' && HasVowel(word[..^1]) ? word[..^1] + "i" : word;
    }

    private static string Mend(string stem) =>
        stem.EndsWith("at", StringComparison.Ordinal) || stem.EndsWith("bl", StringComparison.Ordinal) || stem.EndsWith("iz", StringComparison.Ordinal) ? stem + "e"
        : stem.Length > 1 && stem[^1] == stem[^2] && !IsVowel(stem, stem.Length - 1) && stem[^1] is not ('l' or 's' or 'z') ? stem[..^1]
        : Measure(stem) == 1 && EndsShort(stem) ? stem + "e"
        : stem;

    private static string Replace(string word, (string Suffix, string Then)[] rules)
    {
        foreach ((string suffix, string then) in rules)
            if (word.EndsWith(suffix, StringComparison.Ordinal))
                return Measure(word[..^suffix.Length]) > 0 ? word[..^suffix.Length] + then : word;
        return word;
    }

    private static bool IsVowel(string word, int at) =>
        word[at] is 'a' or 'e' or 'i' or 'o' or 'u' || (word[at] == 'y' && at > 0 && !IsVowel(word, at - 1));

    private static bool HasVowel(string stem) => Enumerable.Range(0, stem.Length).Any(at => IsVowel(stem, at));

    private static int Measure(string stem)
    {
        int measure = 0;
        for (int at = 1; at < stem.Length; at++)
            if (IsVowel(stem, at - 1) && !IsVowel(stem, at))
                measure++;
        return measure;
    }

    // Consonant, vowel, consonant, the last not w, x or y: 'hop', not 'how'.
    private static bool EndsShort(string stem) =>
        stem.Length >= 3 && !IsVowel(stem, stem.Length - 1) && IsVowel(stem, stem.Length - 2) && !IsVowel(stem, stem.Length - 3) && stem[^1] is not ('w' or 'x' or 'y');
}
