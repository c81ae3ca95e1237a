using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Scoring;

// Scores the questions whose answers can be compared: choices, numbers, pairs, orders, gaps. The question must be as the student saw it (after Vary),
// since letters count in the order shown. Each judged part comes back as feedback: what was answered, whether it is right, and why.
internal static class ClosedScorer
{
    public static QuestionScore Score(QuizItem item, string answer)
    {
        List<Feedback> feedback = [];
        List<string> remarks = [];
        double fraction = answer.Trim().Length == 0 ? 0 : item switch
        {
            ChoiceItem choice => Choice(choice, answer, feedback, remarks),
            NumericItem numeric => Numeric(numeric, answer, feedback, remarks),
            MatchingItem matching => Matching(matching, answer, feedback, remarks),
            OrderingItem ordering => Ordering(ordering, answer, feedback, remarks),
            FillInItem fillIn => FillIn(fillIn, answer, feedback),
            _ => throw new ArgumentException($"'{item.Id}' has no answer before its numbers are drawn: call Vary first.", nameof(item)),
        };
        return new QuestionScore(item, answer, Math.Round(fraction * item.Points, 4), item.Points, [], [], [], remarks, Confidence: 1, NeedsConfirmation: false) { Feedback = feedback };
    }

    private static double Choice(ChoiceItem item, string answer, List<Feedback> feedback, List<string> remarks)
    {
        int[] chosen = [.. Letters(answer, item.Options.Count, remarks)];
        if (!item.Several && chosen.Length > 1)
        {
            remarks.Add("Only one letter can be chosen here.");
            return 0;
        }

        foreach (int at in chosen)
            feedback.Add(new Feedback(item.Options[at].Text, item.Options[at].Right, item.Cited(item.Options[at].Why, item.Options[at].Source)));
        if (!item.Several)
            return chosen.Length == 1 && item.Options[chosen[0]].Right ? 1 : 0;
        int rights = item.Options.Count(option => option.Right), hit = chosen.Count(at => item.Options[at].Right), miss = chosen.Length - hit;
        foreach (Option option in item.Options.Where((option, at) => option.Right && !chosen.Contains(at)))
            feedback.Add(new Feedback($"not chosen: {option.Text}", false, item.Cited(option.Why, option.Source)));
        bool all = hit == rights && miss == 0;
        return item.Credit switch
        {
            Credit.All => all ? 1 : 0,
            Credit.Each => chosen.Length == 0 ? 0 : (hit + (item.Options.Count - rights - miss)) / (double)item.Options.Count,
            _ => Math.Max(0, (hit - miss) / (double)rights),
        };
    }

    private static double Numeric(NumericItem item, string answer, List<Feedback> feedback, List<string> remarks)
    {
        if (Quantity.Read(answer, item.Unit, out string problem) is not { } value)
        {
            remarks.Add(char.ToUpperInvariant(problem[0]) + problem[1..]);
            return 0;
        }

        // A thousandth of a millionth of the answer is lost in decimal and binary rounding; it must not cost a point.
        bool right = Math.Abs(value - item.Answer) <= item.Tolerance + (1e-9 * Math.Max(1, Math.Abs(item.Answer)));
        Trap? trap = right ? null : item.Traps.FirstOrDefault(trap => Math.Abs(value - trap.Value) <= Math.Max(item.Tolerance, 0.51 * Math.Pow(10, -item.Decimals)));
        feedback.Add(new Feedback(item.Format(value), right, right ? item.Explanation : trap is null ? $"The answer is {item.Key}." : $"{Sentence(trap.Mistake)}: {item.Cited(trap.Why, trap.Source)}"));
        return right ? 1 : 0;
    }

    private static double Matching(MatchingItem item, string answer, List<Feedback> feedback, List<string> remarks)
    {
        Dictionary<int, int> given = [];
        foreach (string token in answer.ToLowerInvariant().Split([' ', ',', ';', '\n', '\r', '-', '=', ':', '>'], StringSplitOptions.RemoveEmptyEntries))
        {
            string digits = new([.. token.TakeWhile(char.IsAsciiDigit)]), rest = token[digits.Length..];
            if (int.TryParse(digits, out int left) && left >= 1 && left <= item.Pairs.Count && rest.Length == 1 && rest[0] >= 'a' && rest[0] < 'a' + item.Rights.Count && given.TryAdd(left - 1, rest[0] - 'a'))
                continue;
            remarks.Add($"“{token}” is not a pair such as 1b.");
        }

        int hit = 0;
        for (int at = 0; at < item.Pairs.Count; at++)
        {
            string chosen = given.TryGetValue(at, out int letter) ? item.Rights[letter] : "nothing";
            bool right = chosen == item.Pairs[at].Right;
            hit += right ? 1 : 0;
            feedback.Add(new Feedback($"{item.Pairs[at].Left} — {chosen}", right, item.Cited(item.Pairs[at].Why, item.Pairs[at].Source)));
        }

        return Partly(item.Credit, hit, given.Count - hit, item.Pairs.Count);
    }

    private static double Ordering(OrderingItem item, string answer, List<Feedback> feedback, List<string> remarks)
    {
        int[] given = [.. Letters(answer, item.Shown.Count, remarks)];
        int hit = 0;
        for (int at = 0; at < item.Steps.Count; at++)
        {
            bool right = at < given.Length && item.Shown[given[at]] == item.Steps[at];
            hit += right ? 1 : 0;
            feedback.Add(new Feedback(at < given.Length ? item.Shown[given[at]] : "nothing", right, $"Place {at + 1}: {item.Steps[at]}"));
        }

        return Partly(item.Credit, hit, given.Length - hit, item.Steps.Count);
    }

    private static double FillIn(FillInItem item, string answer, List<Feedback> feedback)
    {
        string[] given = [.. answer.Split(item.Blanks.Count == 1 ? ['\n'] : [';', '\n'], StringSplitOptions.TrimEntries)];
        int hit = 0;
        for (int at = 0; at < item.Blanks.Count; at++)
        {
            string word = at < given.Length ? given[at] : "";
            bool right = item.Blanks[at].Accepts.Any(accepted => Plain(accepted) == Plain(word));
            hit += right ? 1 : 0;
            feedback.Add(new Feedback(word.Length > 0 ? word : "nothing", right, right ? Why(at) : $"“{item.Blanks[at].Accepts[0]}”: {Why(at)}"));
        }

        return Partly(item.Credit, hit, given.Count(word => word.Length > 0) - hit, item.Blanks.Count);

        string Why(int at) => item.Cited(item.Blanks[at].Why, item.Blanks[at].Source);
    }

    private static double Partly(Credit credit, int right, int wrong, int of) => credit switch
    {
        Credit.All => right == of && wrong == 0 ? 1 : 0,
        Credit.Each => right / (double)of,
        _ => Math.Max(0, (right - wrong) / (double)of),
    };

    private static List<int> Letters(string answer, int count, List<string> remarks)
    {
        List<int> letters = [];
        foreach (char letter in answer.ToLowerInvariant().Where(letter => !char.IsWhiteSpace(letter) && letter is not (',' or ';' or ')' or '.')))
        {
            int at = letter - 'a';
            if (at < 0 || at >= count)
                remarks.Add($"“{letter}” is not one of the letters a to {ChoiceItem.Letter(count - 1)}.");
            else if (!letters.Contains(at))
                letters.Add(at);
        }

        return letters;
    }

    private static string Plain(string text) => string.Join(' ', new AnswerText(text.Replace('-', ' ')).Words.Where(word => word.Lower is not ("a" or "an" or "the")).Select(word => word.Stem));

    private static string Sentence(string mistake) => char.ToUpperInvariant(mistake[0]) + mistake[1..];
}
