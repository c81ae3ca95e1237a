using System.Globalization;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Server.Store;
using EsxCourse.Quiz.Taking;

namespace EsxCourse.Quiz.Server.Room;

/// <summary>What a browser gets for joining.</summary>
internal sealed record Ticket(string Token, string Personal);

/// <summary>An answer was saved, or was not because another device had changed it; then <see cref="Text"/> is what stands.</summary>
internal sealed record SaveResult(bool Saved, long Seq, string? Text);

/// <summary>Where a student is.</summary>
internal sealed record StudentState(RoomState Room, RoomPhase Phase, StudentRow Student, AttemptRow? Attempt, QuizFile? Paper, IReadOnlyList<AnswerRow> Answers, TimeSpan? TimeLeft, bool IsOver);

/// <summary>
/// One quiz in one room: everything that students and the lecturer may do, and nothing that they may not. The web pages only ask.
/// <list type="bullet">
/// <item>The clock is the server's. An attempt's time runs from its start; the limit, the grace and the pick of k are <see cref="QuizSession"/>'s.</item>
/// <item>A save names the version that it was typed over. If that is no longer the newest, nothing changes: a late, repeated or replayed save
/// never overwrites a newer one.</item>
/// <item>Every change is one transaction, decided on what is in the database and acknowledged after its commit.</item>
/// </list>
/// </summary>
internal sealed class QuizRoom : IAsyncDisposable
{
    /// <summary>The longest answer, in characters: some six pages.</summary>
    public const int LongestAnswer = 20_000;

    private const int LongestLogin = 64;
    private const int LongestName = 100;
    private const int PersonalLength = 8;

    // course choice: a page asks every two seconds whether the quiz is closed, and then has this long to send what is still being typed.
    private static readonly TimeSpan LeastClosingGrace = TimeSpan.FromSeconds(5);

    private readonly RoomDatabase database;
    private readonly Papers papers;
    private long version;

    private QuizRoom(RoomDatabase database, QuizFile quiz, Papers papers, RoomClock clock)
    {
        this.database = database;
        this.papers = papers;
        Quiz = quiz;
        Clock = clock;
        ClosingGrace = quiz.Grace > LeastClosingGrace ? quiz.Grace : LeastClosingGrace;
    }

    public QuizFile Quiz { get; }

    public RoomClock Clock { get; }

    /// <summary>How long after the lecturer closed an answer is still taken.</summary>
    public TimeSpan ClosingGrace { get; }

    /// <summary>Counts the changes; whoever shows the room looks again when it has moved.</summary>
    public long Version => Interlocked.Read(ref version);

    public RoomState State => Read(session => RoomState.Read(session)!);

    /// <summary>Opens the room, or goes on with it.</summary>
    /// <exception cref="BadInputException">The file holds another quiz, or the options contradict what it holds.</exception>
    public static async Task<QuizRoom> OpenAsync(QuizServerOptions options, TimeProvider clock)
    {
        RoomDatabase database = RoomDatabase.Open(options.Database);
        try
        {
            string fingerprint = Papers.Fingerprint(options.Quiz, options.Bank);
            RoomState state = await database.WriteAsync(session =>
            {
                if (RoomState.Read(session) is { } kept)
                    return kept;
                RoomState begun = new(
                    options.Quiz.Name, fingerprint, Secrets.Plain(options.Code ?? Secrets.Code(6)), Secrets.Token(), Secrets.Token(),
                    options.TimeLimit ?? options.Quiz.TimeLimit, options.Attempts ?? options.Quiz.Attempts ?? 1, null, null, null, null);
                begun.Create(session);
                return begun;
            });
            Compare(options, state, fingerprint);
            long last = database.Read(LatestMoment);
            QuizRoom room = new(database, options.Quiz, new Papers(options.Quiz, options.Bank, state.Limit), new RoomClock(clock, DateTimeOffset.FromUnixTimeMilliseconds(last)));
            if (options.OpenAtOnce)
                await room.OpenAsync();
            return room;
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    /// <summary>Lets a student in, or lets one who is in go on here.</summary>
    public Task<Outcome<Ticket>> JoinAsync(string code, string login, string name, string? personal)
    {
        login = login.Trim();
        name = name.Trim();
        if (Unfit(login, LongestLogin, "login") is { } badLogin)
            return Task.FromResult<Outcome<Ticket>>(badLogin);
        if (Unfit(name, LongestName, "name") is { } badName)
            return Task.FromResult<Outcome<Ticket>>(badName);
        return WriteAsync<Ticket>(session =>
        {
            RoomState state = RoomState.Read(session)!;
            if (!Secrets.Same(Secrets.Plain(code), state.Code))
                return Refusal.WrongCode;
            if (StudentRow.WithLogin(session, login) is { } known)
            {
                return personal is null ? Refusal.Taken
                    : Secrets.Same(Secrets.Plain(personal), known.Personal) ? new Ticket(known.Token, known.Personal) : Refusal.WrongPersonal;
            }

            if (PhaseOf(state) > RoomPhase.Open)
                return Refusal.NoNewcomers;
            Ticket ticket = new(Secrets.Token(), Secrets.Code(PersonalLength));
            session.Execute("INSERT INTO student(login, name, token, personal, joined_ms) VALUES ($1, $2, $3, $4, $5)", login, name, ticket.Token, ticket.Personal, Clock.NowMilliseconds);
            return ticket;
        });
    }

    /// <summary>Who holds a token; null if nobody does.</summary>
    public StudentRow? Find(string token) => Read(session => StudentRow.WithToken(session, token));

    /// <summary>Where a student is.</summary>
    public StudentState Look(StudentRow student) => Read(session =>
    {
        RoomState state = RoomState.Read(session)!;
        AttemptRow? attempt = AttemptRow.Latest(session, student.Number);
        QuizSession? running = attempt is null ? null : Session(attempt, []);
        return new StudentState(
            state, PhaseOf(state), student, attempt, attempt is null ? null : papers.Of(attempt.Seed), attempt is null ? [] : AnswerRow.Of(session, attempt),
            running?.TimeLeft, attempt is not null && IsOver(state, attempt));
    });

    /// <summary>Starts an attempt: draws its paper and starts its clock. Asking again for the one that runs changes nothing.</summary>
    public Task<Outcome<int>> StartAsync(StudentRow student, int number) => WriteAsync<int>(session =>
    {
        RoomState state = RoomState.Read(session)!;
        AttemptRow? latest = AttemptRow.Latest(session, student.Number);
        int current = latest?.Number ?? 0;
        if (number == current && current > 0)
            return current;
        if (PhaseOf(state) is var phase && phase != RoomPhase.Open)
            return phase == RoomPhase.Waiting ? Refusal.NotOpen : Refusal.NoNewcomers;
        if (number != current + 1 || number > state.Attempts)
            return Refusal.NoAttemptLeft;
        if (latest is not null && !IsOver(state, latest))
            return Refusal.AttemptRuns;
        long seed = Papers.Seed(state.Secret, student.Login, number);
        QuizFile paper = papers.Of(seed);
        // Where there is nothing to choose, nobody is asked to.
        string? picked = paper.Pick == paper.Items.Count ? string.Join(' ', paper.Items.Select(item => item.Id)) : null;
        session.Execute("INSERT INTO attempt(student, number, seed, started_ms, picked) VALUES ($1, $2, $3, $4, $5)", student.Number, number, seed, Clock.NowMilliseconds, picked);
        return number;
    });

    /// <summary>Picks the questions to answer.</summary>
    public Task<Outcome<bool>> PickAsync(StudentRow student, int number, IReadOnlyList<string> questions) => WriteAsync<bool>(session =>
    {
        Outcome<AttemptRow> running = Running(session, student, number);
        if (running.Value is not { } attempt)
            return running.Refusal!;
        QuizFile paper = papers.Of(attempt.Seed);
        List<string> ids = [];
        foreach (string question in questions)
        {
            if (Papers.IdOf(paper, question) is not { } id)
                return Refusal.NoSuchQuestion;
            ids.Add(id);
        }

        QuizSession rules = Session(attempt, AnswerRow.Of(session, attempt));
        try
        {
            rules.Pick(ids);
        }
        catch (BadInputException bad)
        {
            return Refusal.Bad($"{char.ToUpperInvariant(bad.Problem[0])}{bad.Problem[1..]}: {bad.Remedy}.");
        }

        session.Execute("UPDATE attempt SET picked = $1 WHERE student = $2 AND number = $3", string.Join(' ', rules.Picked), student.Number, number);
        return true;
    });

    /// <summary>Saves an answer.</summary>
    /// <param name="student">Whose.</param>
    /// <param name="number">The attempt that it was typed in.</param>
    /// <param name="question">The question, as the paper calls it.</param>
    /// <param name="typedOver">The version that it was typed over; 0 if there was none.</param>
    /// <param name="text">The whole answer.</param>
    public Task<Outcome<SaveResult>> SaveAsync(StudentRow student, int number, string question, long typedOver, string text)
    {
        if (text.Length > LongestAnswer)
            return Task.FromResult<Outcome<SaveResult>>(Refusal.TooLong);
        return WriteAsync<SaveResult>(session =>
        {
            Outcome<AttemptRow> running = Running(session, student, number);
            if (running.Value is not { } attempt)
                return running.Refusal!;
            if (Papers.IdOf(papers.Of(attempt.Seed), question) is not { } id)
                return Refusal.NoSuchQuestion;
            if (!attempt.Picked.Contains(id))
                return Refusal.NotPicked;
            if (!Session(attempt, []).Write(id, text))
                return Refusal.Over;
            AnswerRow? stands = AnswerRow.Of(session, attempt, id);
            long seq = stands?.Seq ?? 0;
            // The same text again: its acknowledgement was lost on the way.
            if (stands?.Text == text)
                return new SaveResult(true, seq, null);
            if (seq != typedOver)
                return new SaveResult(false, seq, stands?.Text ?? "");
            session.Execute(
                "INSERT INTO answer(student, attempt, item, seq, text, saved_ms) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO UPDATE SET seq = $4, text = $5, saved_ms = $6",
                student.Number, number, id, seq + 1, text, Clock.NowMilliseconds);
            return new SaveResult(true, seq + 1, null);
        });
    }

    /// <summary>Ends an attempt before its time.</summary>
    public Task<Outcome<bool>> HandInAsync(StudentRow student, int number) => WriteAsync<bool>(session =>
    {
        Outcome<AttemptRow> running = Running(session, student, number);
        if (running.Value is null)
            return running.Refusal == Refusal.Over ? true : running.Refusal!;
        session.Execute("UPDATE attempt SET handed_in_ms = $1 WHERE student = $2 AND number = $3", Clock.NowMilliseconds, student.Number, number);
        return true;
    });

    /// <summary>Lets students start.</summary>
    public Task<Outcome<bool>> OpenAsync() => WriteAsync<bool>(session =>
    {
        session.Execute("UPDATE room SET opened_ms = $1 WHERE opened_ms IS NULL", Clock.NowMilliseconds);
        return true;
    });

    /// <summary>Closes the quiz for all; what is under way is taken for <see cref="ClosingGrace"/>.</summary>
    public Task<Outcome<bool>> CloseAsync() => WriteAsync<bool>(session =>
    {
        session.Execute("UPDATE room SET closed_ms = $1 WHERE closed_ms IS NULL", Clock.NowMilliseconds);
        return true;
    });

    /// <summary>Lets everybody see solution and results; only when nothing is taken any more.</summary>
    public Task<Outcome<bool>> ShowAsync() => WriteAsync<bool>(session =>
    {
        RoomPhase phase = PhaseOf(RoomState.Read(session)!);
        if (phase < RoomPhase.Closed)
            return phase == RoomPhase.Closing ? Refusal.StillTaking : Refusal.Bad("Close the quiz first.");
        session.Execute("UPDATE room SET shown_ms = $1 WHERE shown_ms IS NULL", Clock.NowMilliseconds);
        return true;
    });

    /// <summary>Gives a student who lost the device a new personal code. What the lost device holds is worth nothing from now on.</summary>
    public Task<Outcome<string>> NewPersonalAsync(int number) => WriteAsync<string>(session =>
    {
        string personal = Secrets.Code(PersonalLength);
        return session.Execute("UPDATE student SET personal = $1, token = $2 WHERE number = $3", personal, Secrets.Token(), number) == 1 ? personal : Refusal.NoSuchStudent;
    });

    /// <summary>Notes that the results are where they should be.</summary>
    public Task<Outcome<bool>> FiledAsync() => WriteAsync<bool>(session =>
    {
        session.Execute("UPDATE room SET filed_ms = $1", Clock.NowMilliseconds);
        return true;
    });

    /// <summary>Everybody's rows, as of one moment.</summary>
    public (RoomState State, List<StudentRow> Students, List<AttemptRow> Attempts, List<AnswerRow> Answers) ReadAll() =>
        Read(session => (RoomState.Read(session)!, StudentRow.All(session), AttemptRow.All(session), AnswerRow.All(session)));

    /// <summary>The paper of an attempt.</summary>
    public QuizFile PaperOf(AttemptRow attempt) => papers.Of(attempt.Seed);

    /// <summary>Whether an attempt takes nothing any more.</summary>
    public bool IsOver(RoomState state, AttemptRow attempt) => attempt.HandedInAt is not null || PhaseOf(state) >= RoomPhase.Closed || Session(attempt, []).IsOver;

    public RoomPhase PhaseOf(RoomState state) => state.Phase(Clock.NowMilliseconds, ClosingGrace);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    /// <summary>The attempt, if it is the one that runs and still takes answers.</summary>
    private Outcome<AttemptRow> Running(SqlSession session, StudentRow student, int number)
    {
        AttemptRow? latest = AttemptRow.Latest(session, student.Number);
        if (latest is null || number > latest.Number)
            return Refusal.NotStarted;
        return number < latest.Number || IsOver(RoomState.Read(session)!, latest) ? Refusal.Over : latest;
    }

    /// <summary>The rules of taking a quiz, as they stand for this attempt now.</summary>
    private QuizSession Session(AttemptRow attempt, IReadOnlyList<AnswerRow> answers) => new(
        papers.Of(attempt.Seed), Clock.Provider, TimeSpan.FromMilliseconds(Math.Max(0, Clock.NowMilliseconds - attempt.StartedAt)), attempt.Picked,
        answers.ToDictionary(answer => answer.Item, answer => answer.Text));

    private T Read<T>(Func<SqlSession, T> work) => database.Read(work);

    private async Task<Outcome<T>> WriteAsync<T>(Func<SqlSession, Outcome<T>> work)
    {
        Outcome<T> outcome = await database.WriteAsync(work);
        if (outcome.Refusal is null)
            Interlocked.Increment(ref version);
        return outcome;
    }

    // The latest of all moments that are recorded: time must not stand before it after a restart, whatever the machine's calendar says.
    private static long LatestMoment(SqlSession session) => session.Query(
        """
        SELECT max(m) FROM (SELECT max(coalesce(opened_ms, 0), coalesce(closed_ms, 0), coalesce(shown_ms, 0), coalesce(filed_ms, 0)) AS m FROM room
          UNION ALL SELECT max(joined_ms) FROM student UNION ALL SELECT max(started_ms, coalesce(handed_in_ms, 0)) FROM attempt UNION ALL SELECT max(saved_ms) FROM answer)
        """,
        row => row.GetInt64(0)).Single();

    private static Refusal? Unfit(string text, int longest, string what) =>
        text.Length == 0 ? Refusal.Bad($"Write your {what}.")
        : text.Length > longest ? Refusal.Bad($"A {what} has at most {longest} characters.")
        : text.EnumerateRunes().Any(rune => rune.Value == 0xFFFD || System.Text.Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
            ? Refusal.Bad($"The {what} holds a character that cannot be shown.")
        : null;

    private static void Compare(QuizServerOptions options, RoomState state, string fingerprint)
    {
        string other = "name another file with --db, or leave the option out to go on with this one";
        if (state.Quiz != options.Quiz.Name)
            throw new BadInputException(options.Database, $"holds the quiz '{state.Quiz}', not '{options.Quiz.Name}'", "name another file with --db");
        if (state.Fingerprint != fingerprint)
            throw new BadInputException(options.Database, $"was begun with another version of '{state.Quiz}': papers would change under the students", "put that version back, or name another file with --db");
        if (options.Code is { } code && Secrets.Plain(code) != state.Code)
            throw new BadInputException(options.Database, $"was begun with the code {state.Code}", other);
        if (options.TimeLimit is { } limit && limit != state.Limit)
            throw new BadInputException(options.Database, $"was begun with {(state.Limit is { } kept ? $"a limit of {kept.TotalMinutes:0.##} minutes" : "no time limit")}", other);
        if (options.Attempts is { } attempts && attempts != state.Attempts)
            throw new BadInputException(options.Database, $"was begun with {state.Attempts} {(state.Attempts == 1 ? "attempt" : "attempts")}", other);
    }
}
