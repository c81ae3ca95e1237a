using EsxCourse.Contracts;
using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz.Tests.Reading;

/// <summary>Each broken file is the good one below with one line changed; the message names that line and what to write.</summary>
public sealed class BrokenQuizTests
{
    private const string Good = """
        title: Paging
        pick: 1
        minutes: 5
        graceSeconds: 10
        items:
        - id: double-paging
          type: free-text
          points: 5
          ask: What is double paging?
          model: Both page.
          explanation: Because.
          cites: ["§3.1"]
          rubric:
            fullAt: 1
            subjects: [host]
            words:
              host: [host, hypervisor]
            concepts:
            - name: pages-out
              says: The host pages out.
              weight: 1
              phrases: ["@host page_out"]
        - id: second
          type: free-text
          ask: Why?
          points: 5
          model: So.
          explanation: Because.
          cites: ["slide: Balloon problems"]
          rubric:
            concepts:
            - name: so
              says: So.
              weight: 1
              phrases: [so]
        """;

    [Fact]
    public void The_good_file_is_good() => Assert.Equal(2, QuizReader.Read("quiz.yaml", YamlMap.Parse("quiz.yaml", Good)).Items.Count);

    [Theory]
    [InlineData("title: Paging", "titel: Paging", 1, "unknown key 'titel'", "did you mean 'title'?")]
    [InlineData("title: Paging", "title: [a, b]", 1, "'title' must be text, not a list", "on one line")]
    [InlineData("pick: 1", "pick: 3", 2, "'pick' is '3', not a whole number from 1 to 2", "'pick: 2'")]
    [InlineData("pick: 1", "pick: one", 2, "'pick' is 'one'", "'pick: 2'")]
    [InlineData("minutes: 5", "minutes: -5", 3, "'minutes' is '-5', not a number from 0.1 to 1440", "'minutes: 5'")]
    [InlineData("minutes: 5\n", "", 3, "grace without a time limit", "'minutes: 5'")]
    [InlineData("- id: double-paging", "- id: Double Paging", 6, "'Double Paging' is no id", "small letters")]
    [InlineData("- id: second", "- id: double-paging", 23, "'double-paging' is used twice", "id of its own")]
    [InlineData("  type: free-text\n  points: 5", "  type: freetext\n  points: 5", 7, "unknown type 'freetext'", "did you mean 'free-text'?")]
    [InlineData("  points: 5\n  ask: What", "  points: five\n  ask: What", 8, "'points' is 'five'", "'points: 5'")]
    [InlineData("  points: 5\n  ask: What", "  ask: What", 6, "'points' is missing", "'points: 5'")]
    [InlineData("  ask: What is double paging?\n", "  ask:\n", 9, "'ask' is empty", "write something")]
    [InlineData("  model: Both page.\n", "", 6, "'model' is missing", "add 'model:")]
    [InlineData("  explanation: Because.\n  cites: [\"§3.1\"]", "  explanation: Because.\n  explanation: Because.\n  cites: [\"§3.1\"]", 12, "is not YAML", "check indentation")]
    [InlineData("  cites: [\"§3.1\"]", "  cites: [\"§3.9\"]", 12, "'§3.9' is no slide, section or source", "did you mean '§3")]
    [InlineData("slide: Balloon problems", "slide: Ballon problems", 29, "is no slide", "did you mean 'Balloon problems'?")]
    [InlineData("    fullAt: 1", "    fullAt: 4", 14, "no answer can reach 4: the weights sum to 1", "'fullAt: 1' or less")]
    [InlineData("    subjects: [host]", "    subjects: [hots]", 15, "the subject 'hots' is not among the words", "did you mean 'host'?")]
    [InlineData("@host page_out", "@hos page_out", 22, "word class 'hos'", "did you mean 'host'?")]
    [InlineData("@host page_out", "@host", 22, "names nothing to look for", "add words")]
    [InlineData("      weight: 1\n      phrases: [\"@host page_out\"]", "      phrases: [\"@host page_out\"]", 19, "'weight' is missing", "'weight: 1'")]
    [InlineData("phrases: [so]", "phrases: []", 35, "'phrases' is an empty list", "add an entry")]
    [InlineData("  ask: Why?", "  ask: \"Why?", 25, "is not YAML", "check indentation")]
    public void A_broken_file_is_reported_with_line_and_remedy(string good, string broken, int line, string problem, string remedy)
    {
        string text = Good.Replace("\r", "", StringComparison.Ordinal);
        Assert.Contains(good, text, StringComparison.Ordinal);
        BadInputException bad = Assert.Throws<BadInputException>(() => QuizReader.Read("quiz.yaml", YamlMap.Parse("quiz.yaml", text.Replace(good, broken, StringComparison.Ordinal))));
        Assert.Equal($"quiz.yaml:{line}", bad.Place);
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
        Assert.Contains(remedy, bad.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_reported() =>
        Assert.Contains("cannot be read", Assert.Throws<BadInputException>(() => QuizFile.Load(Path.Combine(Quizzes.Folder, "none.yaml"))).Problem, StringComparison.Ordinal);
}
