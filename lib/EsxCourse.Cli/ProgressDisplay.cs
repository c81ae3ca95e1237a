using Spectre.Console;

namespace EsxCourse.Cli;

/// <summary>One line of progress: a stage of the work and how much of it is done.</summary>
internal interface IStage
{
    /// <summary>Says that one more item is done, and what it was.</summary>
    void Step(string done);
}

/// <summary>
/// Shows how far the work is, on standard error, so that standard output stays clean for the result: bars at a terminal, and a
/// line an item where there is none (a log, a pipe, CI).
/// </summary>
internal sealed class ProgressDisplay
{
    private readonly ProgressContext? bars;

    private ProgressDisplay(ProgressContext? bars) => this.bars = bars;

    /// <summary>Runs <paramref name="work"/> with a display.</summary>
    public static async Task RunAsync(Func<ProgressDisplay, Task> work)
    {
        if (Console.IsErrorRedirected)
        {
            await work(new ProgressDisplay(bars: null));
            return;
        }

        IAnsiConsole terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        await terminal.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn(), new SpinnerColumn())
            .StartAsync(context => work(new ProgressDisplay(context)));
    }

    /// <summary>Adds a stage of <paramref name="total"/> items.</summary>
    public IStage Stage(string name, int total) =>
        bars is null ? new LineStage(name, total) : new BarStage(name, bars.AddTask(Markup.Escape(name), maxValue: Math.Max(total, 1)));

    private sealed class LineStage(string name, int total) : IStage
    {
        private int count;

        public void Step(string done) => Console.Error.WriteLine($"{name}: {Interlocked.Increment(ref count)} of {total}: {done}");
    }

    private sealed class BarStage(string name, ProgressTask bar) : IStage
    {
        public void Step(string done)
        {
            bar.Description = Markup.Escape($"{name}: {done}");
            bar.Increment(1);
            if (bar.IsFinished)
                bar.Description = Markup.Escape(name);
        }
    }
}
