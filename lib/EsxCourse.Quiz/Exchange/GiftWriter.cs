using System.Globalization;
using System.Text;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

/// <summary>Writes a quiz in Moodle's GIFT format.</summary>
/// <remarks>
/// GIFT knows no ordering, no picture and one gap a question. An ordering becomes a matching of places and steps, a picture goes into the question's text,
/// and a sentence with several gaps becomes one question a gap, with the other gaps filled. Rubrics stay here: a free-text question is an essay whose
/// model answer is its general feedback.
/// </remarks>
public static class GiftWriter
{
    /// <summary>Writes all questions of a quiz.</summary>
    /// <param name="quiz">The quiz as a student gets it (<see cref="QuizFile.Vary"/>); computed questions must be drawn.</param>
    /// <returns>The text of a GIFT file.</returns>
    public static string Write(QuizFile quiz)
    {
        StringBuilder gift = new();
        gift.AppendLine($"// {quiz.Title}").AppendLine().AppendLine($"$CATEGORY: EsxCourse/{quiz.Name}").AppendLine();
        foreach (QuizItem item in quiz.Items)
            gift.AppendLine(Question(item)).AppendLine();
        return gift.ToString();
    }

    private static string Question(QuizItem item) => item switch
    {
        ChoiceItem { Several: false } single => Body(item, string.Join("\n", single.Options.Select(option => $"\t{(option.Right ? '=' : '~')}{Escape(option.Text)}#{Escape(option.Why)}"))),
        ChoiceItem several => Body(item, string.Join("\n", several.Options.Select(option => $"\t~%{Weight(several, option)}%{Escape(option.Text)}#{Escape(option.Why)}"))),
        NumericItem numeric => Body(item, string.Join("\n", (string[])[$"#\n\t={Number(numeric.Answer)}:{Number(numeric.Tolerance)}",
            .. numeric.Traps.Select(trap => $"\t=%0%{Number(trap.Value)}:{Number(numeric.Tolerance)}#{Escape($"{trap.Mistake}: {trap.Why}")}")])),
        MatchingItem matching => Body(item, string.Join("\n", matching.Pairs.Select(pair => $"\t={Escape(pair.Left)} -> {Escape(pair.Right)}"))),
        OrderingItem ordering => Body(item, string.Join("\n", ordering.Steps.Select((step, at) => $"\t=place {at + 1} -> {Escape(step)}"))),
        FillInItem fillIn => string.Join("\n\n", fillIn.Blanks.Select((_, gap) => Gap(fillIn, gap))),
        FreeTextItem freeText => $"::{Escape(item.Id)}::{Text(item)} {{####{Escape(freeText.ModelAnswer)}}}",
        _ => throw new ArgumentException($"'{item.Id}' has no numbers yet: call Vary first.", nameof(item)),
    };

    private static string Body(QuizItem item, string answers) =>
        $"::{Escape(item.Id)}::{Text(item)} {{{(answers.StartsWith('#') ? "" : "\n")}{answers}\n\t####{Escape($"{item.Explanation} ({string.Join("; ", item.Cites)})")}\n}}";

    private static string Gap(FillInItem item, int gap)
    {
        string[] pieces = item.Ask.Split(FillInItem.Gap);
        StringBuilder text = new();
        for (int at = 0; at < pieces.Length; at++)
        {
            text.Append(Escape(pieces[at]));
            if (at < item.Blanks.Count)
                text.Append(at == gap ? $"{{{string.Concat(item.Blanks[at].Accepts.Select(word => $"={Escape(word)}#{Escape(item.Blanks[at].Why)} "))}####{Escape($"{item.Explanation} ({string.Join("; ", item.Cites)})")}}}" : Escape(item.Blanks[at].Accepts[0]));
        }

        return $"::{Escape(item.Blanks.Count == 1 ? item.Id : $"{item.Id}-{gap + 1}")}::{text}";
    }

    // The right options share 100 %, and ticking all of them and nothing else is the only way to get it; a wrong one takes its part away.
    private static string Weight(ChoiceItem item, Option option)
    {
        int rights = item.Options.Count(other => other.Right), wrongs = item.Options.Count - rights;
        return Number(Math.Round(option.Right ? 100.0 / rights : -100.0 / Math.Max(1, wrongs), 5));
    }

    private static string Text(QuizItem item) => Escape(item.Picture is { } picture ? $"{item.Ask}\n\n{picture}" : item.Ask);

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char letter in text.Trim().Replace("\r", "", StringComparison.Ordinal))
            escaped.Append(letter switch
            {
                '~' or '=' or '#' or '{' or '}' or ':' or '\\' => $"\\{letter}",
                '\n' => "\\n",
                _ => letter.ToString(),
            });
        return escaped.ToString();
    }
}
