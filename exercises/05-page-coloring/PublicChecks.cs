using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Coloring;

/// <summary>While frames of all colours are free, each page gets its own colour.</summary>
public sealed class OwnColors : Check<IColoring>
{
    /// <inheritdoc/>
    public override string Hint => "The guest has coloured its pages already: PPN modulo colours. Keep that, and of the frames of the colour take the one with the smallest number.";

    /// <inheritdoc/>
    protected override void Run(IColoring student, CheckRun run)
    {
        ColoringDesk desk = new(student, run, frames: 16, colors: 4);
        foreach ((int page, int frame) in ((int, int)[])[(5, 1), (1, 5), (2, 2), (100, 0), (103, 3), (0, 4)])
            desk.Allocate(0, page, byHand: frame);
    }
}

/// <summary>A cache shared by weights 1, 1 and 2.</summary>
public sealed class APartition : Check<IColoring>
{
    /// <inheritdoc/>
    public override string Hint => "Each VM has one colour at least; the rest is divided by weight. Within its run a page's colour is its number modulo the length of the run.";

    /// <inheritdoc/>
    protected override void Run(IColoring student, CheckRun run)
    {
        // By hand: one each, and 13 more by 1 : 1 : 2 are 3.25, 3.25 and 6.5, so 3, 3, 6 and the last to the third.
        ColoringDesk desk = new(student, run, frames: 64, colors: 16);
        run.Step("16 colours, weights 1, 1, 2");
        run.SameSequence([new ColorRun(0, 4), new ColorRun(4, 4), new ColorRun(8, 8)], student.Partition([1, 1, 2]), "the run of VM");
        desk.Partition(1, 1, 2);
        foreach ((int vm, int page, int frame) in ((int, int, int)[])[(0, 0, 0), (1, 0, 4), (2, 0, 8), (1, 5, 5), (2, 9, 9)])
            desk.Allocate(vm, page, byHand: frame);
    }
}
