using System.CommandLine;
using EsxCourse.Contracts;
using EsxCourse.Gradebook;
using EsxCourse.Gradebook.Report;
using EsxCourse.Quiz;
using EsxCourse.Quiz.Rendering;
using EsxCourse.Quiz.Server.Filing;

namespace EsxCourse.Cli.Commands;

/// <summary><c>esx quiz review</c>: the answers that a human has yet to confirm, the least sure first, with their evidence; confirms one or changes its points.</summary>
/// <remarks>The queue is the gradebook's: what awaits a review there and nobody has adjusted. A decision is an adjustment, kept beside the scorer's result.</remarks>
internal static class QuizReviewCommand
{
    public static Command Create()
    {
        Argument<string> name = QuizInput.Quiz();
        Argument<string> answers = new("answers") { Description = "The folder of answer files (or one file) that 'esx quiz score --gradebook' recorded." };
        Option<string> place = new("--gradebook") { Description = "The gradebook that holds the results.", HelpName = "PLACE", Required = true };
        Option<string> course = new("--course") { Description = "The course in the gradebook.", HelpName = "NAME", DefaultValueFactory = _ => CourseGradebook.DefaultCourse };
        Option<string?> student = new("--student") { Description = "Decide on this student's answer; without it, the queue is listed.", HelpName = "NAME" };
        Option<string?> question = new("--question") { Description = "The question.", HelpName = "ID" };
        Option<bool> confirm = new("--confirm") { Description = "Let the scorer's points stand." };
        Option<decimal?> points = new("--points") { Description = "Give these points instead.", HelpName = "N" };
        Option<string?> comment = new("--comment") { Description = "Why; the student may read it.", HelpName = "TEXT" };
        Option<string?> by = new("--by") { Description = "Who decided.", HelpName = "NAME" };
        Option<string?> page = new("--html") { Description = "Write the queue as a page, with the evidence marked in the answers.", HelpName = "FILE" };
        Option<bool> json = QuizInput.Json();
        Command command = new("review", "List the free-text answers that wait for a human, the least sure first; confirm one, or change its points with a comment.")
        {
            name, answers, place, course, student, question, confirm, points, comment, by, page, json,
        };
        command.SetAction(async (parsed, stop) =>
        {
            await using CourseGradebook gradebook = await CourseGradebook.OpenExistingAsync(parsed.GetRequiredValue(place), parsed.GetRequiredValue(course), stop);
            Waiting[] queue = await QueueAsync(gradebook, [.. QuizInput.Sheets(parsed.GetRequiredValue(name), parsed.GetRequiredValue(answers), null)], stop);
            if (parsed.GetValue(student) is { } who)
            {
                Waiting chosen = queue.FirstOrDefault(one => one.Student == who && (parsed.GetValue(question) is not { } id || one.Question.Item.Id == id))
                    ?? throw new BadInputException("--student", $"no answer of '{who}'{(parsed.GetValue(question) is { } asked ? $" to '{asked}'" : "")} waits", "see the queue: the same command without --student");
                decimal given = parsed.GetValue(points) is { } other ? Within(other, chosen) : parsed.GetValue(confirm) ? (decimal)chosen.Question.Points
                    : throw new BadInputException("--student", "nothing was decided", "add '--confirm', or '--points N --comment TEXT'");
                string why = parsed.GetValue(comment) ?? (parsed.GetValue(confirm) ? "Confirmed." : throw new BadInputException("--points", "changes points without a reason", "add '--comment TEXT'; the student will ask"));
                await gradebook.AdjustAsync(new Adjustment(who, chosen.Quiz, AdjustmentKind.Set, given, why, parsed.GetValue(by) ?? throw new BadInputException("--by", "is missing", "say who decided: --by NAME"))
                { Check = chosen.Question.Item.Id, SubmissionHash = chosen.Hash }, stop);
                Console.WriteLine($"{who} {chosen.Question.Item.Id}: {chosen.Question.Points:0.##} → {given:0.##} of {chosen.Question.Max:0.##}; {queue.Length - 1} left.");
                return CommandLine.Done;
            }

            if (parsed.GetValue(page) is { } file)
                QuizOutput.Put(ReviewHtml.Write([.. queue.Select(one => (one.Student, one.Question))]), file);
            List(queue, parsed.GetValue(json));
            return CommandLine.Done;
        });
        return command;
    }

    private sealed record Waiting(string Quiz, string Student, string Hash, QuestionScore Question);

    private static async Task<Waiting[]> QueueAsync(CourseGradebook gradebook, SheetFile[] sheets, CancellationToken stop)
    {
        GradebookContent content = await gradebook.ReadAsync(stop);
        List<Waiting> queue = [];
        foreach (SheetFile sheet in sheets)
        {
            string hash = SheetFiling.Hash(sheet.Sheet);
            RecordedAttempt? recorded = content.Attempts.FirstOrDefault(one => one.Attempt.SubmissionHash == hash && one.Attempt.Assignment == sheet.Score.Quiz.Name);
            foreach (CheckResult check in recorded?.Standing.Result.Checks.Where(check => check.Verdict == Verdict.AwaitsReview) ?? [])
                if (!content.Adjustments.Any(done => done.Student == recorded!.Attempt.Student && done.Assignment == recorded.Attempt.Assignment && done.Check == check.Id && (done.SubmissionHash ?? hash) == hash))
                    queue.Add(new Waiting(sheet.Score.Quiz.Name, recorded!.Attempt.Student, hash, sheet.Score.Questions.Single(question => question.Item.Id == check.Id)));
        }

        return [.. queue.OrderBy(one => one.Question.Confidence).ThenBy(one => one.Student, StringComparer.Ordinal).ThenBy(one => one.Question.Item.Id, StringComparer.Ordinal)];
    }

    private static void List(Waiting[] queue, bool json)
    {
        if (json)
        {
            JsonOutput.Print(queue.Select(one => new { one.Student, question = one.Question.Item.Id, one.Question.Points, one.Question.Max, one.Question.Confidence, one.Question.Answer, found = one.Question.Found.Select(found => new { found.Concept.Name, found.Evidence }), mistakes = one.Question.Mistakes.Select(found => new { found.Concept.Name, found.Evidence }) }));
            return;
        }

        Console.WriteLine(queue.Length == 0 ? "No answer waits for a review." : $"{queue.Length} {(queue.Length == 1 ? "answer waits" : "answers wait")} for a review, the least sure first.");
        foreach (Waiting one in queue)
        {
            Console.WriteLine($"\n{one.Student}, {one.Question.Item.Id} (confidence {one.Question.Confidence:0.00})");
            ScoreText.Write(one.Question, Console.Out);
            Console.WriteLine($"  Answer: {PlainText.OneLine(one.Question.Answer)}");
        }
    }

    private static decimal Within(decimal points, Waiting answer) =>
        points >= 0 && points <= (decimal)answer.Question.Max ? points : throw new BadInputException("--points", $"{points:0.##} is not between 0 and {answer.Question.Max:0.##}", "give the points that the answer is worth");
}
