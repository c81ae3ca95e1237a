using EsxCourse.Quiz.Server.Store;

namespace EsxCourse.Quiz.Server.Room;

/// <summary>A student who is in.</summary>
/// <param name="Number">Its number in the room, from 1.</param>
/// <param name="Login">What the gradebook knows the student by.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Token">What the student's browsers hold.</param>
/// <param name="Personal">What to type on a second device.</param>
internal sealed record StudentRow(int Number, string Login, string Name, string Token, string Personal)
{
    private const string Columns = "SELECT number, login, name, token, personal FROM student";

    public static StudentRow? WithToken(SqlSession session, string token) => session.One($"{Columns} WHERE token = $1", Row, token);

    public static StudentRow? WithLogin(SqlSession session, string login) => session.One($"{Columns} WHERE login = $1", Row, login);

    public static StudentRow? WithNumber(SqlSession session, int number) => session.One($"{Columns} WHERE number = $1", Row, number);

    public static List<StudentRow> All(SqlSession session) => session.Query($"{Columns} ORDER BY number", Row);

    private static StudentRow Row(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetInt32(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4));
}

/// <summary>One attempt of a student: a paper, drawn from a seed of its own.</summary>
/// <param name="Student">The student's number.</param>
/// <param name="Number">Which attempt, from 1.</param>
/// <param name="Seed">What the paper is drawn from.</param>
/// <param name="StartedAt">When the questions were first shown, in milliseconds.</param>
/// <param name="HandedInAt">When the student said that it is done; null if not.</param>
/// <param name="Picked">The ids of the picked questions; empty before.</param>
internal sealed record AttemptRow(int Student, int Number, long Seed, long StartedAt, long? HandedInAt, IReadOnlyList<string> Picked)
{
    private const string Columns = "SELECT student, number, seed, started_ms, handed_in_ms, picked FROM attempt";

    public static AttemptRow? Latest(SqlSession session, int student) => session.One($"{Columns} WHERE student = $1 ORDER BY number DESC LIMIT 1", Row, student);

    public static List<AttemptRow> All(SqlSession session) => session.Query($"{Columns} ORDER BY student, number", Row);

    private static AttemptRow Row(Microsoft.Data.Sqlite.SqliteDataReader row) => new(
        row.GetInt32(0), row.GetInt32(1), row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4),
        row.IsDBNull(5) ? [] : row.GetString(5).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

/// <summary>One answer as it stands.</summary>
/// <param name="Student">The student's number.</param>
/// <param name="Attempt">Which attempt.</param>
/// <param name="Item">The question's id.</param>
/// <param name="Seq">Counts the saves, from 1.</param>
/// <param name="Text">The whole answer.</param>
/// <param name="SavedAt">When, in milliseconds.</param>
internal sealed record AnswerRow(int Student, int Attempt, string Item, long Seq, string Text, long SavedAt)
{
    private const string Columns = "SELECT student, attempt, item, seq, text, saved_ms FROM answer";

    public static AnswerRow? Of(SqlSession session, AttemptRow attempt, string item) =>
        session.One($"{Columns} WHERE student = $1 AND attempt = $2 AND item = $3", Row, attempt.Student, attempt.Number, item);

    public static List<AnswerRow> Of(SqlSession session, AttemptRow attempt) => session.Query($"{Columns} WHERE student = $1 AND attempt = $2", Row, attempt.Student, attempt.Number);

    public static List<AnswerRow> All(SqlSession session) => session.Query($"{Columns} ORDER BY student, attempt, item", Row);

    private static AnswerRow Row(Microsoft.Data.Sqlite.SqliteDataReader row) => new(row.GetInt32(0), row.GetInt32(1), row.GetString(2), row.GetInt64(3), row.GetString(4), row.GetInt64(5));
}
