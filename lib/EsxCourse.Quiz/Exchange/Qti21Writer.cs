using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml.Linq;
using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Exchange;

/// <summary>Writes a quiz as an IMS QTI 2.1 content package: a zip with a manifest, a test and one file for each question.</summary>
/// <remarks>
/// Tolerance, traps, partial credit, time limit, attempts and feedback are carried. "Pick k of n" has no counterpart (QTI's selection is drawn by the
/// system, not by the student), so it stands in the test's instructions. A rubric cannot be carried; a free-text question shows its scorer the model answer.
/// </remarks>
public static class Qti21Writer
{
    /// <summary>The namespace of items and tests.</summary>
    internal static readonly XNamespace Qti = "http://www.imsglobal.org/xsd/imsqti_v2p1";

    /// <summary>The files of the package, by their path in it.</summary>
    /// <param name="quiz">The quiz as a student gets it; computed questions must be drawn.</param>
    public static IReadOnlyList<(string Path, XElement Content)> Files(QuizFile quiz)
    {
        List<(string, XElement)> files =
        [
            ("imsmanifest.xml", ImsManifest.Of(quiz.Name, "QTIv2.1 Package", "1.0.0",
                [new("test", "imsqti_test_xmlv2p1", "test.xml", [.. quiz.Items.Select(item => Name(item.Id))]), .. quiz.Items.Select(item => new ImsResource(Name(item.Id), "imsqti_item_xmlv2p1", Path(item), []))])),
            ("test.xml", Test(quiz)),
        ];
        files.AddRange(quiz.Items.Select(item => (Path(item), Qti21Item.Of(item, Name(item.Id)))));
        return files;
    }

    /// <summary>Writes the package.</summary>
    /// <param name="quiz">The quiz as a student gets it; computed questions must be drawn.</param>
    /// <returns>The bytes of a zip file, the same for the same quiz.</returns>
    public static byte[] Write(QuizFile quiz) => ImsManifest.Zip(Files(quiz));

    private static XElement Test(QuizFile quiz) =>
        new(Qti + "assessmentTest", new XAttribute("identifier", Name(quiz.Name)), new XAttribute("title", quiz.Title),
            quiz.TimeLimit is { } limit ? new XElement(Qti + "timeLimits", new XAttribute("maxTime", Number(limit.TotalSeconds))) : null,
            new XElement(Qti + "testPart", new XAttribute("identifier", "part"), new XAttribute("navigationMode", "nonlinear"), new XAttribute("submissionMode", quiz.Practice ? "individual" : "simultaneous"),
                new XElement(Qti + "itemSessionControl", new XAttribute("maxAttempts", quiz.Practice ? 0 : 1), new XAttribute("showFeedback", quiz.Practice ? "true" : "false")),
                new XElement(Qti + "assessmentSection", new XAttribute("identifier", "questions"), new XAttribute("title", quiz.Title), new XAttribute("visible", "true"),
                    Instructions(quiz) is { Length: > 0 } text ? new XElement(Qti + "rubricBlock", new XAttribute("view", "candidate"), new XElement(Qti + "p", text)) : null,
                    quiz.Items.Select(item => new XElement(Qti + "assessmentItemRef", new XAttribute("identifier", Name(item.Id)), new XAttribute("href", Path(item)))))));

    private static string Instructions(QuizFile quiz) =>
        string.Join(' ', new[] { quiz.Intro, quiz.Pick < quiz.Items.Count ? $"Answer {quiz.Pick} of the {quiz.Items.Count} questions." : "" }.Where(text => text.Length > 0));

    // An identifier of QTI begins with a letter or an underscore.
    private static string Name(string id) => char.IsAsciiLetter(id[0]) ? id : "_" + id;

    private static string Path(QuizItem item) => $"items/{item.Id}.xml";

    internal static string Number(double value) => value.ToString("0.#########", CultureInfo.InvariantCulture);
}
