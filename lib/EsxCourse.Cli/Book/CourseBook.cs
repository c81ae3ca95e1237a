using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Kernel;
using EsxCourse.Notebooks;
using EsxCourse.Quiz;

namespace EsxCourse.Cli.Book;

// The course as one site that needs no network: every lecture executed, and as slides; every topic of the quiz bank to practise with; every
// exercise's statement. The instructor's book has two pages more, the plan with its minutes and the answers, and is not for publishing.

/// <summary>Makes the book.</summary>
/// <param name="kit">The kit's folder.</param>
/// <param name="forInstructor">Whether to add the answers and the plan.</param>
internal sealed class CourseBook(string kit, bool forInstructor)
{
    public const string Lectures = "lectures", Slides = "slides", Quizzes = "quizzes", Exercises = "exercises";

    /// <summary>Runs the lectures and puts the site together.</summary>
    /// <param name="progress">Where to show how far it is.</param>
    /// <param name="cancellation">Stops it; nothing is left running.</param>
    /// <returns>The site, not yet written, and the runs.</returns>
    /// <exception cref="BadInputException">The kit's own material is broken.</exception>
    public async Task<(HtmlSite Site, NotebookRun[] Runs)> MakeAsync(ProgressDisplay progress, CancellationToken cancellation)
    {
        NotebookDocument[] lectures = LectureRuns.Read(kit);
        QuizBank bank = QuizBank.Load(Path.Combine(kit, "exercises", "quizzes"));
        ExerciseCatalog exercises = CourseExercises.Load();
        LecturePlan plan = LecturePlan.Load(Path.Combine(kit, "notebooks", "index.yaml"));
        NotebookRun[] runs = await LectureRuns.ExecuteAsync(lectures, progress.Stage("Lectures", LectureRuns.CodeCells(lectures)), cancellation);

        HtmlSite site = new(forInstructor ? "EsxCourse, the instructor's book" : "EsxCourse");
        site.Add(BookPages.Overview(runs, plan));
        foreach (NotebookRun run in runs)
        {
            string name = LectureRuns.NameOf(run.Document);
            HtmlPage page = NotebookHtml.ToPage(run.Document, $"{Lectures}/{name}.html");
            site.Add(page with { Label = BookPages.ShortTitle(name), Body = BookPages.SlidesLink(name) + page.Body });
            site.Add(SlideDeck.Of(run.Document, $"{Slides}/{name}.html"));
        }

        QuizFile[] topics = [.. bank.Quizzes.Where(quiz => quiz.Practice && quiz.Draws.Count == 0)];
        site.Add(QuizPages.List(topics));
        foreach (QuizFile topic in topics)
            site.Add(QuizPages.Practice(topic));
        site.Add(ExercisePages.List(exercises));
        foreach (Exercise exercise in exercises.Exercises)
            site.Add(ExercisePages.Sheet(exercise, forInstructor));
        if (forInstructor)
        {
            site.Add(BookPages.Plan(plan));
            site.Add(QuizPages.Answers(bank));
        }

        return (site, runs);
    }
}
