using System.Collections.Immutable;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Notebooks;

namespace EsxCourse.Grading.Homework;

// An exercise as a notebook. Every word of it comes from the exercise's folder, where it exists once:
//
//   statement   README.md up to its hints          locked
//   how         how to work with the notebook      locked     the same in every notebook
//   contract    Contract.cs                        locked
//   setup       libraries and usings               locked
//   solution    the stub, without its namespace    the student's
//   checks      one cell for each public check     locked, worth the check's points
//   hints       README.md's hints                  locked
//
// Always: the same folder gives the same bytes, and so does a release's folder, which lacks the hidden checks. The released notebook is the teacher's with its solution taken out, so nothing else can differ.

/// <summary>Makes homework notebooks out of exercises.</summary>
public static class HomeworkNotebook
{
    /// <summary>Where the released notebooks find the compiled library: it lies beside <c>notebooks/</c>.</summary>
    public const string ReleasedKit = "../../artifacts/kit";

    private const string Hints = "## Hints";
    private const int LongestId = 64;

    private static readonly string[] Libraries = ["EsxCourse.Contracts", "EsxCourse.Exercises.Contracts", "EsxCourse.Lecture", "EsxCourse.Lecture.Exercises"];

    /// <summary>The notebook that students get: the stub, and no solution.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="kit">Path of the compiled library, as seen from the notebook's folder.</param>
    /// <returns>The notebook, without outputs.</returns>
    /// <exception cref="BadInputException">The exercise's folder is incomplete.</exception>
    public static NotebookDocument Release(Exercise exercise, string kit = ReleasedKit)
    {
        ClassFile stub = Stub(exercise);
        return Strip(Make(exercise, kit, stub.ClassName, SolutionRegions.Mark("")), stub.CellText, exercise.Slug);
    }

    /// <summary>The teacher's notebook: as students get it, but with the reference solution, marked, in the place of the stub.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="kit">Path of the compiled library, as seen from the notebook's folder.</param>
    /// <returns>The notebook, without outputs.</returns>
    /// <exception cref="BadInputException">The exercise's folder is incomplete.</exception>
    public static NotebookDocument WithSolution(Exercise exercise, string kit = ReleasedKit)
    {
        ClassFile stub = Stub(exercise);
        return Make(exercise, kit, stub.ClassName, SolutionRegions.Mark(ClassFile.Read(exercise.ReferencePath, exercise.Contract, stub.ClassName).CellText));
    }

    /// <summary>Takes the marked solutions out of a teacher's notebook, for release.</summary>
    /// <param name="notebook">A notebook with regions between <c>// BEGIN SOLUTION</c> and <c>// END SOLUTION</c>.</param>
    /// <param name="stub">What students begin with, in the place of each region.</param>
    /// <param name="name">What to call the notebook in messages.</param>
    /// <returns>The notebook without solutions and without outputs, which might show one.</returns>
    /// <exception cref="BadInputException">A region does not end, or ends before it begins.</exception>
    public static NotebookDocument Strip(NotebookDocument notebook, string stub, string name) => notebook.WithoutOutputs() with
    {
        Cells = [.. notebook.WithoutOutputs().Cells.Select((c, i) => c.Kind == CellKind.Code ? c with { Source = SolutionRegions.Strip(c.Source, stub, $"{name}, cell {i + 1}") } : c)],
    };

    /// <summary>The grade id of the cell that the student writes.</summary>
    internal static string SolutionId(Exercise exercise) => $"{exercise.Slug}-solution";

    private static ClassFile Stub(Exercise exercise) => ClassFile.Read(exercise.StubPath, exercise.Contract);

    private static NotebookDocument Make(Exercise exercise, string kit, string className, string solution)
    {
        (string statement, string hints) = Statement(exercise);
        ExerciseCheck[] checks = [.. exercise.Checks.Where(c => c.IsPublic)];
        List<NotebookCell> cells =
        [
            Text("statement", statement),
            Text("how", How(exercise, className, checks)),
            Text("contract", $"## Contract.cs\n\n```csharp\n{Read(Path.Combine(exercise.Folder, "Contract.cs"))}\n```"),
            NbgraderCell.Make(Id("setup"), CellKind.Code, Setup(exercise, kit), CellRole.ReadOnly),
            NbgraderCell.Make(SolutionId(exercise), CellKind.Code, solution, CellRole.Solution),
            Text("checks", "## The checks that you have"),
        ];
        foreach ((int index, ExerciseCheck check) in checks.Index())
            cells.Add(NbgraderCell.Make(Id($"check-{index + 1}"), CellKind.Code, CheckCell(exercise, className, check), CellRole.Check, check.Points));
        if (hints.Length > 0)
            cells.Add(Text("hints", hints));
        return new NotebookDocument(cells) { Metadata = new JsonObject { ["language_info"] = new JsonObject { ["name"] = "C#" } } };

        NotebookCell Text(string part, string text) => NbgraderCell.Make(Id(part), CellKind.Markdown, text, CellRole.ReadOnly);

        string Id(string part) => $"{exercise.Slug}-{part}" is { Length: <= LongestId } id ? id : throw new BadInputException(exercise.Folder, "its name is too long for a notebook's cell ids", "shorten the slug");
    }

    private static (string Statement, string Hints) Statement(Exercise exercise)
    {
        string readme = Read(Path.Combine(exercise.Folder, "README.md"));
        int hints = readme.IndexOf($"\n{Hints}\n", StringComparison.Ordinal);
        return hints < 0 ? (readme, "") : (readme[..hints].TrimEnd(), readme[(hints + 1)..]);
    }

    private static string How(Exercise exercise, string className, ExerciseCheck[] checks) =>
        $"""
        ## In this notebook

        Write your class `{className}` into the cell below that holds its stub, instead of the file `{exercise.StubFile}`. Run the cells from the top; each check shows
        what it found, and fails with one line until you have its points. Those that you have here are worth {checks.Sum(c => c.Points)} points; the table of points says what is checked beside them.

        - All that your class needs belongs into that one cell, its `using` lines too: it alone is graded. Add cells to try things out as you like.
        - The other cells are locked. What is changed in them, moved or taken out is put back before grading.
        - The checks run here for practice, in this notebook's own process. What counts is graded apart, by the same checks and more, each with fresh inputs.

        Hand in this notebook. `esx exercise check {exercise.Slug}.ipynb` tries it as it will be graded, with the checks that you have.
        """.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Setup(Exercise exercise, string kit) => string.Join('\n',
    [
        .. Libraries.Select(library => $"#r \"{kit}/{library}.dll\""),
        .. ((string[])[typeof(Ppn).Namespace!, exercise.Contract.Namespace!, "EsxCourse.Lecture", "EsxCourse.Lecture.Exercises"]).Select(space => $"using {space};"),
        "Kit.Start();",
    ]);

    private static string CheckCell(Exercise exercise, string className, ExerciseCheck check) =>
        $"""
        var outcome = ExerciseCell.Check<{className}>("{exercise.Slug}", "{check.Name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}"); // {check.Points} points
        display(outcome.Table);
        outcome.Require();
        """.Replace("\r\n", "\n", StringComparison.Ordinal);

    private static string Read(string path) =>
        File.Exists(path) ? File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal).Trim('\n') : throw new BadInputException(path, "no such file", "every exercise has one");
}
