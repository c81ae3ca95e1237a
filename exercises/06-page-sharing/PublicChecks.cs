using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Sharing;

/// <summary>Pages that differ get hints, and nothing is read.</summary>
public sealed class Hints : Check<IPageSharing>
{
    /// <inheritdoc/>
    public override string Hint => "A page without a match is remembered by its hash. Only pages whose hash matches are worth reading; these here do not match.";

    /// <inheritdoc/>
    protected override void Run(IPageSharing student, CheckRun run)
    {
        SharingRun both = new(student, run, largestCount: 8);
        Mpn[] pages = [.. Enumerable.Range(0, 6).Select(i => both.Add([.. Enumerable.Repeat((byte)i, PageCount.PageSizeBytes)]))];
        both.Scan("six pages that differ", pages);
        run.Equal(0, both.StudentReads, "the number of machine pages read");
        run.Equal(new SharingCounts(6, 0, 0), student.Counts(), "what the table holds");
        both.Scan("the same six again", pages);
    }
}

/// <summary>Three equal pages become one; who writes gets a copy, the last one needs none.</summary>
public sealed class ShareAndCopy : Check<IPageSharing>
{
    /// <inheritdoc/>
    public override string Hint => "The first page of its kind gets a hint; the second makes that one a frame with two users; the third joins. A write by one of several users is a copy.";

    /// <inheritdoc/>
    protected override void Run(IPageSharing student, CheckRun run)
    {
        SharingRun both = new(student, run, largestCount: 8);
        byte[] zero = new byte[PageCount.PageSizeBytes];
        Mpn first = both.Add(zero), second = both.Add(zero), third = both.Add(zero);
        both.Scan("three pages of zeros", first, second, third);
        run.Equal(new SharingCounts(0, 1, 3), student.Counts(), "what the table holds");
        both.Write("three users", first, PageBytes.Any(run.Inputs));
        both.Write("two users", first, PageBytes.Any(run.Inputs));
        run.Equal(new SharingCounts(0, 1, 1), student.Counts(), "what the table holds");
        both.Write("one user", first, PageBytes.Any(run.Inputs));
        run.Equal(new SharingCounts(0, 0, 0), student.Counts(), "what the table holds");
    }
}
