using System.Collections.Immutable;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Homework;
using EsxCourse.Notebooks;

namespace EsxCourse.Grading.Submissions.Uploads;

// A notebook as a submission: the cells that are the student's to write, each a source file of its own, so that an error stands at the
// student's own cell and line. nbgrader marks them in the metadata ({"nbgrader": {"solution": true}}); the tag "solution" does, too.
//
// Where the cells' ids say that it is an exercise's homework notebook (Homework/), it is put back as it was released first: then only the
// released solution cells count, whatever the student marked, and it is known which exercise they answer.
//
// Left out: statements outside a type. A cell's code is compiled, not run from top to bottom, so it must be types, as in a .cs file.

/// <summary>What a notebook holds: solution cells, and for a homework which exercise's.</summary>
/// <param name="Files">The solution cells, in order; none if there is none.</param>
/// <param name="Homework">The exercise whose homework notebook it is; null for a notebook of the student's own making.</param>
/// <param name="Note">What was restored in a homework, for the student; null if nothing.</param>
/// <param name="Refusal">Why a homework is not graded; null if it is.</param>
internal sealed record ReadNotebook(ImmutableArray<SourceFile> Files, Exercise? Homework = null, string? Note = null, string? Refusal = null);

/// <summary>Takes the solution cells out of a notebook.</summary>
internal static class NotebookCode
{
    /// <summary>Reads them.</summary>
    /// <exception cref="RefusedException">It is no notebook.</exception>
    public static ReadNotebook Read(byte[] bytes, string name, ExerciseCatalog catalog)
    {
        try
        {
            NotebookDocument notebook = NotebookFile.Parse(bytes, name);
            foreach (Exercise exercise in catalog.Exercises.Where(e => notebook.Cells.Any(c => BeginsAs(c, e))))
                if (HomeworkNotebook.Release(exercise) is var released && RestoredHomework.Stems(notebook, released))
                    return Homework(notebook, name, exercise, RestoredHomework.Of(notebook, released));
            return new ReadNotebook([.. notebook.Cells.Index().Where(c => IsSolution(c.Item)).Select(c => File(c.Item, c.Index, name))]);
        }
        catch (BadInputException bad) when (bad.Place.StartsWith(name, StringComparison.Ordinal))
        {
            throw new RefusedException($"holds a notebook that {PlainText.Line(bad.Problem, 150)} ({name})");
        }
    }

    private static ReadNotebook Homework(NotebookDocument notebook, string name, Exercise exercise, RestoredHomework restored) =>
        new([.. restored.Solutions.Select(i => File(notebook.Cells[i], i, name))], exercise, restored.Note, restored.Refusal);

    private static SourceFile File(NotebookCell cell, int index, string name) => new($"{name} cell {index + 1}", Code(cell));

    private static bool BeginsAs(NotebookCell cell, Exercise exercise) => (NbgraderCell.GradeIdOf(cell) ?? cell.Id).StartsWith($"{exercise.Slug}-", StringComparison.Ordinal);

    private static bool IsSolution(NotebookCell cell) =>
        cell.Kind == CellKind.Code && cell.Kernel == "csharp"
        && (NbgraderCell.IsSolution(cell)
            || (cell.Metadata["tags"] is JsonArray tags && tags.Any(t => t is JsonValue tag && tag.TryGetValue(out string? text) && text == "solution")));

    /// <summary>The cell's text; the magic that names its language becomes an empty line, so that line numbers stay.</summary>
    private static string Code(NotebookCell cell) =>
        cell.Source.StartsWith("#!c", StringComparison.Ordinal) ? cell.Source[Math.Max(0, cell.Source.IndexOf('\n', StringComparison.Ordinal))..] : cell.Source;
}
