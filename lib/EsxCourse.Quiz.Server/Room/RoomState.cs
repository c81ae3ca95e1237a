using EsxCourse.Quiz.Server.Store;
using Microsoft.Data.Sqlite;

namespace EsxCourse.Quiz.Server.Room;

/// <summary>How far the quiz is. It only ever moves to the right.</summary>
internal enum RoomPhase
{
    /// <summary>Students come in; nobody sees a question yet.</summary>
    Waiting,

    /// <summary>Students may start; each one's clock runs from then.</summary>
    Open,

    /// <summary>The lecturer has closed it; what was under way when they did is still taken.</summary>
    Closing,

    /// <summary>Nothing is taken any more.</summary>
    Closed,

    /// <summary>Solution and results may be seen.</summary>
    Shown,
}

/// <summary>The room's row: what the lecturer decided, and when.</summary>
internal sealed record RoomState(string Quiz, string Fingerprint, string Code, string LecturerToken, string Secret, TimeSpan? Limit, int Attempts, long? OpenedAt, long? ClosedAt, long? ShownAt, long? FiledAt)
{
    /// <summary>How far the quiz is at a moment.</summary>
    /// <param name="now">In milliseconds.</param>
    /// <param name="grace">How long after closing an answer is still taken.</param>
    public RoomPhase Phase(long now, TimeSpan grace) =>
        ShownAt is not null ? RoomPhase.Shown
        : ClosedAt is { } closed ? (now < closed + (long)grace.TotalMilliseconds ? RoomPhase.Closing : RoomPhase.Closed)
        : OpenedAt is null ? RoomPhase.Waiting : RoomPhase.Open;

    public static RoomState? Read(SqlSession session) => session.One(
        "SELECT quiz, fingerprint, code, lecturer, secret, limit_ms, attempts, opened_ms, closed_ms, shown_ms, filed_ms FROM room",
        row => new RoomState(
            row.GetString(0), row.GetString(1), row.GetString(2), row.GetString(3), row.GetString(4), At(row, 5) is { } limit ? TimeSpan.FromMilliseconds(limit) : null,
            row.GetInt32(6), At(row, 7), At(row, 8), At(row, 9), At(row, 10)));

    public void Create(SqlSession session) => session.Execute(
        "INSERT INTO room(id, quiz, fingerprint, code, lecturer, secret, limit_ms, attempts) VALUES (1, $1, $2, $3, $4, $5, $6, $7)",
        Quiz, Fingerprint, Code, LecturerToken, Secret, Limit is { } limit ? (long)limit.TotalMilliseconds : null, Attempts);

    private static long? At(SqliteDataReader row, int column) => row.IsDBNull(column) ? null : row.GetInt64(column);
}
