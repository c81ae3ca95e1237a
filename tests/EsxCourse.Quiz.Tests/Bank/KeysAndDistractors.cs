using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Tests.Bank;

/// <summary>Wrong answers to a question, each with the points that its kind of question gives for it.</summary>
internal static class KeysAndDistractors
{
    public static IEnumerable<(string Answer, double Fraction)> WrongAnswers(QuizItem item)
    {
        switch (item)
        {
            case ChoiceItem { Several: false } single:
                for (int at = 0; at < single.Options.Count; at++)
                    if (!single.Options[at].Right)
                        yield return (ChoiceItem.Letter(at), 0);
                break;
            case ChoiceItem several:
                string[] rights = several.Key.Split(' ');
                for (int at = 0; at < several.Options.Count; at++)
                    if (!several.Options[at].Right)
                        yield return ($"{several.Key} {ChoiceItem.Letter(at)}", (several.Options.Count - 1) / (double)several.Options.Count);
                if (rights.Length > 1)
                    yield return (string.Join(' ', rights.Skip(1)), (several.Options.Count - 1) / (double)several.Options.Count);
                break;
            case NumericItem numeric:
                foreach (Trap trap in numeric.Traps)
                    yield return (numeric.Format(trap.Value), 0);
                break;
            case MatchingItem matching:
                string[] pairs = matching.Key.Split(' ');
                (string first, string second) = (pairs[0], pairs[1]);
                yield return (string.Join(' ', (string[])[$"{first[0]}{second[1]}", $"{second[0]}{first[1]}", .. pairs.Skip(2)]), (pairs.Length - 2) / (double)pairs.Length);
                break;
            case OrderingItem ordering:
                string[] steps = ordering.Key.Split(' ');
                yield return (string.Join(' ', (string[])[steps[1], steps[0], .. steps.Skip(2)]), (steps.Length - 2) / (double)steps.Length);
                break;
            case FillInItem fillIn:
                yield return (string.Join("; ", (string[])["rutabaga", .. fillIn.Blanks.Skip(1).Select(blank => blank.Accepts[^1])]), (fillIn.Blanks.Count - 1) / (double)fillIn.Blanks.Count);
                break;
        }
    }
}
