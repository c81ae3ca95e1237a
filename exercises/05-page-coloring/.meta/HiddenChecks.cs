using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;
using EsxCourse.Memory.Coloring;

namespace EsxCourse.Exercises.Coloring;

/// <summary>When a colour has no free frame, the next one that has is taken; when none has, there is no frame.</summary>
public sealed class ShortLists : Check<IColoring>
{
    /// <inheritdoc/>
    public override string Hint => "A page of another colour is better than none: look at the next colour, and after the last at the first. Such a page is misplaced.";

    /// <inheritdoc/>
    protected override void Run(IColoring student, CheckRun run)
    {
        int colors = run.Inputs.Whole(4, 6);
        ColoringDesk desk = new(student, run, frames: 2 * colors + 1, colors);

        // By hand: the wanted colour, the one after it, the last one's neighbour 0, which has a frame more, and so on round; then none.
        int[] frames = colors switch
        {
            4 => [2, 6, 3, 7, 0, 4, 8, 1, 5],
            5 => [3, 8, 4, 9, 0, 5, 10, 1, 6, 2, 7],
            _ => [4, 10, 5, 11, 0, 6, 12, 1, 7, 2, 8, 3, 9],
        };
        foreach (int frame in (int[])[.. frames, ColoringDesk.None])
            desk.Allocate(0, colors - 2, byHand: frame);
    }
}

/// <summary>Frames come back to the lists of their own colours.</summary>
public sealed class GivenBack : Check<IColoring>
{
    /// <inheritdoc/>
    public override string Hint => "A frame has its colour for ever, whatever page it was given to. And a page that is gone is no longer misplaced.";

    /// <inheritdoc/>
    protected override void Run(IColoring student, CheckRun run)
    {
        ColoringDesk desk = new(student, run, frames: 8, colors: 4);

        // By hand: all five want colour 1, which has frames 1 and 5; then 2 and 6 of colour 2, and 3. Back come 6 and 1, later 2.
        int[] frames = [1, 5, 2, 6, 3];
        for (int i = 0; i < 5; i++)
            desk.Allocate(0, 4 * i + 1, byHand: frames[i]);
        desk.HoldMisplaced(3);
        desk.Free(new Mpn(6));
        desk.Free(new Mpn(1));
        desk.HoldMisplaced(2);
        desk.Allocate(0, 2, byHand: 6);
        desk.Allocate(0, 1, byHand: 1);
        desk.Free(new Mpn(2));

        // Free are 0 and 4, 2, and 7.
        int page = run.Inputs.Whole(0, 3);
        desk.Allocate(0, page, byHand: page switch { 0 => 0, 3 => 7, _ => 2 });
        desk.Allocate(0, 1, byHand: page is 1 or 2 ? 7 : 2);
    }
}

/// <summary>Under a partition nobody gets a frame of another's colour, not even when its own are used up.</summary>
public sealed class Isolation : Check<IColoring>
{
    /// <inheritdoc/>
    public override string Hint => "A partition that gives way when memory is short isolates nobody: stay within the VM's run. A VM without a run gets nothing.";

    /// <inheritdoc/>
    protected override void Run(IColoring student, CheckRun run)
    {
        ColoringDesk desk = new(student, run, frames: 16, colors: 8);
        desk.Partition(1, 3);

        // By hand: one colour each, 6 x 1/4 = 1.5 and 4.5, the tie to the first: 3 and 5. The first has frames 0, 1, 2, 8, 9, 10.
        int[] frames = [0, 1, 2, 8, 9, 10, ColoringDesk.None, ColoringDesk.None];
        for (int i = 0; i < 8; i++)
            desk.Allocate(0, i, ", weights 1 and 3", frames[i]);

        // From 8 to 13, PPN mod 5 and (PPN mod 8) mod 5 are never the same.
        int page = run.Inputs.Whole(8, 13);
        desk.Allocate(1, page, ", weights 1 and 3", 3 + page % 5);
        desk.Allocate(2, 0, ", weights 1 and 3", ColoringDesk.None);
        desk.Partition();
        for (int i = 0; i < 4; i++)
            desk.Allocate(0, i, ", no partition any more");
        desk.Allocate(2, 0, ", no partition any more");
    }
}

/// <summary>What was in its place may be misplaced under another partition; nothing moves by itself.</summary>
public sealed class PartitionsChange : Check<IColoring>
{
    /// <inheritdoc/>
    public override string Hint => "Misplaced is measured by the partition of now: which colour does the page want today, and which has it got?";

    /// <inheritdoc/>
    protected override void Run(IColoring student, CheckRun run)
    {
        ColoringDesk desk = new(student, run, frames: 40, colors: 10);
        for (int i = 0; i < 10; i++)
            desk.Allocate(i % 2, i, byHand: i);

        // By hand, five colours each: pages 6 and 8 of the first want colours 1 and 3 now, pages 1 and 3 of the second 6 and 8.
        desk.Partition(1, 1);
        desk.HoldMisplaced(4);
        desk.Partition();
        desk.HoldMisplaced(0);
        desk.Partition(run.Inputs.Whole(1, 3), run.Inputs.Whole(1, 3));
        for (int i = 0; i < 5; i++)
            desk.Allocate(i % 2, 10 + i);
        desk.Partition(1);
        desk.Partition();
    }
}

/// <summary>Runs in proportion to any weights, with at least one colour each and none left over.</summary>
public sealed class AnyWeights : Check<IColoring>
{
    /// <inheritdoc/>
    public override string Hint => "One colour each first. Of the others each VM gets the whole part of what its weight is worth; what is then left goes to the largest remainders, the first VM on a tie.";

    /// <inheritdoc/>
    protected override void Run(IColoring student, CheckRun run)
    {
        // By hand: 8 colours, weights 1000 and 1: one each, 6 x 1000/1001 = 5.99, so 5 and the last to the first.
        run.Step("8 colours, weights 1000 and 1");
        student.Start(new PageCount(8), 8);
        run.SameSequence([new ColorRun(0, 7), new ColorRun(7, 1)], student.Partition([1000, 1]), "the run of VM");
        run.Step("8 colours, equal weights of three");
        run.SameSequence([new ColorRun(0, 3), new ColorRun(3, 3), new ColorRun(6, 2)], student.Partition([7, 7, 7]), "the run of VM");
        run.Step("8 colours, eight VMs");
        run.SameSequence([.. Enumerable.Range(0, 8).Select(i => new ColorRun(i, 1))], student.Partition([9, 1, 1, 1, 1, 1, 1, 5]), "the run of VM");
        for (int i = 0; i < 12; i++)
        {
            int colors = 1 << run.Inputs.Whole(2, 6);
            int[] weights = [.. Enumerable.Range(0, run.Inputs.Whole(1, 4)).Select(_ => run.Inputs.Whole(1, 100))];
            IColoring other = run.Another<IColoring>();
            other.Start(new PageCount(colors), colors);
            run.Step($"{colors} colours, weights {string.Join(", ", weights)}");
            ReferenceColoring reference = new();
            reference.Start(new PageCount(colors), colors);
            run.SameSequence(reference.Partition(weights), other.Partition(weights), "the run of VM");
        }
    }
}

/// <summary>Pages of several VMs come and go; a cache simulated beside it shows what the colours are for.</summary>
public sealed class ARealCache : Check<IColoring>
{
    /// <inheritdoc/>
    public override string Hint => "Write down for each colour which frames are free before the step that is shown.";

    /// <inheritdoc/>
    protected override void Run(IColoring student, CheckRun run)
    {
        CacheGeometry cache = new(64 << 10, 2, 64);
        ColoringDesk desk = new(student, run, frames: 5 * cache.Colors + 3, cache.Colors);
        if (run.Inputs.Chance(50))
            desk.Partition([.. Enumerable.Range(0, 2).Select(_ => run.Inputs.Whole(1, 4))]);
        for (int i = 0; i < 80; i++)
        {
            if (desk.Given.Count > 0 && run.Inputs.Chance(40))
                desk.Free(run.Inputs.Pick(desk.Given));
            else
                desk.Allocate(run.Inputs.Whole(0, 1), run.Inputs.Whole(0, 30));
        }
    }
}
