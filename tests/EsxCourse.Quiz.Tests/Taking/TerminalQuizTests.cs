using EsxCourse.Quiz.Taking;

namespace EsxCourse.Quiz.Tests.Taking;

public sealed class TerminalQuizTests : IDisposable
{
    private readonly ManualClock clock = new();
    private readonly StringWriter shown = new();

    public void Dispose() => shown.Dispose();

    private Task<AnswerSheet?> Take(TextReader input) => new TerminalQuiz(input, shown, clock).TakeAsync(Quizzes.Faux, TestContext.Current.CancellationToken);

    [Fact]
    public async Task Two_picked_questions_are_answered_line_by_line()
    {
        AnswerSheet? sheet = await Take(new StringReader("1 2\nThe host swaps.\nThe guest too.\n\nA driver.\n\n"));
        Assert.Equal("The host swaps.\nThe guest too.", sheet!.Answers["double-paging"]);
        Assert.Equal("A driver.", sheet.Answers["balloon"]);
    }

    [Fact]
    public async Task All_four_questions_are_shown_before_the_pick()
    {
        await Take(new StringReader(""));
        Assert.All(Quizzes.Faux.Items, item => Assert.Contains(item.Ask, shown.ToString(), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_wrong_pick_is_explained_and_asked_again()
    {
        AnswerSheet? sheet = await Take(new StringReader("1\n1 9\n3 4\nx\n\ny\n\n"));
        Assert.Contains("pick: '9' is not a number from 1 to 4", shown.ToString(), StringComparison.Ordinal);
        Assert.Equal(["interposition", "xen-memory"], sheet!.Answers.Keys.Order());
    }

    [Fact]
    public async Task Input_that_ends_early_hands_in_what_was_written()
    {
        AnswerSheet? sheet = await Take(new StringReader("1 2\nThe host swaps."));
        Assert.Equal("The host swaps.", sheet!.Answers["double-paging"]);
        Assert.Equal("", sheet.Answers["balloon"]);
    }

    [Fact]
    public async Task Input_that_ends_before_the_pick_hands_in_nothing() => Assert.Null(await Take(new StringReader("")));

    [Fact]
    public async Task The_end_of_the_time_takes_the_lines_entered_before_it_and_no_other()
    {
        using LineByLine input = new();
        Task<AnswerSheet?> taking = Take(input);
        input.Type("1 2");
        input.Type("in time");
        input.Await(reads: 3);
        clock.Advance(TimeSpan.FromMinutes(6));
        input.Type("too late");
        AnswerSheet? sheet = await taking.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("in time", sheet!.Answers["double-paging"]);
        Assert.Contains("The time is up", shown.ToString(), StringComparison.Ordinal);
    }

    /// <summary>A student at the keyboard: a read waits until the next line is typed.</summary>
    private sealed class LineByLine : TextReader
    {
        private readonly System.Collections.Concurrent.BlockingCollection<string> lines = [];
        private readonly SemaphoreSlim asked = new(0);

        public void Type(string line) => lines.Add(line);

        public void Await(int reads)
        {
            for (int read = 0; read < reads; read++)
                Assert.True(asked.Wait(TimeSpan.FromSeconds(30)), "nobody asked for a line");
        }

        public override string? ReadLine()
        {
            asked.Release();
            return lines.Take();
        }

        protected override void Dispose(bool disposing)
        {
            lines.CompleteAdding();
            base.Dispose(disposing);
        }
    }
}
