using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Ballooning;

/// <summary>The guest and the host around a driver, in the checks' world. It writes down whatever the driver does.</summary>
/// <remarks>
/// A guest hands out the page that it got back last, evicts when it has no free page, and refuses when it can evict no more. What breaks
/// the protocol is refused with a sentence; a driver that catches it has still left its trace in <see cref="Steps"/>.
/// </remarks>
internal sealed class BalloonWorld(int free, int evictable, params IEnumerable<int> unwanted) : IGuest, IHost
{
    private readonly Stack<Ppn> freeList = new(Enumerable.Range(0, free).Select(i => new Ppn(free - 1 - i)));
    private readonly HashSet<Ppn> unwanted = [.. unwanted.Select(p => new Ppn(p))];
    private readonly HashSet<Ppn> taken = [];
    private readonly HashSet<Ppn> ballooned = [];
    private int nextEvicted = free;

    /// <summary>What the host answers to the next poll.</summary>
    public BalloonRequest Request { get; set; } = new(default, StartOver: false);

    /// <summary>How many more pages the guest is willing to evict.</summary>
    public int Evictable { get; set; } = evictable;

    /// <summary>Pages whose machine pages the host has.</summary>
    public int Ballooned => ballooned.Count;

    /// <summary>Pages that the guest cannot use.</summary>
    public int Taken => taken.Count;

    /// <summary>What the driver has done since the last poll began, in order.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>The guest rebooted: it has all its pages, whatever the host still believes.</summary>
    public void Pop(Ppn page)
    {
        ballooned.Remove(page);
        Request = Request with { StartOver = true };
    }

    /// <summary>Any page that is in the balloon.</summary>
    public Ppn AnyBallooned() => ballooned.Min();

    public BalloonRequest Poll()
    {
        Steps.Add("asks the host for its target");
        BalloonRequest request = Request;
        Request = Request with { StartOver = false };
        return request;
    }

    public Ppn? Take()
    {
        if (!freeList.TryPop(out Ppn page))
        {
            if (Evictable == 0)
            {
                Steps.Add("asks the guest for a page, which refuses");
                return null;
            }

            Evictable--;
            page = new Ppn(nextEvicted++);
        }

        Steps.Add($"takes {page} from the guest");
        taken.Add(page);
        return page;
    }

    public void GiveBack(Ppn page)
    {
        Steps.Add($"gives {page} back to the guest");
        if (!taken.Remove(page))
            throw new InvalidOperationException($"{page} was not taken from the guest");
        freeList.Push(page);
        if (ballooned.Contains(page))
            throw new InvalidOperationException($"the guest got {page} back while the host still has its machine page: its next touch would pop the balloon");
    }

    public bool Inflate(Ppn page)
    {
        Steps.Add($"offers {page} to the host");
        if (!taken.Contains(page))
            throw new InvalidOperationException($"{page} is offered to the host but not pinned: the guest may touch it at any time");
        if (unwanted.Contains(page))
            return false;
        ballooned.Add(page);
        return true;
    }

    public void Deflate(Ppn page)
    {
        Steps.Add($"tells the host that {page} leaves the balloon");
        if (!ballooned.Remove(page))
            throw new InvalidOperationException($"the host does not have {page} in the balloon");
    }

    public void Refused(PageCount held) => Steps.Add($"tells the host that the guest refused, with {held} held");

    public void Reset()
    {
        Steps.Add("tells the host to start over");
        ballooned.Clear();
    }

    /// <summary>One poll of a driver, watched.</summary>
    public string[] Watch(IBalloonDriver driver)
    {
        Steps.Clear();
        driver.Poll();
        return [.. Steps];
    }
}
