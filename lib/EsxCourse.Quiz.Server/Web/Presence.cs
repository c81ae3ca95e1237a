using System.Collections.Concurrent;
using EsxCourse.Quiz.Server.Room;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>When each student's page was last heard of. Not kept on disk: after a restart it is known again within seconds.</summary>
internal sealed class Presence(RoomClock clock)
{
    // A page asks every two seconds; one that misses several has lost its network or was put away.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly ConcurrentDictionary<int, DateTimeOffset> lastSeen = new();

    public void Saw(int student) => lastSeen[student] = clock.Now;

    public bool IsHere(int student) => lastSeen.TryGetValue(student, out DateTimeOffset at) && clock.Now - at < Patience;
}
