using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;
using EsxCourse.Kernel;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx notebook run</c>: runs notebooks without a browser; exit code 1 with cell and line if a cell fails.</summary>
internal static class NotebookCommand
{
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        Argument<string[]> files = new("FILE") { Description = "Notebooks: .ipynb or .dib.", Arity = ArgumentArity.OneOrMore };
        Option<string?> to = new("--out") { Description = "Write the executed notebooks into this folder.", HelpName = "DIR" };
        Option<bool> html = new("--html") { Description = "Write each as an HTML page too (needs --out). The pages work with the network off." };
        Option<bool> json = new("--json") { Description = "Print the outcome as one JSON document." };
        Option<double> limit = new("--cell-limit") { Description = "Stop a cell after so many seconds.", HelpName = "SECONDS", DefaultValueFactory = _ => 120 };
        Command run = new("run", "Run notebooks from top to bottom.") { files, to, html, json, limit };
        run.SetAction((parsed, cancel) => RunAsync(parsed.GetValue(files)!, parsed.GetValue(to), parsed.GetValue(html), parsed.GetValue(json), parsed.GetValue(limit), cancel));
        return new Command("notebook", "Run notebooks.") { run };
    }

    private static async Task<int> RunAsync(string[] files, string? to, bool html, bool json, double seconds, CancellationToken cancel)
    {
        if (html && to is null)
            throw new BadInputException("--html", "needs a folder to write to", "add --out DIR");
        if (seconds is not (> 0 and <= 86_400))
            throw new BadInputException("--cell-limit", $"{seconds} is not a number of seconds above 0", "give for example 60");
        string? repeated = files.GroupBy(file => Path.GetFileNameWithoutExtension(file), StringComparer.OrdinalIgnoreCase).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (to is not null && repeated is not null)
            throw new BadInputException("FILE", $"two notebooks are called '{repeated}' and would overwrite each other in {to}", "run them one by one");
        // All are read before any runs, so that bad input is said before anything is written.
        NotebookDocument[] notebooks = [.. files.Select(NotebookFile.Read)];
        if (to is not null)
            MakeFolder(to);

        NotebookRunOptions options = new() { CellLimit = TimeSpan.FromSeconds(seconds), PageShipsScripts = html };
        List<(string File, NotebookRun Run)> runs = [];
        for (int i = 0; i < files.Length; i++)
        {
            NotebookRun run = await NotebookRunner.RunAsync(notebooks[i], options, new Progress(files[i]), cancel);
            runs.Add((files[i], run));
            foreach (CellFailure failure in run.Failures)
                Console.Error.WriteLine($"{files[i]}: {failure}");
            if (to is not null)
                NotebookFile.Write(run.Document, Path.Combine(to, Path.GetFileNameWithoutExtension(files[i]) + ".ipynb"));
        }

        if (html)
            WriteSite(runs, to!);
        Console.WriteLine(json ? ToJson(runs).ToJsonString(Layout) : Summary(runs, to));
        return runs.All(entry => entry.Run.Succeeded) ? CommandLine.Done : CommandLine.WorkFailed;
    }

    private static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException("--out " + folder, "cannot be made a folder", "give a folder that you may write to", cannot);
        }
    }

    private static void WriteSite(List<(string File, NotebookRun Run)> runs, string folder)
    {
        HtmlSite site = new("EsxCourse");
        foreach ((string file, NotebookRun run) in runs)
            site.Add(NotebookHtml.ToPage(run.Document, Path.GetFileNameWithoutExtension(file) + ".html"));
        site.WriteTo(folder);
    }

    private static JsonObject ToJson(List<(string File, NotebookRun Run)> runs) => new()
    {
        ["notebooks"] = new JsonArray([.. runs.Select(entry => (JsonNode)new JsonObject
        {
            ["file"] = entry.File,
            ["cells"] = entry.Run.Cells.Count,
            ["failed"] = entry.Run.Cells.Count(cell => cell.Status == CellStatus.Failed),
            ["notRun"] = entry.Run.Cells.Count(cell => cell.Status == CellStatus.NotRun),
            ["seconds"] = Math.Round(entry.Run.Elapsed.TotalSeconds, 3),
            ["failures"] = new JsonArray([.. entry.Run.Failures.Select(failure => (JsonNode)new JsonObject { ["cell"] = failure.Cell, ["line"] = failure.Line, ["message"] = failure.Message })]),
        })]),
    };

    private static string Summary(List<(string File, NotebookRun Run)> runs, string? folder) =>
        string.Join('\n', runs.Select(entry => $"{entry.File}: {entry.Run.Cells.Count} cells, {entry.Run.Cells.Count(cell => cell.Status == CellStatus.Failed)} failed, {entry.Run.Elapsed.TotalSeconds:0.0} s"))
        + (folder is null ? "" : $"\nWritten to {folder}");

    /// <summary>One line for each cell that has ended, on standard error.</summary>
    private sealed class Progress(string file) : IProgress<CellProgress>
    {
        public void Report(CellProgress value)
        {
            if (value.Ended is { } ended)
                Console.Error.WriteLine($"{file}: cell {value.Cell} of {value.Of} {(ended.Status == CellStatus.Ran ? "ran" : "failed")} in {ended.Elapsed.TotalSeconds:0.0} s");
        }
    }
}
