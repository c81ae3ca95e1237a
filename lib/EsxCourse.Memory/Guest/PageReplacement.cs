namespace EsxCourse.Memory.Guest;

// Replacement over page numbers 0..pages-1: which of the pages that may go, goes. The guest uses it for its "physical" pages; the
// host's daemon uses the same two classes for comparison (Paging/VictimPolicy), which is what makes double paging so bad.

/// <summary>Chooses victims among the pages that it was told of.</summary>
internal interface IPageReplacement
{
    /// <summary>A page may be evicted from now on; it counts as just touched.</summary>
    void Add(int page);

    /// <summary>A page may not be evicted any more. Nothing happens if it is not known.</summary>
    void Remove(int page);

    /// <summary>A known page was touched.</summary>
    void Touch(int page);

    /// <summary>The page to evict, among those for which <paramref name="mayGo"/> holds; it stays known. -1 if there is none.</summary>
    int Victim(Func<int, bool> mayGo);
}

/// <summary>The clock: one referenced bit a page and a hand. 1 byte a page.</summary>
internal sealed class ClockReplacement(int pages) : IPageReplacement
{
    private const byte Absent = 0, Old = 1, Referenced = 2;

    private readonly byte[] state = new byte[pages];
    private int hand;

    /// <summary>Known pages were touched.</summary>
    public void Touch(ReadOnlySpan<int> touched)
    {
        foreach (int page in touched)
            state[page] = Referenced;
    }

    public void Add(int page) => state[page] = Referenced;

    public void Remove(int page) => state[page] = Absent;

    public void Touch(int page) => state[page] = Referenced;

    public int Victim(Func<int, bool> mayGo)
    {
        // The first turn may find every page referenced; the second finds them old. The plain version takes one page a step; here all
        // pages up to the next old one are passed at once, and PageReplacementTests compares that with a hand over a list.
        for (int left = 2 * state.Length; left > 0;)
        {
            Span<byte> ahead = state.AsSpan(hand, Math.Min(left, state.Length - hand));
            int spared = ahead.IndexOf(Old);
            bool found = spared >= 0;
            spared = found ? spared : ahead.Length;
            ahead[..spared].Replace(Referenced, Old);
            int page = hand + spared;
            int passed = found ? spared + 1 : spared;
            left -= passed;
            hand = hand + passed == state.Length ? 0 : hand + passed;
            if (found && mayGo(page))
                return page;
        }

        return -1;
    }
}

/// <summary>Exact LRU: a doubly linked list in two arrays, most recent first. 8 bytes a page.</summary>
internal sealed class LruReplacement : IPageReplacement
{
    private const int Absent = -1;

    // next[page], previous[page]; the last element is the list's head and tail.
    private readonly int[] next;
    private readonly int[] previous;
    private readonly int head;

    public LruReplacement(int pages)
    {
        next = new int[pages + 1];
        previous = new int[pages + 1];
        Array.Fill(next, Absent);
        head = pages;
        next[head] = previous[head] = head;
    }

    public void Add(int page)
    {
        Remove(page);
        next[page] = next[head];
        previous[page] = head;
        previous[next[head]] = page;
        next[head] = page;
    }

    public void Remove(int page)
    {
        if (next[page] == Absent)
            return;
        next[previous[page]] = next[page];
        previous[next[page]] = previous[page];
        next[page] = Absent;
    }

    public void Touch(int page)
    {
        if (next[head] != page)
            Add(page);
    }

    public int Victim(Func<int, bool> mayGo)
    {
        for (int page = previous[head]; page != head; page = previous[page])
            if (mayGo(page))
                return page;
        return -1;
    }
}
