namespace EsxCourse.Quiz.Server.Room;

/// <summary>
/// The server's time, the only one that counts. Anchored to the calendar once, at the start, and then driven by the monotonic clock: setting the
/// machine's clock during a quiz moves no deadline. After a restart it never stands before anything that is recorded.
/// </summary>
internal sealed class RoomClock(TimeProvider clock, DateTimeOffset notBefore)
{
    private readonly DateTimeOffset anchor = clock.GetUtcNow() > notBefore ? clock.GetUtcNow() : notBefore;
    private readonly long started = clock.GetTimestamp();

    /// <summary>Timers and elapsed times.</summary>
    public TimeProvider Provider => clock;

    /// <summary>Now, in UTC.</summary>
    public DateTimeOffset Now => anchor + clock.GetElapsedTime(started);

    /// <summary>Now, as the database keeps it.</summary>
    public long NowMilliseconds => Now.ToUnixTimeMilliseconds();
}
