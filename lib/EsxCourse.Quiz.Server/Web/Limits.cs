using System.Threading.RateLimiting;

namespace EsxCourse.Quiz.Server.Web;

/// <summary>
/// How much one student or one machine may ask. Wide enough for a lecture hall behind one address and for a fast typist, too narrow for guessing a
/// code and for flooding the disk. A student's limits hang on the student, not on the address, so that nobody can use up a neighbour's.
/// </summary>
internal sealed class Limits : IDisposable
{
    // A whole class of three hundred may come in at once from behind one address; a code of six letters then takes centuries to guess.
    private readonly PartitionedRateLimiter<string> joins = Bucket(burst: 600, perSecond: 10);
    private readonly PartitionedRateLimiter<string> personals = Bucket(burst: 10, perSecond: 0.1);
    private readonly PartitionedRateLimiter<string> saves = Bucket(burst: 60, perSecond: 10);
    private readonly PartitionedRateLimiter<string> looks = Bucket(burst: 60, perSecond: 10);
    private readonly PartitionedRateLimiter<string> lecturers = Bucket(burst: 20, perSecond: 0.5);

    public bool MayJoin(string address) => Take(joins, address);

    public bool MayTryPersonal(string login) => Take(personals, login.Trim());

    public bool MaySave(int student) => Take(saves, student.ToString());

    public bool MayLook(int student) => Take(looks, student.ToString());

    public bool MayTryLecturer(string address) => Take(lecturers, address);

    public void Dispose()
    {
        foreach (PartitionedRateLimiter<string> limiter in new[] { joins, personals, saves, looks, lecturers })
            limiter.Dispose();
    }

    private static bool Take(PartitionedRateLimiter<string> limiter, string key)
    {
        using RateLimitLease lease = limiter.AttemptAcquire(key);
        return lease.IsAcquired;
    }

    private static PartitionedRateLimiter<string> Bucket(int burst, double perSecond) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = burst,
            TokensPerPeriod = Math.Max(1, (int)perSecond),
            ReplenishmentPeriod = TimeSpan.FromSeconds(perSecond >= 1 ? 1 : 1 / perSecond),
            QueueLimit = 0,
        }));
}
