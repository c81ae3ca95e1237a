namespace EsxCourse.Quiz.Scoring;

/// <summary>One word of an answer.</summary>
/// <param name="Lower">The word in small letters.</param>
/// <param name="Stem">Its stem.</param>
/// <param name="Start">Where it begins in the text.</param>
/// <param name="End">Where it ends, exclusive.</param>
/// <param name="Sentence">The number of its sentence, from 0.</param>
/// <param name="Clause">The number of its clause, from 0, counted through the answer.</param>
internal sealed record Word(string Lower, string Stem, int Start, int End, int Sentence, int Clause);

// An answer cut into words, clauses and sentences, with the words that stand in the scope of a negation.
//
// A clause ends at , ; : ( ) a dash, an arrow, or a word such as 'because'. A negation reaches from its word ('not', 'never', 'without', the n't of
// "doesn't") to the end of its clause, to 'and', past eight words, or to the first verb of knowing: "does not know that the host paged it out" denies
// the knowing, not the paging. "It is not true that …" denies the whole sentence. 'Not only', 'no matter' deny nothing. This is deliberately a grammar
// of a page, not of English: what it cannot read lowers the confidence, and a human confirms every free-text score anyway.
internal sealed class AnswerText
{
    private const int NegationReach = 8;

    private static readonly HashSet<string> ClauseStarts =
    [
        "but", "because", "so", "while", "whereas", "although", "though", "which", "when", "whenever", "then", "since", "therefore", "if", "however", "unlike",
        "after", "before", "until", "where", "thus", "that's",
    ];

    private static readonly HashSet<string> Negators =
        ["not", "no", "never", "none", "nothing", "nobody", "without", "cannot", "neither", "nor", "hardly", "lack", "lacks", "lacking", "instead", "rather", "unable", "stops", "avoids"];

    private static readonly HashSet<string> Knowing =
        ["know", "realiz", "realis", "awar", "see", "notic", "learn", "tell", "understand", "visibl", "visibil", "idea", "care", "clue", "coordin", "insight", "knowledg", "inform"];

    private static readonly HashSet<string> NegationEnds = ["and", "that", "what", "how", "who", "whose", "why"];

    // By word: the negations in whose scope it stands.
    private readonly List<int>[] negations;

    public AnswerText(string text)
    {
        Text = text;
        Words = Cut(text);
        negations = Negate(Words);
    }

    public string Text { get; }

    public IReadOnlyList<Word> Words { get; }

    public int Sentences => Words.Count == 0 ? 0 : Words[^1].Sentence + 1;

    /// <summary>Whether any of the words from <paramref name="first"/> to <paramref name="last"/> is denied by a word outside of them.</summary>
    /// <remarks>So "no mapping", asked for as such, is not denied by its own "no".</remarks>
    public bool IsNegated(int first, int last) => Enumerable.Range(first, last - first + 1).Any(at => negations[at].Any(by => by < first || by > last));

    /// <summary>The text of the clauses that hold the words from <paramref name="first"/> to <paramref name="last"/>: start and end, exclusive.</summary>
    public (int Start, int End) Clauses(int first, int last)
    {
        while (first > 0 && Words[first - 1].Clause == Words[first].Clause)
            first--;
        while (last + 1 < Words.Count && Words[last + 1].Clause == Words[last].Clause)
            last++;
        return (Words[first].Start, Words[last].End);
    }

    private static List<Word> Cut(string text)
    {
        List<Word> words = [];
        int sentence = 0, clause = 0;
        bool sentenceHasWords = false, clauseHasWords = false;
        for (int at = 0; at < text.Length;)
        {
            if (char.IsLetterOrDigit(text[at]))
            {
                int end = at;
                while (end < text.Length && (char.IsLetterOrDigit(text[end]) || (text[end] is '\'' or '’' && end + 1 < text.Length && char.IsLetter(text[end + 1]))))
                    end++;
                foreach ((string lower, int start, int stop) in Split(text[at..end].ToLowerInvariant().Replace('’', '\''), at))
                {
                    if (ClauseStarts.Contains(lower) && clauseHasWords)
                        clause++;
                    words.Add(new Word(lower, Stemmer.Stem(lower), start, stop, sentence, clause));
                    sentenceHasWords = clauseHasWords = true;
                }

                at = end;
                continue;
            }

            bool endsSentence = (text[at] is '.' or '!' or '?' && (at + 1 == text.Length || char.IsWhiteSpace(text[at + 1]) || text[at + 1] is '"' or ')')) || BeginsBullet(text, at);
            if (endsSentence && sentenceHasWords)
            {
                sentence++;
                clause++;
                sentenceHasWords = clauseHasWords = false;
            }
            else if (clauseHasWords && (text[at] is ',' or ';' or ':' or '(' or ')' or '–' or '—' or '→' or '⇒' or '>' || (text[at] == '-' && at > 0 && text[at - 1] == ' ')))
            {
                clause++;
                clauseHasWords = false;
            }

            at++;
        }

        return words;
    }

    // "doesn't" is 'does' and 'not'; "guest's" is 'guest'; the span of a part is the whole word's.
    private static IEnumerable<(string Lower, int Start, int End)> Split(string word, int start)
    {
        int end = start + word.Length;
        if (word is "can't" or "cant" or "won't" or "cannot")
            return [("can", start, end), ("not", start, end)];
        if (word.EndsWith("n't", StringComparison.Ordinal))
            return [(word[..^3], start, end), ("not", start, end)];
        if (word is "doesnt" or "dont" or "isnt" or "didnt" or "arent" or "wasnt")
            return [(word[..^2], start, end), ("not", start, end)];
        int apostrophe = word.IndexOf('\'', StringComparison.Ordinal);
        return [(apostrophe > 0 ? word[..apostrophe] : word, start, end)];
    }

    private static bool BeginsBullet(string text, int at)
    {
        if (text[at] != '\n')
            return false;
        string rest = text[(at + 1)..].TrimStart(' ', '\t');
        return rest.Length > 0 && (rest[0] is '\n' or '\r' or '*' or '•' || rest.StartsWith("- ", StringComparison.Ordinal) || (char.IsDigit(rest[0]) && rest.Length > 1 && rest[1] is '.' or ')'));
    }

    private static List<int>[] Negate(IReadOnlyList<Word> words)
    {
        List<int>[] negations = [.. words.Select(_ => new List<int>())];
        for (int at = 0; at < words.Count; at++)
        {
            if (!Negators.Contains(words[at].Lower))
                continue;
            string next = at + 1 < words.Count ? words[at + 1].Lower : "";
            string before = at > 0 ? words[at - 1].Lower : "";
            if (next is "only" or "just" or "matter" or "necessarily" or "merely" || (words[at].Lower == "not" && before == "or")
                || (words[at].Lower == "instead" && next != "of") || (words[at].Lower == "rather" && next != "than"))
                continue;
            bool whole = next is "true" or "correct" or "right" || (next == "the" && at + 2 < words.Count && words[at + 2].Lower == "case");
            for (int reached = at + 1; reached < words.Count && words[reached].Sentence == words[at].Sentence; reached++)
            {
                if (!whole && (words[reached].Clause != words[at].Clause || reached > at + NegationReach || NegationEnds.Contains(words[reached].Lower)))
                    break;
                negations[reached].Add(at);
                if (!whole && Knowing.Contains(words[reached].Stem))
                    break;
            }
        }

        return negations;
    }
}
