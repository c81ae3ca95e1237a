using EsxCourse.Contracts;
using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz.Taking;

/// <summary>One student taking one quiz: the pick of k, the answers, and the clock.</summary>
/// <remarks>
/// The rules are kept here and nowhere else, whoever shows the quiz. The clock starts when the session is made, that is, when the questions are
/// shown. What is written up to the limit plus the grace counts; what comes later is not taken, and what was written before stays.
/// </remarks>
public sealed class QuizSession
{
    private readonly TimeProvider clock;
    private readonly long started;
    private readonly Dictionary<string, string> answers = [];

    /// <summary>Shows the questions and starts the clock.</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="clock">Where the time comes from; <see cref="TimeProvider.System"/> outside tests.</param>
    public QuizSession(QuizFile quiz, TimeProvider clock)
    {
        Quiz = quiz;
        this.clock = clock;
        started = clock.GetTimestamp();
    }

    /// <summary>Goes on where a session was that somebody has kept.</summary>
    /// <param name="quiz">The quiz.</param>
    /// <param name="clock">Where the time comes from.</param>
    /// <param name="elapsed">How long ago the questions were shown.</param>
    /// <param name="picked">What was picked; empty if nothing was.</param>
    /// <param name="answers">What was written so far, by question id.</param>
    public QuizSession(QuizFile quiz, TimeProvider clock, TimeSpan elapsed, IReadOnlyList<string> picked, IReadOnlyDictionary<string, string> answers)
        : this(quiz, clock)
    {
        started -= (long)(elapsed.TotalSeconds * clock.TimestampFrequency);
        Picked = picked;
        this.answers = new Dictionary<string, string>(answers);
    }

    /// <summary>The quiz.</summary>
    public QuizFile Quiz { get; }

    /// <summary>The ids of the picked questions, in the order of the quiz; empty until <see cref="Pick"/>.</summary>
    public IReadOnlyList<string> Picked { get; private set; } = [];

    /// <summary>How long the student still has, without the grace; null without a limit, zero when it is over.</summary>
    public TimeSpan? TimeLeft => Quiz.TimeLimit is { } limit ? Max(limit - Elapsed) : null;

    /// <summary>How long answers are still taken: the limit and the grace; null without a limit.</summary>
    public TimeSpan? TimeTaken => Quiz.TimeLimit is { } limit ? Max(limit + Quiz.Grace - Elapsed) : null;

    /// <summary>Whether nothing is taken any more.</summary>
    public bool IsOver => TimeTaken == TimeSpan.Zero;

    private TimeSpan Elapsed => clock.GetElapsedTime(started);

    /// <summary>Picks the questions to answer. May be done again while no answer is written; an empty one is none.</summary>
    /// <param name="ids">As many ids as the quiz says, each once.</param>
    /// <exception cref="BadInputException">Too many or too few, one twice, or one that the quiz does not have.</exception>
    public void Pick(IReadOnlyCollection<string> ids)
    {
        if (answers.Values.Any(answer => answer.Length > 0))
            throw new BadInputException("pick", "an answer is already written", "answer the questions that you picked, or empty the answers first");
        string[] known = [.. Quiz.Items.Select(item => item.Id)];
        foreach (string id in ids)
            if (!known.Contains(id))
                throw new BadInputException("pick", $"no question '{id}'", Nearest.Advice(id, known));
        if (ids.Distinct().Count() != Quiz.Pick || ids.Count != Quiz.Pick)
            throw new BadInputException("pick", $"{ids.Distinct().Count()} different questions picked", $"pick {Quiz.Pick}");
        Picked = [.. known.Where(ids.Contains)];
    }

    /// <summary>Writes an answer, or writes it anew.</summary>
    /// <param name="id">A picked question.</param>
    /// <param name="answer">The whole answer so far.</param>
    /// <returns>False if the time and the grace are over; the answer is then as it was.</returns>
    /// <exception cref="BadInputException">The question was not picked.</exception>
    public bool Write(string id, string answer)
    {
        if (!Picked.Contains(id))
            throw new BadInputException("answer", $"'{id}' was not picked", $"answer one of: {string.Join(", ", Picked)}");
        if (IsOver)
            return false;
        answers[id] = answer;
        return true;
    }

    /// <summary>What was handed in; a picked question without an answer counts as an empty one.</summary>
    /// <param name="student">Who answered, or null.</param>
    public AnswerSheet HandIn(string? student = null) =>
        new(Quiz.Name, student, Picked.ToDictionary(id => id, id => answers.GetValueOrDefault(id, "")));

    private static TimeSpan Max(TimeSpan left) => left > TimeSpan.Zero ? left : TimeSpan.Zero;
}
