namespace EsxCourse.Quiz.Scoring;

// One way of putting an idea, as a rubric writes it, for example
//
//   @guest <page-out> same|that page      the guest is spoken of; the three parts stand together, in any order
//   <read-back> > <write-again>           the second part follows the first
//   <guest> -<know>                       'know' must be denied
//   ~<share>                              denied or not, both will do
//
// A part is a class in angle brackets or words separated by |; _ joins words that follow each other. A part that is not marked must not be denied.
internal sealed record Phrase(string Source, string? Subject, IReadOnlyList<PhrasePart> Parts)
{
    /// <summary>Reads a phrase; a class that the lexicon lacks is handed to <paramref name="unknownClass"/>.</summary>
    public static Phrase Parse(string source, Lexicon words, Action<string> unknownClass)
    {
        string? subject = null;
        List<PhrasePart> parts = [];
        bool follows = false;
        foreach (string token in source.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (token == ">")
            {
                follows = true;
                continue;
            }

            if (token[0] == '@')
            {
                subject = Known(token[1..]);
                continue;
            }

            Polarity polarity = token[0] switch { '-' => Polarity.Denied, '~' => Polarity.Either, _ => Polarity.Said };
            string body = polarity == Polarity.Said ? token : token[1..];
            parts.Add(body.StartsWith('<') && body.EndsWith('>')
                ? new PhrasePart(Known(body[1..^1]), [], polarity, follows)
                : new PhrasePart(null, [.. body.Split('|').Select(Lexicon.Stems)], polarity, follows));
            follows = false;
        }

        return new Phrase(source, subject, parts);

        string Known(string name)
        {
            if (!words.Classes.Contains(name))
                unknownClass(name);
            return name;
        }
    }
}

/// <summary>How a part of a phrase must stand in the answer.</summary>
internal enum Polarity
{
    /// <summary>Not denied.</summary>
    Said,

    /// <summary>Denied: "does not know".</summary>
    Denied,

    /// <summary>Either.</summary>
    Either,
}

/// <summary>One part: a word class, or words.</summary>
internal sealed record PhrasePart(string? Class, IReadOnlyList<string[]> Entries, Polarity Polarity, bool Follows)
{
    public IEnumerable<(int First, int Last)> Occurrences(Lexicon words, IReadOnlyList<Word> text) =>
        Class is not null ? words.Occurrences(Class, text) : Entries.SelectMany(entry => Lexicon.Occurrences(entry, text));
}
