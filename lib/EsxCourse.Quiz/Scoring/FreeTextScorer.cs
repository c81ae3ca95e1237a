using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Scoring;

// Scores one free-text answer against its rubric: deterministic, explainable, and never the last word, since a human confirms it.
//
//   points = (sum of weights found - sum of mistakes) / FullAt x points, in halves, from 0 to the question's points
//
// What does not earn: a sentence that only repeats the question; a list of keywords that is no sentence; a concept that is denied. An answer with a
// mistake in it is never full.
internal static class FreeTextScorer
{
    // A sentence has about four small words in ten. A list of keywords has hardly any, or is cut up by commas.
    private const double FewSmallWords = 0.12;
    private const int WordsOfASentence = 6;

    // Notes say something where a list of keywords does not: most of their clauses have a subject and a verb that is inflected for it ("guest evicts").
    private const int WordsToAVerb = 8;
    private const double MostForHeadedNotes = 0.8;

    // Only forms that are no plural of a noun: "faults", "traps", "pages" and "shares" tell nothing.
    private static readonly HashSet<string> Verbs =
    [
        "swaps", "evicts", "picks", "chooses", "selects", "decides", "allocates", "pins", "reclaims", "takes", "gives", "gets", "uses", "keeps", "makes", "needs", "frees", "feels", "sees", "knows",
        "thinks", "overcommits", "validates", "intercepts", "touches", "tells", "asks", "inflates", "deflates", "lets", "wants", "brings", "puts", "goes", "translates", "modifies", "bypasses", "removes",
        "protects", "steals", "hands", "returns", "loads", "backs", "runs", "interposes", "partitions", "grabs", "dedups", "multiplexes", "swapped", "evicted", "allocated", "reclaimed", "taken", "given",
        "modified", "mapped", "read", "written", "paged",
    ];

    private static readonly HashSet<string> SmallWords =
    [
        "a", "an", "the", "of", "to", "in", "on", "at", "by", "for", "from", "with", "and", "or", "but", "so", "then", "than", "that", "this", "these", "those", "it", "its",
        "is", "are", "was", "be", "been", "has", "have", "had", "do", "does", "did", "can", "could", "will", "would", "may", "must", "should", "not", "no", "they", "their",
        "them", "he", "we", "you", "i", "as", "if", "when", "while", "which", "what", "who", "how", "because", "since", "there", "also", "only", "just", "into", "out", "up",
        "again", "both", "each", "other", "any", "all", "some", "more", "most", "such", "after", "before", "later", "now", "already", "about", "own", "same", "very", "back",
        "where", "via", "even", "too", "still", "whereas", "without", "being", "one", "another", "behind", "over", "until", "happen", "happens", "happened",
    ];

    public static QuestionScore Score(FreeTextItem item, string answer)
    {
        AnswerText text = new(answer);
        List<string> remarks = [];
        HashSet<int> copied = Copied(text, item.Ask);
        if (copied.Count > 0)
            remarks.Add(copied.Count == text.Sentences ? "The answer only repeats the question." : "A sentence that only repeats the question does not count.");
        bool keywords = IsKeywordList(text);
        // Under headings ("Xen: …  ESX: …") even words without a verb say of whom they hold. That is worth points, but not all.
        bool headed = keywords && IsHeaded(text, item.Rubric);
        if (headed)
        {
            keywords = false;
            remarks.Add("Notes under headings; sentences would say more.");
        }

        if (keywords)
            remarks.Add("This is a list of keywords, not an answer in sentences.");

        PhraseFinder finder = new(text, item.Rubric.Words, item.Rubric.Subjects);
        List<FoundConcept> found = [], mistakes = [];
        List<Concept> missed = [];
        int weak = 0, denied = 0;
        foreach (Concept concept in item.Rubric.Concepts)
        {
            Sighting? sighting = keywords ? null : Sight(concept);
            if (sighting is { Denied: false })
            {
                found.Add(Evidence(concept, sighting));
                weak += sighting.Weak ? 1 : 0;
                continue;
            }

            missed.Add(concept);
            if (sighting is { Denied: true })
            {
                denied++;
                remarks.Add($"Seems to deny: {concept.Says}");
            }
        }

        foreach (Concept mistake in item.Rubric.Mistakes)
            if (!keywords && Sight(mistake) is { Denied: false, Weak: false } sighting)
                mistakes.Add(Evidence(mistake, sighting));

        double weight = Math.Max(0, found.Sum(concept => concept.Concept.Weight) - mistakes.Sum(mistake => mistake.Concept.Weight));
        double points = Math.Round(Math.Min(1, weight / item.Rubric.FullAt) * item.Points * 2, MidpointRounding.AwayFromZero) / 2;
        if (mistakes.Count > 0)
            points = Math.Min(points, item.Points - 0.5);
        if (headed)
            points = Math.Min(points, Math.Floor(item.Points * MostForHeadedNotes * 2) / 2);
        return new QuestionScore(item, answer, points, item.Points, found, missed, mistakes, remarks, Confidence(), NeedsConfirmation: true);

        Sighting? Sight(Concept concept) => concept.Phrases
            .Select(phrase => finder.Find(phrase, at => copied.Contains(text.Words[at].Sentence)))
            .OfType<Sighting>().OrderBy(sighting => sighting.Denied).ThenBy(sighting => sighting.Weak).ThenBy(sighting => sighting.First).FirstOrDefault();

        FoundConcept Evidence(Concept concept, Sighting sighting)
        {
            (int start, int end) = text.Clauses(sighting.First, sighting.Last);
            return new FoundConcept(concept, start, end - start, answer[start..end]);
        }

        // Sure of an empty answer; unsure where the grammar is at its end: two sentences, denials, mistakes, or many words without a concept.
        double Confidence()
        {
            if (text.Words.Count == 0)
                return 1;
            double doubt = 0.1 + (0.1 * weak) + (0.15 * denied) + (0.1 * mistakes.Count) + (keywords || headed ? 0.3 : 0) + (copied.Count > 0 ? 0.1 : 0);
            double conceptsPerSentence = (found.Count + mistakes.Count) / (double)Math.Max(1, text.Sentences - copied.Count);
            if (!keywords && conceptsPerSentence < 0.7 && text.Words.Count >= 12)
                doubt += 0.3 * (1 - conceptsPerSentence);
            return Math.Round(Math.Clamp(1 - doubt, 0.1, 1), 2);
        }
    }

    // A sentence all of whose words of content stand in the question.
    private static HashSet<int> Copied(AnswerText text, string question)
    {
        HashSet<string> asked = [.. new AnswerText(question).Words.Select(word => word.Stem)];
        return [.. text.Words.GroupBy(word => word.Sentence)
            .Where(sentence => sentence.Where(word => !SmallWords.Contains(word.Lower)).All(word => asked.Contains(word.Stem)))
            .Where(sentence => sentence.Count() >= 4)
            .Select(sentence => sentence.Key)];
    }

    private static bool IsKeywordList(AnswerText text)
    {
        if (text.Words.Count < WordsOfASentence)
            return false;
        // Verb upon verb is a list, whatever stands between.
        if (Enumerable.Range(2, text.Words.Count - 2).Any(at => Verbs.Contains(text.Words[at].Lower) && Verbs.Contains(text.Words[at - 1].Lower) && Verbs.Contains(text.Words[at - 2].Lower)))
            return true;
        double small = text.Words.Count(word => SmallWords.Contains(word.Lower)) / (double)text.Words.Count;
        double clauses = (text.Words[^1].Clause + 1) / (double)text.Words.Count;
        return (small < FewSmallWords || (small < 2 * FewSmallWords && clauses > 0.3)) && !IsNotes(text);
    }

    // Two of the question's subjects stand before a colon, a dash or an equals sign.
    private static bool IsHeaded(AnswerText text, Rubric rubric) =>
        rubric.Subjects.Count(subject => rubric.Words.Occurrences(subject, text.Words)
            .Any(at => text.Text[text.Words[at.Last].End..].TrimStart(' ') is [':' or '-' or '–' or '—' or '=', ..])) >= 2;

    private static bool IsNotes(AnswerText text)
    {
        int verbs = 0, clausesThatSay = 0, clauses = 0;
        foreach (IGrouping<int, Word> clause in text.Words.GroupBy(word => word.Clause).Where(clause => clause.Count() >= 3))
        {
            // A subject before it, something after it, and no second verb beside it.
            Word[] words = [.. clause];
            int said = Enumerable.Range(1, words.Length - 2).Count(at => Verbs.Contains(words[at].Lower) && !Verbs.Contains(words[at - 1].Lower) && !Verbs.Contains(words[at + 1].Lower));
            verbs += said;
            clauses++;
            clausesThatSay += said > 0 ? 1 : 0;
        }

        return verbs > 0 && 2 * clausesThatSay >= clauses && text.Words.Count <= WordsToAVerb * verbs;
    }
}
