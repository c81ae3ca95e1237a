using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Scoring;

namespace EsxCourse.Quiz.Reading;

// Reads the rubric of a free-text question: word classes, subjects, concepts and mistakes (see Scoring/Phrase.cs for the phrases).
internal static class RubricReader
{
    public static Rubric Read(YamlMap map)
    {
        map.Allow("fullAt", "subjects", "words", "concepts", "mistakes");
        YamlMap? classes = map.Map("words");
        Lexicon words = new(classes is null ? new Dictionary<string, IReadOnlyList<string>>() : classes.Keys.ToDictionary(name => name, name => classes.Texts(name)));
        IReadOnlyList<string> subjects = map.Texts("subjects", required: false);
        foreach (string subject in subjects)
            if (!words.Classes.Contains(subject))
                throw new BadInputException(map.PlaceOf("subjects"), $"the subject '{subject}' is not among the words", Nearest.Advice(subject, words.Classes));

        List<Concept> concepts = Concepts(map, "concepts", required: true, words, subjects);
        List<Concept> mistakes = Concepts(map, "mistakes", required: false, words, subjects);
        double sum = concepts.Sum(concept => concept.Weight);
        double fullAt = map.Number("fullAt", 0.1, 1000, otherwise: sum);
        if (fullAt > sum)
            throw new BadInputException(map.PlaceOf("fullAt"), $"no answer can reach {fullAt:0.##}: the weights sum to {sum:0.##}", $"write 'fullAt: {sum:0.##}' or less, or add concepts");
        return new Rubric(fullAt, concepts, mistakes) { Words = words, Subjects = subjects };
    }

    private static List<Concept> Concepts(YamlMap rubric, string key, bool required, Lexicon words, IReadOnlyList<string> subjects)
    {
        List<Concept> concepts = [];
        foreach (YamlMap map in rubric.Maps(key, required))
        {
            map.Allow("name", "says", "weight", "phrases");
            string name = map.Text("name", "host-pages-out");
            if (concepts.Any(other => other.Name == name))
                throw new BadInputException(map.PlaceOf("name"), $"the name '{name}' is used twice", "give each concept a name of its own");
            List<Phrase> phrases = [];
            foreach (string source in map.Texts("phrases"))
            {
                Phrase phrase = Phrase.Parse(source, words, unknown =>
                    throw new BadInputException(map.PlaceOf("phrases"), $"'{source}' uses the word class '{unknown}', which is not among the words", Nearest.Advice(unknown, words.Classes)));
                if (phrase.Parts.Count == 0)
                    throw new BadInputException(map.PlaceOf("phrases"), $"'{source}' names nothing to look for", "add words or a <class>");
                if (phrase.Subject is { } subject && !subjects.Contains(subject))
                    throw new BadInputException(map.PlaceOf("phrases"), $"'@{subject}' is not among the subjects", Nearest.Advice(subject, subjects));
                phrases.Add(phrase);
            }

            concepts.Add(new Concept(name, map.Text("says", "the idea as one sentence"), map.Number("weight", 0.1, 100, "1")) { Phrases = phrases });
        }

        return concepts;
    }
}
