namespace EsxCourse.Quiz.Scoring;

/// <summary>Where a phrase stands in an answer.</summary>
/// <param name="First">Its first word.</param>
/// <param name="Last">Its last word.</param>
/// <param name="Denied">It stands there, but denied where the rubric wants it said, or the other way round.</param>
/// <param name="Weak">It is spread over two sentences.</param>
internal sealed record Sighting(int First, int Last, bool Denied, bool Weak);

// Looks for a rubric's phrases in one answer. All parts must stand in one sentence within a reach of words; failing that, in two neighbouring
// sentences (weak). Of all ways to place the parts, the shortest wins. Who is spoken of ("@guest") is the last of the rubric's subjects named before
// the place, looked for first in the same clause, unless the clause names exactly one, or a "by the host" follows.
internal sealed class PhraseFinder(AnswerText text, Lexicon words, IReadOnlyList<string> subjects)
{
    private const int Reach = 24;
    private const int FollowsWithin = 10;

    private readonly List<(int First, int Last, string Subject)> named =
        [.. subjects.SelectMany(subject => words.Occurrences(subject, text.Words).Select(at => (at.First, at.Last, subject))).OrderBy(mention => mention.First)];

    /// <summary>The shortest place where the phrase stands, or where it stands denied, or null.</summary>
    public Sighting? Find(Phrase phrase, Func<int, bool> ignored)
    {
        List<(int First, int Last)>[] places = [.. phrase.Parts.Select(part => part.Occurrences(words, text.Words).Where(at => !ignored(at.First)).ToList())];
        if (places.Any(place => place.Count == 0))
            return null;
        return Best(phrase, places, apart: 0, weak: false, denied: false)
            ?? Best(phrase, places, apart: 1, weak: true, denied: false)
            ?? Best(phrase, places, apart: 0, weak: false, denied: true);
    }

    private Sighting? Best(Phrase phrase, List<(int First, int Last)>[] places, int apart, bool weak, bool denied)
    {
        (int First, int Last)[] chosen = new (int, int)[places.Length];
        Sighting? best = null;
        Place(0);
        return best;

        void Place(int part)
        {
            if (part == places.Length)
            {
                int first = chosen.Min(at => at.First), last = chosen.Max(at => at.Last);
                if (last - first < Reach && text.Words[last].Sentence - text.Words[first].Sentence <= apart
                    && (best is null || last - first < best.Last - best.First) && SpeaksOf(phrase.Subject, chosen[0]) && Polarity(phrase, chosen) == !denied)
                    best = new Sighting(first, last, denied, weak);
                return;
            }

            foreach ((int First, int Last) at in places[part])
            {
                if (phrase.Parts[part].Follows && (at.First <= chosen[part - 1].Last || at.First - chosen[part - 1].Last > FollowsWithin))
                    continue;
                if (Enumerable.Range(0, part).Any(other => at.First <= chosen[other].Last && chosen[other].First <= at.Last))
                    continue;
                chosen[part] = at;
                Place(part + 1);
            }
        }
    }

    private bool Polarity(Phrase phrase, (int First, int Last)[] chosen)
    {
        for (int part = 0; part < chosen.Length; part++)
        {
            bool denied = text.IsNegated(chosen[part].First, chosen[part].Last);
            if (phrase.Parts[part].Polarity is Scoring.Polarity.Said && denied || phrase.Parts[part].Polarity is Scoring.Polarity.Denied && !denied)
                return false;
        }

        return true;
    }

    private bool SpeaksOf(string? subject, (int First, int Last) at)
    {
        if (subject is null)
            return true;
        int clause = text.Words[at.First].Clause, sentence = text.Words[at.First].Sentence;
        foreach ((int first, _, string name) in named)
            if (first > at.Last && first <= at.Last + 4 && text.Words[first].Clause == clause && Enumerable.Range(at.Last, first - at.Last).Any(word => text.Words[word].Lower is "by" or "in" or "under"))
                return name == subject;
        string[] here = [.. named.Where(mention => text.Words[mention.First].Clause == clause).Select(mention => mention.Subject).Distinct()];
        if (here.Length == 1)
            return here[0] == subject;
        var before = named.Where(mention => mention.First <= at.Last).ToList();
        if (before.Count > 0)
            return before[^1].Subject == subject;
        return named.Count > 0 && text.Words[named[0].First].Sentence == sentence && named[0].Subject == subject;
    }
}
