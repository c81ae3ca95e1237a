namespace EsxCourse.Quiz.Server.Room;

/// <summary>Why the room did not do what it was asked: a word for the page's script, a sentence for the person, and HTTP's number.</summary>
internal sealed record Refusal(int Status, string Code, string Problem)
{
    public static readonly Refusal WrongCode = new(403, "wrong-code", "That is not this quiz's code. It is on the lecturer's screen.");
    public static readonly Refusal WrongPersonal = new(403, "wrong-personal", "That is not your personal code. It is on the device that you joined with; the lecturer can give you a new one.");
    public static readonly Refusal Taken = new(409, "taken", "This login is in already. If it is you, type the personal code that your other device shows.");
    public static readonly Refusal NoNewcomers = new(410, "closed", "This quiz is closed.");
    public static readonly Refusal NotOpen = new(409, "not-open", "The lecturer has not opened the quiz yet.");
    public static readonly Refusal NotStarted = new(409, "not-started", "This attempt was not started.");
    public static readonly Refusal NoAttemptLeft = new(409, "no-attempt-left", "There is no further attempt.");
    public static readonly Refusal AttemptRuns = new(409, "attempt-runs", "Hand in the attempt that runs first.");
    public static readonly Refusal NoSuchQuestion = new(404, "no-such-question", "Your paper has no such question.");
    public static readonly Refusal NotPicked = new(409, "not-picked", "Pick this question before you answer it.");
    public static readonly Refusal Over = new(410, "over", "The time is over. What was saved before counts.");
    public static readonly Refusal TooLong = new(413, "too-long", $"An answer has at most {QuizRoom.LongestAnswer:N0} characters.");
    public static readonly Refusal NotYetShown = new(403, "not-shown", "The solution is shown after the quiz is closed.");
    public static readonly Refusal StillTaking = new(409, "still-taking", "The last answers are still coming in. Try again in a few seconds.");
    public static readonly Refusal NoSuchStudent = new(404, "no-such-student", "No such student is in.");

    public static Refusal Bad(string problem) => new(400, "bad", problem);
}

/// <summary>What the room did, or why it did not.</summary>
internal readonly record struct Outcome<T>(T? Value, Refusal? Refusal)
{
    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
