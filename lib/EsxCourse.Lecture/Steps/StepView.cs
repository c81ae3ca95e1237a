using System.Collections.Immutable;
using System.Text;

namespace EsxCourse.Lecture;

// A step view shows what happened to small things, one moment after another: the pages of a VM, the frames of the machine, the
// entries of a table. It is plain data, made once from what was recorded; the page that shows it plays it forward and back
// without a kernel. The picture of a moment is a row of grids; a grid is a row of cells; a cell is of a kind, and the kinds are
// the legend. What changed against the moment before is worked out where it is shown, so that it cannot disagree.

/// <summary>What a cell of a grid can be: an entry of the legend.</summary>
/// <param name="Letter">The letter in the cell, so that colour is never all there is.</param>
/// <param name="Name">The word in the legend.</param>
/// <param name="Colour">The cell's colour as <c>#rrggbb</c>; the letter's is chosen to contrast with it.</param>
public sealed record StepKind(char Letter, string Name, string Colour);

/// <summary>A cell of a grid.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Label">What it is in words, with its number: <c>PPN 5: Mapped, MPN 12</c>.</param>
public readonly record struct StepCell(StepKind Kind, string Label);

/// <summary>Many small things of a kind at one moment: the pages of a VM, the frames of a machine.</summary>
/// <param name="Title">What it shows; grids of one title are the same thing at different moments.</param>
/// <param name="Cells">Its cells, indexed by number, as many at every moment.</param>
public sealed record StepGrid(string Title, ImmutableArray<StepCell> Cells)
{
    /// <summary>The most cells that a grid shows; more cannot be told apart on a projector.</summary>
    public const int MaxCells = 1024;
}

/// <summary>One moment.</summary>
/// <param name="Caption">What happened, in a sentence.</param>
/// <param name="Grids">The grids, the same ones at every moment.</param>
/// <param name="Table">A small table that belongs to the moment, if any.</param>
public sealed record StepFrame(string Caption, ImmutableArray<StepGrid> Grids, LectureTable? Table = null);

/// <summary>Moments in order, to be stepped through. Shows as a player in a notebook and as a list of sentences elsewhere.</summary>
public sealed record StepView
{
    /// <summary>Makes a view of moments.</summary>
    /// <param name="title">What the whole is about.</param>
    /// <param name="frames">The moments, at least one; all with the same grids, each of the same length throughout.</param>
    /// <exception cref="ArgumentException">There is no moment, the grids differ between moments, or one has too many cells.</exception>
    public StepView(string title, params IEnumerable<StepFrame> frames)
    {
        Title = title;
        Frames = [.. frames];
        if (Frames.IsEmpty)
            throw new ArgumentException($"The step view \"{title}\" has no moments to show: nothing was noted, and no event matched.", nameof(frames));
        foreach (StepFrame frame in Frames)
        {
            if (!Shape(frame).SequenceEqual(Shape(Frames[0])))
                throw new ArgumentException($"The moment \"{frame.Caption}\" has other grids than the first; all moments show the same grids.", nameof(frames));
            if (frame.Grids.FirstOrDefault(grid => grid.Cells.Length > StepGrid.MaxCells) is { } grid)
                throw new ArgumentException($"The grid \"{grid.Title}\" has {grid.Cells.Length} cells; a step view shows up to {StepGrid.MaxCells}. Use a smaller VM, or PmapCharts.HeatMap.", nameof(frames));
        }
    }

    /// <summary>What the whole is about.</summary>
    public string Title { get; }

    /// <summary>The moments, in order.</summary>
    public ImmutableArray<StepFrame> Frames { get; }

    /// <summary>The kinds that come up anywhere, in order of first appearance by their place in the frames.</summary>
    public IEnumerable<StepKind> Legend => Frames.SelectMany(frame => frame.Grids).SelectMany(grid => grid.Cells).Select(cell => cell.Kind).Distinct();

    /// <summary>The view as HTML for the body of an <see cref="EsxCourse.Notebooks.HtmlPage"/>: it plays without a network and without a kernel.</summary>
    /// <returns>An element with the style and the script that it needs.</returns>
    public string ToPageHtml() => Formatting.StepViewFormatter.ToHtml(this);

    /// <summary>The title and what happened at each moment, as a numbered list.</summary>
    public override string ToString()
    {
        StringBuilder text = new(Title);
        for (int i = 0; i < Frames.Length; i++)
            text.Append($"\n{i + 1,3}. {Frames[i].Caption}");
        return text.ToString();
    }

    private static IEnumerable<(string, int)> Shape(StepFrame frame) => frame.Grids.Select(grid => (grid.Title, grid.Cells.Length));
}
