using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Sharing;

/// <summary>Pages with one hash and different bytes never become one, and stay on the chain.</summary>
public sealed class FalseMatches : Check<IPageSharing>
{
    /// <inheritdoc/>
    public override string Hint => "Equal hashes are no proof: compare all bytes. A false match says nothing against that hint or frame; look at the next one on the chain.";

    /// <inheritdoc/>
    protected override void Run(IPageSharing student, CheckRun run)
    {
        SharingRun both = new(student, run, largestCount: 8);
        byte[] one = PageBytes.Any(run.Inputs), two = PageBytes.SameHash(one, run.Inputs), three = PageBytes.SameHash(one, run.Inputs);
        both.Scan("a page", one);
        both.Holds(1, 0, 0);
        both.Scan("another with the same hash, against a hint", two);
        both.Holds(2, 0, 0);
        both.Scan("the second once more", [.. two]);
        both.Holds(1, 1, 2);
        both.Scan("the first once more", [.. one]);
        both.Holds(0, 2, 4);
        both.Scan("a third with the same hash, against two frames", three);
        both.Holds(1, 2, 4);
        both.Scan("the third once more", [.. three]);
        both.Holds(0, 3, 6);
        both.Scan("the second once more", [.. two]);
        both.Holds(0, 3, 7);
    }
}

/// <summary>A hint whose page was written since is found out when it matches, and dropped.</summary>
public sealed class StaleHints : Check<IPageSharing>
{
    /// <inheritdoc/>
    public override string Hint => "A page with a hint is not write-protected, so the hint may be old news. Whoever matches it reads the page as it is now; what does it show if the page was written?";

    /// <inheritdoc/>
    protected override void Run(IPageSharing student, CheckRun run)
    {
        SharingRun both = new(student, run, largestCount: 8);
        byte[] old = PageBytes.Any(run.Inputs);
        Mpn page = both.Scan("a page", old);
        both.Write("it has a hint and one user", page, PageBytes.AlmostLike(old));
        both.Scan("a page with the old contents", [.. old]);
        both.Scan("the written page again", page);
        both.Scan("another with the new contents", PageBytes.AlmostLike(old));

        // Written with contents of the same hash: not stale as far as anyone can tell.
        byte[] more = PageBytes.Any(run.Inputs);
        Mpn other = both.Scan("a page", more);
        both.Write("it has a hint and one user", other, PageBytes.SameHash(more, run.Inputs));
        both.Scan("a page with the contents that it had before", [.. more]);
    }
}

/// <summary>A frame with as many users as it may have takes no more: the next equal page begins another, on the same chain.</summary>
public sealed class FullFrames : Check<IPageSharing>
{
    /// <inheritdoc/>
    public override string Hint => "A full frame is like a false match: go on along the chain. When it has room again it is still the first on the chain.";

    /// <inheritdoc/>
    protected override void Run(IPageSharing student, CheckRun run)
    {
        // By hand, three users a frame: pages 1-3 on the first; 4 gets a hint; 5 makes 4 a frame; 6 joins it; 7 gets a hint.
        SharingRun both = new(student, run, largestCount: 3);
        byte[] bytes = PageBytes.Any(run.Inputs);
        Mpn[] pages = [.. Enumerable.Range(0, 7).Select(_ => both.Add([.. bytes]))];
        both.Scan("seven equal pages, three users a frame", pages);
        run.Equal(new SharingCounts(1, 2, 6), student.Counts(), "what the table holds");
        both.Release("the first frame has three users", pages[0]);
        both.Scan("an equal page", [.. bytes]);
        both.Scan("an equal page", [.. bytes]);
        both.Write("the first frame has three users", pages[0], PageBytes.Any(run.Inputs));
        both.Write("the second frame has three users", pages[3], PageBytes.Any(run.Inputs));
        both.Scan("two equal pages", both.Add([.. bytes]), both.Add([.. bytes]));
    }
}

/// <summary>A page that is given up leaves neither hint nor user behind.</summary>
public sealed class PagesGivenUp : Check<IPageSharing>
{
    /// <inheritdoc/>
    public override string Hint => "A free machine page will soon hold something else. What does the table still say about it? And which frame may be freed when a user goes?";

    /// <inheritdoc/>
    protected override void Run(IPageSharing student, CheckRun run)
    {
        SharingRun both = new(student, run, largestCount: 4);
        byte[] a = PageBytes.Any(run.Inputs), b = PageBytes.Any(run.Inputs);
        Mpn hinted = both.Scan("a page", a);
        both.Holds(1, 0, 0);
        both.Release("it has a hint", hinted);
        both.Holds(0, 0, 0);
        both.Scan("a page with the contents of the one that is gone", [.. a]);
        both.Holds(1, 0, 0);

        Mpn changed = both.Scan("a page", b);
        both.Holds(2, 0, 0);
        both.Write("it has a hint", changed, [.. a]);
        both.Holds(2, 0, 0);
        both.Scan("it is now like another, which has a hint", changed);
        both.Holds(0, 1, 2);
        both.Scan("a page that may get its old place", PageBytes.Any(run.Inputs));
        both.Holds(1, 1, 2);

        Mpn frame = both.World.Pages.First(p => both.World.UsersOf(p) == 2);
        both.Scan("the frame itself", frame);
        both.Holds(1, 1, 2);
        both.Release("the frame has two users", frame);
        both.Holds(1, 1, 1);
        both.Release("the frame has one user", frame);
        both.Holds(1, 0, 0);
        both.Scan("a page with the contents of the frame that is gone", [.. a]);
        both.Holds(2, 0, 0);
    }
}

/// <summary>Two VMs for a while: many pages, few contents, scans in batches, writes, pages given up.</summary>
public sealed class ALongDay : Check<IPageSharing>
{
    /// <inheritdoc/>
    public override string Hint => "Write down, for the contents that are shown, the chain of frames and the chain of hints before the step that went wrong.";

    /// <inheritdoc/>
    protected override void Run(IPageSharing student, CheckRun run)
    {
        int largest = run.Inputs.Whole(2, 5);
        SharingRun both = new(student, run, largest);
        byte[][] kinds = [.. Enumerable.Range(0, 5).Select(_ => PageBytes.Any(run.Inputs))];
        byte[] Kind() => [.. run.Inputs.Chance(15) ? PageBytes.Any(run.Inputs) : run.Inputs.Pick(kinds)];
        for (int i = 0; i < 12; i++)
            both.Add(Kind());
        for (int round = 1; round <= 40; round++)
        {
            string step = $"round {round}, at most {largest} users a frame";
            Mpn any = run.Inputs.Pick(both.World.Pages);
            switch (run.Inputs.Whole(1, 5))
            {
                case 1:
                    both.Add(Kind());
                    both.Write(step, any, Kind());
                    break;
                case 2 when both.World.Pages.Count > 8:
                    both.Release(step, any);
                    break;
                default:
                    both.Add(Kind());
                    int from = run.Inputs.Whole(0, both.World.Pages.Count - 1);
                    both.Scan(step, [.. both.World.Pages.Skip(from).Take(4)]);
                    break;
            }
        }
    }
}
