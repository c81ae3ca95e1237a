using System.CommandLine;
using EsxCourse.Cli.Book;
using EsxCourse.Contracts;
using EsxCourse.Kernel;
using EsxCourse.Notebooks;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx book</c>: the whole course as one site for any browser, without a network.</summary>
internal static class BookCommand
{
    public static Command Create()
    {
        Option<string> output = new("--out") { Description = "Write the site into this folder.", HelpName = "DIR", DefaultValueFactory = _ => Path.Combine("out", "book") };
        Option<bool> instructor = new("--instructor") { Description = "Add the answers, the references and the plan with its minutes. Not for publishing." };
        Command command = new("book", "Run every lecture and make the offline site of the course: lectures, slides, quizzes, exercise sheets.") { output, instructor };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(output)!, parsed.GetValue(instructor), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(string output, bool instructor, CancellationToken cancellation)
    {
        HtmlSite site = null!;
        NotebookRun[] runs = [];
        CourseBook book = new(KitRoot.Find(), instructor);
        await ProgressDisplay.RunAsync(async progress => (site, runs) = await book.MakeAsync(progress, cancellation));
        try
        {
            site.WriteTo(output);
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--out {output}", $"the book cannot be written ({cannot.Message.TrimEnd('.')})", "make room, or give a folder that you may write to", cannot);
        }

        foreach (NotebookRun run in runs)
            foreach (CellFailure failure in run.Failures)
                Console.Error.WriteLine($"{LectureRuns.NameOf(run.Document)}: {failure}");
        Console.WriteLine($"{runs.Length} lectures, {site.Pages.Count} pages. The book, for any browser and without a network: {Path.Combine(output, "index.html")}");
        return runs.All(run => run.Succeeded) ? CommandLine.Done : CommandLine.WorkFailed;
    }
}
