using System.Collections.Immutable;
using System.Reflection;
using EsxCourse.Contracts;

namespace EsxCourse.Grading.Exercises;

/// <summary>All exercises of a course, in the order of their folders.</summary>
public sealed class ExerciseCatalog
{
    private ExerciseCatalog(ImmutableArray<Exercise> exercises) => Exercises = exercises;

    /// <summary>The exercises, ordered by slug.</summary>
    public ImmutableArray<Exercise> Exercises { get; }

    /// <summary>Path of the assembly with the contracts of all exercises.</summary>
    public string ContractsPath => Exercises[0].Contract.Assembly.Location;

    /// <summary>Reads the exercises of a folder.</summary>
    /// <param name="folder">The folder that holds one folder per exercise.</param>
    /// <param name="checks">The assembly in which their checks are compiled.</param>
    /// <returns>The exercises.</returns>
    /// <exception cref="BadInputException">There is none, or one is broken: the message says where.</exception>
    public static ExerciseCatalog Load(string folder, Assembly checks)
    {
        if (!Directory.Exists(folder))
            throw new BadInputException(folder, "no such folder", "name the course's exercises folder");
        ImmutableArray<Exercise> exercises =
        [
            .. Directory.GetDirectories(folder).Where(f => File.Exists(Path.Combine(f, ExerciseFile.Name)))
                .Order(StringComparer.Ordinal).Select(f => Exercise.Load(f, checks)),
        ];
        return exercises.IsEmpty
            ? throw new BadInputException(folder, $"there is no exercise in it (a folder with an {ExerciseFile.Name})", "name the course's exercises folder")
            : new ExerciseCatalog(exercises);
    }

    /// <summary>The exercise of a slug, written in full or without its number.</summary>
    /// <param name="slug">For example <c>07-idle-memory-tax</c> or <c>idle-memory-tax</c>.</param>
    /// <exception cref="BadInputException">There is none.</exception>
    public Exercise Find(string slug) =>
        Exercises.FirstOrDefault(e => e.Slug == slug || e.Slug[(e.Slug.IndexOf('-') + 1)..] == slug)
        ?? throw new BadInputException(slug, "no such exercise", $"choose one of: {string.Join(", ", Exercises.Select(e => e.Slug))}");
}
