using EsxCourse.Quiz.Server.Room;

namespace EsxCourse.Quiz.Server.Filing;

/// <summary>One attempt, scored.</summary>
internal sealed record ScoredAttempt(StudentRow Student, AttemptRow Attempt, AnswerSheet Sheet, QuizScore Score, DateTimeOffset HandedIn);

/// <summary>What a class handed in, scored from what the database holds. Only asked for when nothing is taken any more, so that it never changes.</summary>
internal static class ClassResults
{
    public static IReadOnlyList<ScoredAttempt> Of(QuizRoom room)
    {
        (RoomState state, List<StudentRow> students, List<AttemptRow> attempts, List<AnswerRow> answers) = room.ReadAll();
        Dictionary<int, StudentRow> who = students.ToDictionary(student => student.Number);
        ILookup<(int, int), AnswerRow> written = answers.ToLookup(answer => (answer.Student, answer.Attempt));
        return [.. attempts.AsParallel().AsOrdered().Select(attempt => Score(room, state, who[attempt.Student], attempt, [.. written[(attempt.Student, attempt.Number)]]))];
    }

    private static ScoredAttempt Score(QuizRoom room, RoomState state, StudentRow student, AttemptRow attempt, AnswerRow[] answers)
    {
        QuizFile paper = room.PaperOf(attempt);
        AnswerSheet sheet = new(paper.Name, student.Login, attempt.Picked.ToDictionary(id => id, id => answers.FirstOrDefault(answer => answer.Item == id)?.Text ?? "")) { Seed = attempt.Seed };
        long handedIn = attempt.HandedInAt ?? answers.Select(answer => answer.SavedAt).DefaultIfEmpty(state.ClosedAt ?? attempt.StartedAt).Max();
        return new ScoredAttempt(student, attempt, sheet, QuizScorer.Score(paper, sheet), DateTimeOffset.FromUnixTimeMilliseconds(handedIn));
    }
}
