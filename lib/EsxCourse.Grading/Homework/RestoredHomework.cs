using System.Collections.Immutable;
using EsxCourse.Notebooks;

namespace EsxCourse.Grading.Homework;

// What a student handed in, put back into the notebook that was released: of theirs only the solution cells remain.
//
//   student   statement'  setup'  scratch  solution'            ' changed, or moved
//   released  statement   setup            solution   check-1   hints
//   restored  statement   setup            solution'  check-1   hints
//
// Cells are told by nbgrader's grade id; where a cell lost that, by the notebook's own id, which is the same text. Two cells with a solution's
// id are nobody's guess: which one is meant, only the student can say.

/// <summary>A student's solutions in the released notebook.</summary>
/// <param name="Notebook">The released notebook with the student's solution cells.</param>
/// <param name="Solutions">Where the solution cells stand in the student's own notebook, from 0, in the released notebook's order.</param>
/// <param name="Note">What had to be restored, as one sentence for the student; null if nothing.</param>
/// <param name="Refusal">Why there is nothing to grade, as the end of a sentence "The submission …"; null if there is.</param>
internal sealed record RestoredHomework(NotebookDocument Notebook, ImmutableArray<int> Solutions, string? Note, string? Refusal)
{
    /// <summary>Whether any cell of a notebook is, by its id, one of a homework's.</summary>
    public static bool Stems(NotebookDocument notebook, NotebookDocument released)
    {
        HashSet<string> known = Ids(released);
        return notebook.Cells.Any(c => IdOf(c, known) is not null);
    }

    /// <summary>Restores a notebook.</summary>
    /// <param name="student">As it was handed in.</param>
    /// <param name="released">As it was handed out.</param>
    public static RestoredHomework Of(NotebookDocument student, NotebookDocument released)
    {
        HashSet<string> known = Ids(released);
        string?[] ids = [.. student.Cells.Select(c => IdOf(c, known))];
        ILookup<string, int> at = ids.Index().Where(c => c.Item is not null).ToLookup(c => c.Item!, c => c.Index, StringComparer.Ordinal);
        List<NotebookCell> cells = [];
        List<int> solutions = [];
        foreach (NotebookCell cell in released.Cells)
        {
            int[] found = [.. at[cell.Id]];
            if (!NbgraderCell.IsSolution(cell))
            {
                cells.Add(cell);
                continue;
            }

            if (found.Length == 0)
                return Refused($"has no cell '{cell.Id}' any more, in which the solution stands: put your code into that cell of the notebook as you were given it");
            if (found.Length > 1)
                return Refused($"holds {found.Length} cells '{cell.Id}' (cells {string.Join(", ", found.Select(i => i + 1))}), and only one can be graded: remove the others");
            cells.Add(cell with { Source = student.Cells[found[0]].Source });
            solutions.Add(found[0]);
        }

        return new RestoredHomework(released with { Cells = cells }, [.. solutions], Changes(student, released, at, ids), null);

        RestoredHomework Refused(string why) => new(released, [], null, why);
    }

    private static string? Changes(NotebookDocument student, NotebookDocument released, ILookup<string, int> at, string?[] ids)
    {
        List<string> changes = [];
        void Say(IEnumerable<NotebookCell> cells, string one, string several)
        {
            string[] names = [.. cells.Select(c => $"'{c.Id}'")];
            if (names.Length > 0)
                changes.Add($"{string.Join(", ", names)} {(names.Length == 1 ? one : several)}");
        }

        NotebookCell? First(NotebookCell cell) => at.Contains(cell.Id) ? student.Cells[at[cell.Id].First()] : null;
        bool Edited(NotebookCell cell) => First(cell) is { } theirs && (theirs.Kind != cell.Kind || (!NbgraderCell.IsSolution(cell) && theirs.Source != cell.Source));

        Say(released.Cells.Where(Edited), "was changed", "were changed");
        Say(released.Cells.Where(c => !Edited(c) && First(c) is { } theirs && !NbgraderCell.Keeps(theirs, c)), "had other marks for the grader", "had other marks for the grader");
        Say(released.Cells.Where(c => First(c) is null), "was missing", "were missing");
        Say(released.Cells.Where(c => at[c.Id].Count() > 1), "stood there more than once", "stood there more than once");
        string[] order = [.. ids.OfType<string>().Distinct()];
        if (!order.SequenceEqual(released.Cells.Select(c => c.Id).Where(at.Contains)))
            changes.Add("the cells' order was another");
        int strangers = student.Cells.Index().Count(c => ids[c.Index] is null && NbgraderCell.IsMarked(c.Item));
        if (strangers > 0)
            changes.Add($"{strangers} {(strangers == 1 ? "cell" : "cells")} with marks for the grader did not belong there");
        return changes.Count == 0 ? null : $"Your notebook was put back as you were given it before grading, with your solution in it: {string.Join("; ", changes)}.";
    }

    private static HashSet<string> Ids(NotebookDocument released) => [.. released.Cells.Select(c => c.Id)];

    private static string? IdOf(NotebookCell cell, HashSet<string> known) =>
        NbgraderCell.GradeIdOf(cell) is string grade ? (known.TryGetValue(grade, out string? id) ? id : null) : known.TryGetValue(cell.Id, out string? own) ? own : null;
}
