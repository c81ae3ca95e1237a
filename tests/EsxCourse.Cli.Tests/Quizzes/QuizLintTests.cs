namespace EsxCourse.Cli.Tests.Quizzes;

/// <summary>Twenty broken banks through the real program: file, line, what is wrong, what to do, and exit code 2.</summary>
public sealed class QuizLintTests : IDisposable
{
    private const string Right = "options: [{right: a, why: w}, {wrong: b, why: w}]";

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("title: [unclosed\n", null, "", "")]
    [InlineData("titel: A quiz\n", 1, "unknown key 'titel'", "did you mean 'title'?")]
    [InlineData("title: A quiz\n", 1, "'items' is missing", "items:")]
    [InlineData("title: A quiz\npick: 3\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3.2\"], " + Right + "}\n", 2, "'pick' is '3'", "'pick: 1'")]
    [InlineData("title: A quiz\ngraceSeconds: 9\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3.2\"], " + Right + "}\n", 2, "grace without a time limit", "'minutes: 5'")]
    [InlineData("title: A quiz\nminutes: soon\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3.2\"], " + Right + "}\n", 2, "'minutes' is 'soon'", "'minutes: 5'")]
    [InlineData("title: A quiz\nattempts: 0\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3.2\"], " + Right + "}\n", 2, "'attempts' is '0'", "'attempts: 1'")]
    [InlineData("title: A quiz\npractice: maybe\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3.2\"], " + Right + "}\n", 2, "neither true nor false", "'practice: true'")]
    [InlineData("title: A quiz\nitems:\n- {id: Q 1, type: single, ask: A?, cites: [\"§3.2\"], " + Right + "}\n", 3, "'Q 1' is no id", "small letters")]
    [InlineData("title: A quiz\nitems:\n- {id: q, type: singel, ask: A?, cites: [\"§3.2\"], " + Right + "}\n", 3, "unknown type 'singel'", "did you mean 'single'?")]
    [InlineData("title: A quiz\nitems:\n- {id: q, type: single, ask: A?, cites: [\"§3.2\"], " + Right + "}\n- {id: q, type: single, ask: A?, cites: [\"§3.2\"], " + Right + "}\n", 4, "the id 'q' is used twice", "an id of its own")]
    [InlineData("title: A quiz\nitems:\n- id: q\n  type: single\n  ask: A?\n  cites: [\"§33\"]\n  " + Right + "\n", 6, "'§33' is no slide, section or source", "did you mean")]
    [InlineData("title: A quiz\nitems:\n- id: q\n  type: single\n  ask: A?\n  options:\n  - {right: a, why: w, cites: [\"§3.2\"]}\n  - {wrong: b, why: w}\n", 8, "this explanation cites no slide or section", "to each of its parts")]
    [InlineData("title: A quiz\nitems:\n- id: q\n  type: single\n  ask: A?\n  cites: [\"§3.2\"]\n  options:\n  - {right: a, why: w}\n  - {wrong: b}\n", 9, "'why' is missing", "the misunderstanding behind it")]
    [InlineData("title: A quiz\nitems:\n- id: q\n  type: single\n  ask: A?\n  cites: [\"§3.2\"]\n  options:\n  - {right: a, why: w}\n  - {right: b, why: w}\n", 8, "2 options are right", "type: multiple")]
    [InlineData("title: A quiz\nitems:\n- id: q\n  type: numeric\n  ask: A?\n  cites: [\"§5.2\"]\n  explanation: e\n  answer: 2.63\n  decimals: 2\n  tolerance: 0.001\n", 10, "a point hangs on the last of 2 decimals", "'tolerance: 0.015' or more")]
    [InlineData("title: A quiz\nitems:\n- id: q\n  type: fill-in\n  ask: A?\n  cites: [\"§5.2\"]\n  blanks:\n  - {accept: a, why: w}\n", 8, "0 gaps and the item 1 blanks", "write each gap as ___")]
    [InlineData("title: A quiz\nitems:\n- id: q\n  type: ordering\n  ask: A?\n  cites: [\"§5.2\"]\n  explanation: e\n  steps: [a, b]\n", 8, "2 steps", "from 3 to 10")]
    [InlineData("title: A quiz\nitems:\n- {id: q, type: computed, template: shares-per-pag}\n", 3, "no template 'shares-per-pag'", "did you mean 'shares-per-page'?")]
    [InlineData("title: A quiz\nitems:\n- id: q\n  type: free-text\n  points: 5\n  ask: A?\n  model: M.\n  explanation: e\n  cites: [\"§5.2\"]\n  rubric:\n    fullAt: 9\n    concepts:\n    - {name: c, says: S., weight: 1, phrases: [word]}\n", 11, "no answer can reach 9", "'fullAt: 1' or less")]
    public async Task A_broken_bank_is_reported_with_file_line_and_remedy(string text, int? line, string problem, string remedy)
    {
        string file = folder.Write("bank.yaml", text);
        EsxRun run = await EsxProgram.RunAsync("quiz", "lint", file);
        Assert.Equal(2, run.ExitCode);
        string said = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.StartsWith(line is { } number ? $"{file}:{number}: " : $"{file}:", said, StringComparison.Ordinal);
        Assert.Contains(problem, said, StringComparison.Ordinal);
        Assert.Contains(remedy, said, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task The_bank_of_the_kit_has_no_fault()
    {
        EsxRun run = await EsxProgram.RunAsync("quiz", "lint");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
    }
}
