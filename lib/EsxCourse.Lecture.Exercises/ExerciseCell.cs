using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Practice;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Lecture.Exercises;

// The public checks in a notebook's cell, on a class that an earlier cell declared:
//
//   var outcome = ExerciseCell.Check<IdleMemoryTax>("07-idle-memory-tax", "idle page cost");
//   display(outcome.Table);
//   outcome.Require();
//
// The last line is what nbgrader and nbconvert look at: a cell that throws earns nothing. The class runs where the notebook runs, without a
// sandbox (EsxCourse.Grading/Practice says why), so this is practice: grades come from `esx grade`, which takes the source of the same cell.

/// <summary>Runs an exercise's public checks in a notebook cell.</summary>
public static class ExerciseCell
{
    private const string CourseChecks = "EsxCourse.Exercises.dll";

    /// <summary>Runs the checks that students have on a class of the notebook.</summary>
    /// <typeparam name="T">The class, which implements the exercise's contract.</typeparam>
    /// <param name="exercise">The exercise's slug, such as <c>07-idle-memory-tax</c>.</param>
    /// <param name="check">The name of one check; null for all that students have.</param>
    /// <returns>What came out, to be shown and required.</returns>
    /// <exception cref="BadInputException">There is no such exercise or check here, or the class does not implement its contract or uses what another cell declares.</exception>
    public static CheckedClass Check<T>(string exercise, string? check = null)
        where T : class, new()
    {
        ArgumentException.ThrowIfNullOrEmpty(exercise);
        Exercise found = Exercise.LoadPublic(Folder(exercise), Checks());
        if (!found.Contract.IsAssignableFrom(typeof(T)))
            throw new BadInputException(typeof(T).Name, $"does not implement {found.Contract.Name}", $"write 'class {typeof(T).Name} : {found.Contract.Name}'");
        if (UsesOtherCells(typeof(T).Assembly))
            throw new BadInputException(typeof(T).Name, "uses what another cell declares, and is graded without it", "put that into the same cell");
        return new CheckedClass(found.Slug, PracticeRun.Run(found, () => new T(), check));
    }

    /// <summary>Whether a cell's assembly refers to another one's. Their names differ only in the number at the end.</summary>
    private static bool UsesOtherCells(Assembly cell)
    {
        return cell.GetReferencedAssemblies().Any(other => Stem(other) == Stem(cell.GetName()));

        static string Stem(AssemblyName name) => name.Name!.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '-', '#');
    }

    /// <summary>The exercise's folder: above the notebook, or above the library.</summary>
    private static string Folder(string exercise)
    {
        foreach (string start in (string[])[Environment.CurrentDirectory, Path.GetDirectoryName(Own.Location)!])
            for (DirectoryInfo? above = new(start); above is not null; above = above.Parent)
                if (File.Exists(Path.Combine(above.FullName, "exercises", exercise, "exercise.yaml")))
                    return Path.Combine(above.FullName, "exercises", exercise);
        throw new BadInputException(exercise, "no such exercise in a folder 'exercises' above this notebook", "correct the name, or run the notebook inside the course's folder");
    }

    /// <summary>The checks lie beside the library, in the tree that students get the public ones alone. A notebook does not reference them: their names are no business of its cells.</summary>
    private static Assembly Checks()
    {
        string path = Path.Combine(Path.GetDirectoryName(Own.Location)!, CourseChecks);
        return File.Exists(path)
            ? AssemblyLoadContext.GetLoadContext(Own)!.LoadFromAssemblyPath(path)
            : throw new BadInputException(path, "the checks are not there", "build the course again");
    }

    private static Assembly Own => typeof(ExerciseCell).Assembly;
}

/// <summary>What the public checks found in a class, for practice.</summary>
/// <param name="Exercise">The exercise's slug.</param>
/// <param name="Checks">What became of each check.</param>
public sealed record CheckedClass(string Exercise, ImmutableArray<CheckReport> Checks)
{
    /// <summary>Whether every check passed.</summary>
    public bool Passed => Checks.All(c => c.Outcome == CheckOutcome.Passed);

    /// <summary>The checks as a table, a row each.</summary>
    public LectureTable Table => LectureTable.Of(
        $"{Exercise}: {Checks.Count(c => c.Outcome == CheckOutcome.Passed)} of {Checks.Length} checks passed. For practice: run in this notebook, without a sandbox.",
        Checks, ("check", c => c.Name), ("points", c => $"{c.Points} of {c.Max}"), ("what happened", c => c.Reason), ("hint", c => c.Hint));

    /// <summary>Ends the cell unless every check passed.</summary>
    /// <exception cref="CheckNotPassedException">One did not; the message is one line.</exception>
    public void Require()
    {
        if (Checks.FirstOrDefault(c => c.Outcome != CheckOutcome.Passed) is CheckReport lost)
            throw new CheckNotPassedException($"{Exercise}, '{lost.Name}': {lost.Points} of {lost.Max} points. {lost.Reason}");
    }
}

/// <summary>A class does not pass a check. Thrown so that the cell fails, for people and for tools that look at cells.</summary>
public sealed class CheckNotPassedException : Exception
{
    internal CheckNotPassedException(string message)
        : base(message)
    {
    }
}
