using System.Xml.Linq;

namespace EsxCourse.Quiz.Exchange;

// What a QTI 1.2 item holds, whoever wrote it: its fields, its responses with their labels, the conditions that score, the feedback that conditions show.
// Names are compared without their namespace, since files without one are about.
internal sealed class ItemXml(XElement item)
{
    /// <summary>A response: what it stands beside, and its labels.</summary>
    public sealed record Response(string Ident, string Text, IReadOnlyList<(string Ident, string Text)> Labels);

    public string Ask => Qti12Reader.Text(Child(item, "presentation")?.Elements().FirstOrDefault(one => one.Name.LocalName is "material" or "flow"));

    public string General => Feedback("general_fb");

    public IReadOnlyList<Response> Responses { get; } =
        [.. Qti12Reader.All(item, "response_lid").Select(response => new Response(Ident(response), Qti12Reader.Text(Child(response, "material")),
            [.. Qti12Reader.All(response, "response_label").Select(label => (Ident(label), Qti12Reader.Text(label)))]))];

    /// <summary>The conditions that give points.</summary>
    public IEnumerable<XElement> ScoringConditions =>
        Qti12Reader.All(item, "respcondition").Where(condition => Qti12Reader.All(condition, "setvar").Any(set => double.TryParse(set.Value, System.Globalization.CultureInfo.InvariantCulture, out double points) && points > 0));

    /// <summary>What is said of numbers: the condition and the text.</summary>
    public IEnumerable<(XElement Test, string Why)> NumericFeedback =>
        Qti12Reader.All(item, "respcondition").SelectMany(condition => Qti12Reader.All(condition, "displayfeedback")
            .Select(shown => (string?)shown.Attribute("linkrefid") ?? "").Where(link => link != "general_fb").Select(link => (condition, Feedback(link))).Where(pair => pair.Item2.Length > 0));

    public string? Field(string label) =>
        Qti12Reader.All(item, "qtimetadatafield").FirstOrDefault(field => Child(field, "fieldlabel")?.Value == label) is { } found ? Child(found, "fieldentry")?.Value : null;

    /// <summary>The values of a response that earn points, in their order; what stands under 'not' does not.</summary>
    public IEnumerable<string> Scored(string response) =>
        ScoringConditions.SelectMany(condition => Qti12Reader.All(condition, "varequal"))
            .Where(test => (string?)test.Attribute("respident") == response && test.Ancestors().All(above => above.Name.LocalName != "not")).Select(test => test.Value.Trim());

    /// <summary>What is said of a value of a response, or nothing.</summary>
    public string FeedbackOn(string response, string value)
    {
        foreach (XElement condition in Qti12Reader.All(item, "respcondition").Where(condition => Qti12Reader.All(condition, "displayfeedback").Any()))
            if (Child(condition, "conditionvar")?.Elements().ToArray() is [{ Name.LocalName: "varequal" } test] && (string?)test.Attribute("respident") == response && test.Value.Trim() == value)
                return Feedback((string?)Qti12Reader.All(condition, "displayfeedback").First().Attribute("linkrefid") ?? "");
        return "";
    }

    /// <summary>The kind of question by its shape, where no field names it.</summary>
    public string Guess() =>
        Responses.Count > 1 ? "matching_question"
        : Responses.Count == 1 ? (string?)Qti12Reader.All(item, "response_lid").First().Attribute("rcardinality") == "Multiple" ? "multiple_answers_question" : "multiple_choice_question"
        : Qti12Reader.All(item, "vargte").Any() ? "numerical_question"
        : Scored((string?)Qti12Reader.All(item, "response_str").FirstOrDefault()?.Attribute("ident") ?? "").Any() ? "short_answer_question" : "essay_question";

    private string Feedback(string ident) => Qti12Reader.Text(Qti12Reader.All(item, "itemfeedback").FirstOrDefault(one => Ident(one) == ident));

    private static XElement? Child(XElement under, string name) => under.Elements().FirstOrDefault(one => one.Name.LocalName == name);

    private static string Ident(XElement element) => (string?)element.Attribute("ident") ?? "";
}
