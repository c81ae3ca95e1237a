using System.Globalization;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

/// <summary>Reads questions from Moodle's GIFT format.</summary>
/// <remarks>
/// Choices, numbers with tolerance, matchings, short answers (as gaps), true and false, and essays (without a rubric, so they are refused: a rubric has to be
/// written here). What <see cref="GiftWriter"/> writes comes back with type, options, answers, tolerance and feedback; citations are found again at the end
/// of the general feedback.
/// </remarks>
public static class GiftReader
{
    internal const string NoReason = "No explanation was given.";

    /// <summary>Reads a GIFT file.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="gift">Its text.</param>
    /// <exception cref="BadInputException">A question cannot be read; says the line and what to do.</exception>
    public static IReadOnlyList<QuizItem> Read(string file, string gift)
    {
        List<QuizItem> items = [];
        string[] lines = gift.Replace("\r", "", StringComparison.Ordinal).Split('\n');
        for (int at = 0; at < lines.Length;)
        {
            if (lines[at].Trim().Length == 0 || lines[at].StartsWith("//", StringComparison.Ordinal) || lines[at].StartsWith("$CATEGORY", StringComparison.Ordinal))
            {
                at++;
                continue;
            }

            int end = at;
            while (end < lines.Length && lines[end].Trim().Length > 0)
                end++;
            items.Add(Question($"{file}:{at + 1}", string.Join("\n", lines[at..end].Where(line => !line.StartsWith("//", StringComparison.Ordinal))), items.Count + 1));
            at = end;
        }

        return items.Count > 0 ? items : throw new BadInputException(file, "holds no question", "give a GIFT file such as 'esx quiz export --format gift' writes");
    }

    private static QuizItem Question(string place, string text, int number)
    {
        string id = $"imported-{number}";
        if (text.StartsWith("::", StringComparison.Ordinal) && Find(text, "::", 2) is > 0 and int close)
        {
            string title = Plain(text[2..close]);
            id = string.Join('-', string.Concat(title.ToLowerInvariant().Select(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) ? letter : ' ')).Split(' ', StringSplitOptions.RemoveEmptyEntries));
            text = text[(close + 2)..];
        }

        int open = Find(text, "{", 0), shut = open < 0 ? -1 : Find(text, "}", open);
        if (shut < 0)
            throw new BadInputException(place, "a question without { and }", "put its answers in braces, and leave a blank line between questions only");
        (string before, string answers, string after) = (Plain(text[..open]), text[(open + 1)..shut].Trim(), Plain(text[(shut + 1)..]));
        int general = Find(answers, "####", 0);
        (string explanation, IReadOnlyList<Citation> cites) = Sources(general < 0 ? NoReason : Plain(answers[(general + 4)..]));
        answers = general < 0 ? answers : answers[..general].Trim();
        if (answers.Length == 0)
            throw new BadInputException(place, "an essay, which has no rubric", "write it as a 'free-text' question with a rubric");
        string ask = after.Length == 0 ? before : $"{before} {FillInItem.Gap} {after}";
        if (answers[0] == '#')
            return Numeric(place, id, before, answers[1..], explanation, cites);
        if (answers.ToUpperInvariant() is "T" or "TRUE" or "F" or "FALSE")
        {
            bool isTrue = char.ToUpperInvariant(answers[0]) == 'T';
            return new ChoiceItem(id, ask, 1, false, [new("True", isTrue, explanation), new("False", !isTrue, explanation)], explanation, cites);
        }

        List<(char Sign, string Body)> parts = Parts(answers);
        if (parts.Count == 0)
            throw new BadInputException(place, "answers that begin neither with = nor with ~", "mark each answer with = (right) or ~ (wrong)");
        if (parts.All(part => Find(part.Body, "->", 0) >= 0))
            return Matching(place, id, before, parts, explanation, cites);
        if (parts.All(part => part.Sign == '='))
            return Gap(id, before, after, parts, explanation, cites);
        Option[] options = [.. parts.Select(part => Option(part.Sign, part.Body))];
        bool several = parts.All(part => part.Sign == '~');
        if (options.Count(option => option.Right) is int rights && (several ? rights == 0 : rights != 1))
            throw new BadInputException(place, $"{rights} right options", "mark the one right option with =, or all options with ~%WEIGHT%");
        return new ChoiceItem(id, ask, 1, several, options, explanation, cites);
    }

    private static NumericItem Numeric(string place, string id, string ask, string answers, string explanation, IReadOnlyList<Citation> cites)
    {
        double? answer = null;
        double tolerance = 0;
        int decimals = 0;
        List<Trap> traps = [];
        List<(char Sign, string Body)> parts = answers.Trim().StartsWith('=') || answers.Trim().StartsWith('~') ? Parts(answers) : [('=', answers)];
        foreach ((_, string part) in parts)
        {
            (double weight, string body, string why) = Weighted(part);
            string[] pieces = body.Split(':');
            if (!double.TryParse(pieces[0], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                throw new BadInputException(place, $"'{pieces[0].Trim()}' is not a number", "write {#NUMBER:TOLERANCE}");
            double allowed = pieces.Length > 1 && double.TryParse(pieces[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double given) ? given : 0;
            if (weight > 0 && answer is null)
            {
                (answer, tolerance) = (value, allowed);
                decimals = allowed == 0 ? 0 : Math.Clamp((int)Math.Floor(-Math.Log10(allowed / 1.5) + 1e-9), 0, 9);
            }
            else
            {
                int colon = why.IndexOf(": ", StringComparison.Ordinal);
                traps.Add(colon > 0 ? new Trap(value, why[..colon], why[(colon + 2)..]) : new Trap(value, "a known mistake", why.Length > 0 ? why : NoReason));
            }
        }

        return answer is { } right
            ? new NumericItem(id, ask, 1, right, decimals, tolerance, "", traps, explanation, cites)
            : throw new BadInputException(place, "a number without a right answer", "write {#NUMBER:TOLERANCE}");
    }

    private static QuizItem Matching(string place, string id, string ask, List<(char Sign, string Body)> parts, string explanation, IReadOnlyList<Citation> cites)
    {
        Pair[] pairs = [.. parts.Select(part => (part.Body, Arrow: Find(part.Body, "->", 0))).Select(part => new Pair(Plain(part.Body[..part.Arrow]), Plain(part.Body[(part.Arrow + 2)..]), explanation))];
        if (pairs.Length < 2)
            throw new BadInputException(place, "a matching with one pair", "give at least two");
        return pairs.Length >= 3 && pairs.Select((pair, at) => pair.Left == $"place {at + 1}").All(same => same)
            ? new OrderingItem(id, ask, 1, [.. pairs.Select(pair => pair.Right)], explanation, cites)
            : new MatchingItem(id, ask, 1, pairs, explanation, cites);
    }

    private static FillInItem Gap(string id, string before, string after, List<(char Sign, string Body)> parts, string explanation, IReadOnlyList<Citation> cites)
    {
        (double Weight, string Body, string Why)[] accepted = [.. parts.Select(part => Weighted(part.Body)).Where(part => part.Weight > 0)];
        string gap = before.Length == 0 || before.EndsWith(' ') ? "" : " ";
        string tail = after.Length == 0 || after[0] is '.' or ',' or ';' or ':' or '?' or '!' or ')' ? after : " " + after;
        return new FillInItem(id, $"{before}{gap}{FillInItem.Gap}{tail}", 1, [new Blank([.. accepted.Select(part => Plain(part.Body))], accepted[0].Why.Length > 0 ? accepted[0].Why : explanation)], explanation, cites);
    }

    private static Option Option(char sign, string body)
    {
        (double weight, string text, string why) = Weighted(body);
        return new Option(Plain(text), sign == '=' || (body.StartsWith('%') && weight > 0), why.Length > 0 ? why : NoReason);
    }

    // "%50%text#feedback": weight in percent (100 if none is given), text, feedback.
    private static (double Weight, string Body, string Why) Weighted(string part)
    {
        double weight = 100;
        if (part.StartsWith('%') && part.IndexOf('%', 1) is > 0 and int close && double.TryParse(part[1..close], NumberStyles.Float, CultureInfo.InvariantCulture, out double given))
            (weight, part) = (given, part[(close + 1)..]);
        int feedback = Find(part, "#", 0);
        return feedback < 0 ? (weight, part.Trim(), "") : (weight, part[..feedback].Trim(), Plain(part[(feedback + 1)..]));
    }

    private static List<(char Sign, string Body)> Parts(string answers)
    {
        List<(char, string)> parts = [];
        int start = -1;
        for (int at = 0; at <= answers.Length; at++)
        {
            if (at < answers.Length && answers[at] == '\\')
            {
                at++;
                continue;
            }

            if (at < answers.Length && answers[at] is not ('=' or '~'))
                continue;
            if (start >= 0)
                parts.Add((answers[start], answers[(start + 1)..at].Trim()));
            start = at;
        }

        return parts;
    }

    // The next place of a mark that no backslash escapes, or -1.
    private static int Find(string text, string mark, int from)
    {
        for (int at = from; at + mark.Length <= text.Length; at++)
        {
            if (text[at] == '\\')
                at++;
            else if (string.CompareOrdinal(text, at, mark, 0, mark.Length) == 0)
                return at;
        }

        return -1;
    }

    private static string Plain(string text)
    {
        StringBuilder plain = new();
        text = text.Trim();
        for (int at = 0; at < text.Length; at++)
            plain.Append(text[at] != '\\' || at + 1 == text.Length ? text[at] : text[++at] == 'n' ? '\n' : text[at]);
        return plain.ToString().Trim();
    }

    // "… (slide “Tax example”; OSDI '02 §5.2)" is an explanation and its sources.
    internal static (string Explanation, IReadOnlyList<Citation> Cites) Sources(string text)
    {
        int open = text.LastIndexOf(" (", StringComparison.Ordinal);
        if (open < 0 || !text.EndsWith(')'))
            return (text, []);
        List<Citation> cites = [];
        foreach (string shown in text[(open + 2)..^1].Split("; "))
        {
            string written = shown.StartsWith("slide “", StringComparison.Ordinal) ? "slide: " + shown["slide “".Length..].TrimEnd('”') : shown.Replace("OSDI '02 §", "§", StringComparison.Ordinal);
            if (Citation.Parse(written, out _) is not { } cite)
                return (text, []);
            cites.Add(cite);
        }

        return (text[..open], cites);
    }
}
