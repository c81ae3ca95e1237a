using System.CommandLine;
using System.Globalization;
using EsxCourse.Contracts;
using EsxCourse.Gradebook.Export;
using EsxCourse.Gradebook.Report;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Similarity;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx similarity</c>: which submissions have passages in common, with each other, the references and the library; for a person to look at.</summary>
internal static class SimilarityCommand
{
    private const int MostPrinted = 10;

    public static Command Create()
    {
        Argument<string> upload = new("DIR") { Description = "The class, as 'esx grade' takes it: a folder with one folder, .cs file or notebook a student, or a platform's zip." };
        Option<string> output = new("--out") { Description = "Folder for similarity.html and similarity.json.", HelpName = "DIR", Required = true };
        Option<string?> exercise = new("--exercise") { Description = "Take every submission as one to this exercise; otherwise the contract that it implements tells.", HelpName = "SLUG" };
        Option<int> top = new("--top") { Description = "How many pairs are shown for each exercise.", HelpName = "N", DefaultValueFactory = _ => 40 };
        Option<bool> json = new("--json") { Description = "Print similarity.json on standard output, and nothing else there." };
        Command command = new("similarity", "Show which submissions have passages in common, side by side. Renaming, layout and order do not matter. It accuses nobody: look for yourself.") { upload, output, exercise, top, json };
        command.SetAction(async (parsed, stop) =>
        {
            if (parsed.GetValue(top) is < 1 or > 1000)
                throw new BadInputException("--top", $"{parsed.GetValue(top)} is not between 1 and 1000", "say how many pairs are to be shown");
            ExerciseCatalog catalog = CourseExercises.Load();
            IReadOnlyList<Submission> submissions = SubmissionFolder.Read(parsed.GetRequiredValue(upload), catalog, parsed.GetValue(exercise) is string slug ? catalog.Find(slug) : null);
            SourceFile[] library = [.. Library()];
            List<ExerciseSimilarity> found = [];
            await ProgressDisplay.RunAsync(progress =>
            {
                Steps steps = new(progress.Stage("Comparing", submissions.Count(s => s.Refusal is null)));
                foreach (IGrouping<Exercise, Submission> answers in submissions.GroupBy(s => s.Exercise).OrderBy(g => g.Key.Slug, StringComparer.Ordinal))
                    found.Add(SimilarityFinder.Compare(answers.Key, [.. answers], library, parsed.GetValue(top), steps, stop));
                return Task.CompletedTask;
            });
            string folder = parsed.GetRequiredValue(output), document = SimilarityJson.Write(found);
            ExportFile.WriteAll([new ExportFile("similarity.html", SimilarityPage.Write(found)), new ExportFile("similarity.json", document)], folder);
            if (parsed.GetValue(json))
                Console.Out.Write(document);
            else
                Show(found, folder);
            return CommandLine.Done;
        });
        return command;
    }

    private static IEnumerable<SourceFile> Library()
    {
        string root = KitRoot.Find(), library = Path.Combine(root, "lib");
        return Directory.Exists(library)
            ? Directory.EnumerateFiles(library, "*.cs", SearchOption.AllDirectories).Select(path => new SourceFile(Path.GetRelativePath(root, path).Replace('\\', '/'), File.ReadAllText(path)))
            : [];
    }

    private static void Show(IReadOnlyList<ExerciseSimilarity> found, string folder)
    {
        foreach (ExerciseSimilarity exercise in found)
        {
            Console.Out.WriteLine($"{exercise.Exercise}: {exercise.Compared} submissions; half of the pairs score below {Number(exercise.Median)}, all but one in a hundred below {Number(exercise.NinetyNinth)}.");
            foreach (SimilarPair pair in exercise.Pairs.Take(MostPrinted).Concat(exercise.WithSources.Take(MostPrinted)))
                Console.Out.WriteLine($"  {Number(pair.Score),5}  {PlainText.OneLine(pair.A.Name)} and {PlainText.OneLine(pair.B.Name)} share {pair.Shared} of {pair.Of} passages");
        }

        Console.Out.WriteLine("A score says how much two texts share, not why: look for yourself.");
        Console.Out.WriteLine($"Side by side: {Path.Combine(folder, "similarity.html")}");
    }

    private static string Number(double score) => score.ToString("0.0", CultureInfo.InvariantCulture);

    private sealed class Steps(IStage stage) : IProgress<string>
    {
        public void Report(string value) => stage.Step(PlainText.OneLine(value));
    }
}
