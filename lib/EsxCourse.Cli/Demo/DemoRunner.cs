using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Grading;
using EsxCourse.Grading.Reports;
using EsxCourse.Kernel;
using EsxCourse.Notebooks;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Cli.Demo;

/// <summary>The kit's main job on its own material: runs the lectures, scores the quiz, grades the sample class, writes one report.</summary>
/// <param name="kit">The kit's folder.</param>
/// <param name="output">The report's folder.</param>
internal sealed class DemoRunner(string kit, string output)
{
    // The sample class is published, and so are its hidden inputs; a course grades with a secret of its own.
    private static readonly byte[] PublicSecret = Encoding.ASCII.GetBytes("the demo of EsxCourse has no secret");

    /// <summary>Does it all.</summary>
    /// <param name="progress">Where to show how far it is.</param>
    /// <param name="cancellation">Stops it; nothing is left running.</param>
    /// <exception cref="BadInputException">The kit's own material is broken, or the report cannot be written.</exception>
    public async Task<DemoResult> RunAsync(ProgressDisplay progress, CancellationToken cancellation)
    {
        NotebookDocument[] notebooks = LectureRuns.Read(kit);
        IStage lectures = progress.Stage("Lectures", LectureRuns.CodeCells(notebooks));
        IStage quiz = progress.Stage("Quiz", 1);
        string students = Path.Combine(kit, "exercises", "sample-class");
        IStage grading = progress.Stage("Class", Directory.EnumerateDirectories(students).Count());

        HtmlSite site = new("EsxCourse");
        NotebookRun[] runs = await LectureRuns.ExecuteAsync(notebooks, lectures, cancellation);
        (QuizResult quizResult, HtmlPage quizPage) = Quiz();
        quiz.Step(quizResult.Name);
        SubmissionResult[] submissions = await GradeAsync(students, grading, cancellation);

        NotebookResult[] results = [.. runs.Select(run => Result(run, LectureRuns.NameOf(run.Document)))];
        DemoResult result = new(results, quizResult, submissions, Path.Combine(output, "index.html"));
        site.Add(DemoReport.Overview(result));
        foreach ((NotebookRun run, NotebookResult lecture) in runs.Zip(results))
            site.Add(NotebookHtml.ToPage(run.Document, lecture.Page));
        site.Add(quizPage);
        site.Add(DemoReport.Class(submissions));
        Write(site, runs, results);
        return result;
    }

    private static NotebookResult Result(NotebookRun run, string name) => new(
        name, run.Document.Title, run.Cells.Count(cell => cell.Status != CellStatus.NotRun), run.Cells.Count(cell => cell.Status == CellStatus.Failed),
        [.. run.Failures.Select(failure => failure.ToString())], $"notebooks/{name}.html");

    private (QuizResult Result, HtmlPage Page) Quiz()
    {
        string folder = Path.Combine(kit, "exercises", "quizzes");
        QuizFile quiz = QuizFile.Load(Path.Combine(folder, "faux-quiz.yaml"));
        QuizScore score = QuizScorer.Score(quiz, AnswerSheet.Load(Path.Combine(folder, "faux-quiz.answers.yaml"), quiz));
        HtmlPage page = new("quiz.html", quiz.Title, $"<style>{ScoreHtml.Style}</style>\n{ScoreHtml.Render(score, headingLevel: 1)}") { Label = "Quiz", ShowsTitle = false };
        return (new QuizResult(quiz.Name, quiz.Title, score.Points, score.Max, page.FileName), page);
    }

    private static async Task<SubmissionResult[]> GradeAsync(string students, IStage stage, CancellationToken cancellation)
    {
        ClassGrader grader = new(CourseExercises.Load(), new GradingOptions { Secret = PublicSecret });
        ClassReport report = await grader.GradeAsync(students, new SubmissionSteps(stage), cancellation);
        return [.. report.Submissions.Select(submission => new SubmissionResult(
            submission.Student, submission.Exercise, submission.Points, submission.Max, submission.Summary,
            [.. submission.Checks.Select(check => new CheckResult(check.Name, check.Points, check.Max, check.Reason))]))];
    }

    private void Write(HtmlSite site, NotebookRun[] runs, NotebookResult[] results)
    {
        try
        {
            site.WriteTo(output);
            foreach ((NotebookRun run, NotebookResult result) in runs.Zip(results))
                NotebookFile.Write(run.Document, Path.Combine(output, "notebooks", result.Name + ".ipynb"));
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException($"--out {output}", $"the report cannot be written ({cannot.Message.TrimEnd('.')})", "make room, or give a folder that you may write to", cannot);
        }
    }

    private sealed class SubmissionSteps(IStage stage) : IProgress<GradingProgress>
    {
        public void Report(GradingProgress value) => stage.Step($"{value.Latest.Student}, {value.Latest.Points} of {value.Latest.Max}");
    }
}
