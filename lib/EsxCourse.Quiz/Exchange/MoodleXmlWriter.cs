using System.Globalization;
using System.Xml.Linq;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

/// <summary>Writes a quiz as Moodle XML.</summary>
/// <remarks>
/// Each option, pair and number keeps its feedback. An ordering is Moodle's <c>ordering</c> type, which is part of Moodle from 4.4 on; several gaps become
/// one embedded-answers (<c>cloze</c>) question. A rubric cannot be carried: a free-text question is an essay whose model answer is information for graders.
/// </remarks>
public static class MoodleXmlWriter
{
    /// <summary>Writes all questions of a quiz.</summary>
    /// <param name="quiz">The quiz as a student gets it; computed questions must be drawn.</param>
    /// <returns>The text of an XML file.</returns>
    public static string Write(QuizFile quiz)
    {
        XElement root = new("quiz", new XElement("question", new XAttribute("type", "category"), new XElement("category", new XElement("text", $"$course$/EsxCourse/{quiz.Name}"))));
        foreach (QuizItem item in quiz.Items)
            root.Add(Question(item));
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{root}\n";
    }

    private static XElement Question(QuizItem item) => item switch
    {
        ChoiceItem choice => Start(item, "multichoice",
            new XElement("single", !choice.Several), new XElement("shuffleanswers", "true"), new XElement("answernumbering", "abc"),
            choice.Options.Select(option => Answer(Fraction(choice, option), option.Text, option.Why))),
        NumericItem numeric => Start(item, "numerical",
            Answer(100, Number(numeric.Answer), numeric.Explanation, numeric.Tolerance),
            numeric.Traps.Select(trap => Answer(0, Number(trap.Value), $"{trap.Mistake}: {trap.Why}", numeric.Tolerance)),
            numeric.Unit.Length == 0 ? null : new XElement("units", new XElement("unit", new XElement("multiplier", 1), new XElement("unit_name", numeric.Unit)))),
        MatchingItem matching => Start(item, "matching", new XElement("shuffleanswers", "true"),
            matching.Pairs.Select(pair => new XElement("subquestion", Html(pair.Left), new XElement("answer", new XElement("text", pair.Right))))),
        OrderingItem ordering => Start(item, "ordering", new XElement("layouttype", "VERTICAL"), new XElement("selecttype", "ALL"), new XElement("gradingtype", "ABSOLUTE_POSITION"),
            ordering.Steps.Select((step, at) => new XElement("answer", new XAttribute("fraction", at + 1), Html(step)))),
        FillInItem fillIn => Start(item, "cloze"),
        FreeTextItem freeText => Start(item, "essay", new XElement("responseformat", "plain"), new XElement("responsefieldlines", 10),
            new XElement("graderinfo", new XAttribute("format", "plain_text"), new XElement("text", freeText.ModelAnswer))),
        _ => throw new ArgumentException($"'{item.Id}' has no numbers yet: call Vary first.", nameof(item)),
    };

    private static XElement Start(QuizItem item, string type, params object?[] rest) =>
        new("question", new XAttribute("type", type),
            new XElement("name", new XElement("text", item.Id)),
            new XElement("questiontext", new XAttribute("format", "plain_text"), new XElement("text", Text(item))),
            new XElement("generalfeedback", new XAttribute("format", "plain_text"), new XElement("text", $"{item.Explanation} ({string.Join("; ", item.Cites)})")),
            new XElement("defaultgrade", Number(item.Points)), rest);

    private static string Text(QuizItem item)
    {
        string text = item.Picture is { } picture ? $"{item.Ask}\n\n{picture}" : item.Ask;
        if (item is not FillInItem fillIn)
            return text;
        string[] pieces = text.Split(FillInItem.Gap);
        return string.Concat(pieces.Select((piece, at) => at < fillIn.Blanks.Count ? piece + Cloze(fillIn.Blanks[at]) : piece));
    }

    private static string Cloze(Blank blank) => $"{{1:SHORTANSWER:{string.Join("~", blank.Accepts.Select(word => $"={Escape(word)}#{Escape(blank.Why)}"))}}}";

    private static string Escape(string text) => string.Concat(text.Select(letter => letter is '~' or '}' or '#' or '/' or '"' or '\\' ? $"\\{letter}" : letter.ToString()));

    private static XElement Answer(double fraction, string text, string feedback, double? tolerance = null) =>
        new("answer", new XAttribute("fraction", Number(fraction)), new XAttribute("format", "plain_text"), new XElement("text", text),
            tolerance is { } allowed ? new XElement("tolerance", Number(allowed)) : null,
            new XElement("feedback", new XAttribute("format", "plain_text"), new XElement("text", feedback)));

    private static XElement[] Html(string text) => [new XElement("text", text)];

    private static double Fraction(ChoiceItem item, Option option)
    {
        int rights = item.Options.Count(other => other.Right), wrongs = item.Options.Count - rights;
        return Math.Round(option.Right ? 100.0 / rights : item.Several ? -100.0 / Math.Max(1, wrongs) : 0, 5);
    }

    private static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
