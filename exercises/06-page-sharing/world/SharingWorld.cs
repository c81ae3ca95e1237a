using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Sharing;

/// <summary>The machine in the checks' world: the pages' bytes, who uses which page, and what was read.</summary>
internal sealed class SharingWorld : IMachine
{
    private readonly Dictionary<Mpn, byte[]> contents = [];
    private readonly Dictionary<Mpn, int> users = [];
    private int next;

    /// <summary>How many pages were read since this was set to 0.</summary>
    public int Reads { get; set; }

    /// <summary>Pages in use.</summary>
    public IReadOnlyList<Mpn> Pages => [.. contents.Keys.Order()];

    public int UsersOf(Mpn page) => users[page];

    public byte[] Read(Mpn page)
    {
        Reads++;
        return contents.TryGetValue(page, out byte[]? bytes) ? [.. bytes] : throw new InvalidOperationException($"{page} is free: nothing can be read there");
    }

    /// <summary>A guest gets a page with these contents, the free one with the smallest number.</summary>
    public Mpn Add(byte[] bytes)
    {
        Mpn page = new(next);
        for (int i = 0; i < next; i++)
            if (!contents.ContainsKey(new Mpn(i)))
            {
                page = new Mpn(i);
                break;
            }

        next = Math.Max(next, page.Value + 1);
        (contents[page], users[page]) = (bytes, 1);
        return page;
    }

    public void Overwrite(Mpn page, byte[] bytes) => contents[page] = bytes;

    public ScannedPage Scanned(Mpn page) => new(page, [.. contents[page]]);

    /// <summary>Does what the answer says; what would make two different pages one is caught here, by their bytes.</summary>
    public void Apply(Mpn page, ScanAnswer answer, CheckRun run)
    {
        if (answer.Outcome != ScanOutcome.Shared)
            return;
        run.True(answer.Frame != page && contents.ContainsKey(answer.Frame), $"{page} cannot share {answer.Frame}, which is {(answer.Frame == page ? "itself" : "free")}");
        run.True(contents[page].SequenceEqual(contents[answer.Frame]), $"{page} and {answer.Frame} are made one, but their contents differ: a guest would find its page changed");
        users[answer.Frame]++;
        contents.Remove(page);
        users.Remove(page);
    }

    /// <summary>One user less.</summary>
    public void Leave(Mpn page)
    {
        if (--users[page] > 0)
            return;
        contents.Remove(page);
        users.Remove(page);
    }
}

/// <summary>One sharing table and its world, driven in the terms of the lecture and compared with the reference at each step.</summary>
internal sealed class SharingRun
{
    private readonly IPageSharing reference;
    private readonly IPageSharing student;
    private readonly CheckRun run;

    public SharingRun(IPageSharing student, CheckRun run, int largestCount)
    {
        (this.student, this.run) = (student, run);
        reference = run.Reference<IPageSharing>();
        reference.Start(World, largestCount);
        student.Start(World, largestCount);
    }

    public SharingWorld World { get; } = new();

    /// <summary>The pages that the student's code read in the last scan.</summary>
    public int StudentReads { get; private set; }

    public Mpn Add(byte[] contents) => World.Add(contents);

    /// <summary>Adds a page and scans it.</summary>
    public Mpn Scan(string step, byte[] contents)
    {
        Mpn page = Add(contents);
        Scan(step, page);
        return page;
    }

    public ScanAnswer[] Scan(string step, params Mpn[] pages)
    {
        run.Step($"{step}, scan of {string.Join(", ", pages)}");
        ScannedPage[] batch = [.. pages.Select(World.Scanned)];
        ScanAnswer[] expected = [.. reference.Scan(batch)];
        World.Reads = 0;
        IReadOnlyList<ScanAnswer> actual = student.Scan(batch);
        StudentReads = World.Reads;
        run.SameSequence(expected, actual, "page");
        for (int i = 0; i < pages.Length; i++)
            World.Apply(pages[i], actual[i], run);
        Counts();
        return expected;
    }

    /// <summary>A guest writes other contents to its page.</summary>
    /// <returns>The machine page that it has now.</returns>
    public Mpn Write(string step, Mpn page, byte[] contents)
    {
        run.Step($"{step}, write to {page}");
        bool copy = reference.Write(page);
        run.Equal(copy, student.Write(page), "whether the guest gets a copy");
        if (copy)
        {
            World.Leave(page);
            page = World.Add(contents);
        }
        else
        {
            World.Overwrite(page, contents);
        }

        Counts();
        return page;
    }

    public void Release(string step, Mpn page)
    {
        run.Step($"{step}, {page} is given up");
        bool free = reference.Release(page);
        run.Equal(free, student.Release(page), "whether the machine page is free now");
        World.Leave(page);
        Counts();
    }

    /// <summary>Holds what the table should hold, worked by hand.</summary>
    public void Holds(int hints, int frames, int users) => run.Equal(new SharingCounts(hints, frames, users), student.Counts(), "what the table holds then");

    private void Counts() => run.Equal(reference.Counts(), student.Counts(), "what the table holds then");
}

/// <summary>Pages of bytes for the checks.</summary>
internal static partial class PageBytes
{
    public static byte[] Any(Inputs inputs) => inputs.Bytes(PageCount.PageSizeBytes);
}
