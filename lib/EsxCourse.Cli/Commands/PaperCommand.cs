using System.CommandLine;
using System.Net;
using EsxCourse.Contracts;
using EsxCourse.Experiments;
using EsxCourse.Lecture;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx paper</c>: the paper's figures, run by the memory manager, beside the published values.</summary>
internal static class PaperCommand
{
    private static readonly Argument<string?> Name = new("NAME") { Description = $"One of {string.Join(", ", Paper.Experiments.Select(e => e.Name))}; all of them without a name.", Arity = ArgumentArity.ZeroOrOne };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON document: rows, curves, constants, notes." };
    private static readonly Option<bool> Moves = new("--sensitivity") { Description = "Also halve and double each constant that the paper does not give, and say how much the result moves. Takes minutes." };
    private static readonly Option<string?> Html = new("--html") { Description = "Also write tables and charts to this file, a page that needs no network.", Aliases = { "--out" } };
    public static Command Create()
    {
        Command command = new("paper", "Run the paper's figures and print published against simulated values.") { Name, Json, Moves, Html };
        command.SetAction(RunAsync);
        return command;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken stop)
    {
        Experiment[] experiments = parsed.GetValue(Name) is { } name ? [Paper.Find(name)] : [.. Paper.Experiments];
        string? page = parsed.GetValue(Html);
        if (page is not null && !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(page))))
            throw new BadInputException(page, "lies in a folder that does not exist", "make the folder, or name another file");
        Outcome[] outcomes = new Outcome[experiments.Length];
        await ProgressDisplay.RunAsync(async display =>
        {
            // One experiment a core; each is deterministic, and they are printed in the order of the paper.
            IStage stage = display.Stage("experiments", experiments.Length);
            await Parallel.ForAsync(0, experiments.Length, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = stop }, (i, cancel) =>
            {
                ExperimentResult result = experiments[i].Run(cancel);
                outcomes[i] = new Outcome(result, parsed.GetValue(Moves) ? [.. Sensitivity.Of(result, line => Console.Error.WriteLine(line), cancel)] : []);
                stage.Step(experiments[i].Name);
                return ValueTask.CompletedTask;
            });
        });
        if (page is not null)
            await File.WriteAllTextAsync(page, PageOf(outcomes).ToSingleFile(), stop);
        if (parsed.GetValue(Json))
            JsonOutput.Print(outcomes.Length == 1 ? Document(outcomes[0]) : outcomes.Select(Document));
        else
            foreach (Outcome outcome in outcomes)
                Console.WriteLine(PaperTable.Of(outcome.Result, outcome.Sensitivity));
        return CommandLine.Done;
    }

    private static object Document(Outcome outcome) => new
    {
        outcome.Result.Experiment.Name,
        outcome.Result.Experiment.Title,
        outcome.Result.Experiment.Source,
        outcome.Result.Experiment.Constants,
        outcome.Result.Rows,
        outcome.Result.Series,
        outcome.Result.Notes,
        outcome.Sensitivity,
    };

    private static HtmlPage PageOf(IEnumerable<Outcome> outcomes) => new("paper.html", "The paper's figures, published and simulated", string.Concat(outcomes.Select(outcome =>
        $"<h2 id=\"{outcome.Result.Experiment.Name}\">{Encoded(outcome.Result.Experiment.Title)}</h2>\n<p>{Encoded(outcome.Result.Experiment.Source)}</p>\n"
        + PaperCharts.PublishedAndSimulated(outcome.Result).ToPageHtml()
        + $"<pre>{Encoded(PaperTable.Of(outcome.Result, outcome.Sensitivity))}</pre>\n")));

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);

    private sealed record Outcome(ExperimentResult Result, IReadOnlyList<SensitivityLine> Sensitivity);
}
