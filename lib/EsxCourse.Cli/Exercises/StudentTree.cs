using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Quiz;

namespace EsxCourse.Cli.Exercises;

// The students' copy of the course: everything to learn and work with, compiled, and no answer to anything that is graded.
//
//   README.md, esx, esx.cmd     how to begin; the program
//   artifacts/kit/              the compiled library and program, where notebooks look for them
//   exercises/NN-slug/          statement, stub, contract, public checks as source (Grading/Exercises/ExerciseRelease.cs)
//   exercises/quizzes/          the practice quizzes
//   notebooks/                  lectures, scenarios, homework
//
// The checks' assembly is replaced by one that is compiled from the public checks alone (exercises/public): references, hidden checks and mutants
// are in no file of the tree, compiled or not, and a test looks into every one of them.

/// <summary>Writes the students' copy.</summary>
internal static class StudentTree
{
    private const string ProgramFolder = "artifacts/kit", PublicChecksFolder = "students", QuizzesFolder = "exercises/quizzes", NotebooksFolder = "notebooks";

    /// <summary>Writes it.</summary>
    /// <param name="kit">The teacher's kit.</param>
    /// <param name="catalog">Its exercises.</param>
    /// <param name="to">Where; an empty folder, or none yet.</param>
    /// <exception cref="BadInputException">There is something already, or it cannot be written.</exception>
    public static void Write(string kit, ExerciseCatalog catalog, string to)
    {
        if (File.Exists(to) || (Directory.Exists(to) && Directory.EnumerateFileSystemEntries(to).Any()))
            throw new BadInputException(to, "is there already, and not empty", "name a new folder with --out");
        try
        {
            Directory.CreateDirectory(to);
            Program(kit, Path.Combine(to, ProgramFolder));
            foreach (Exercise exercise in catalog.Exercises)
                ExerciseRelease.Write(exercise, Path.Combine(to, "exercises", exercise.Slug));
            Quizzes(Path.Combine(kit, QuizzesFolder), Path.Combine(to, QuizzesFolder));
            CopyTree(Path.Combine(kit, NotebooksFolder), Path.Combine(to, NotebooksFolder), _ => true);
            File.Copy(Path.Combine(kit, "LICENSE"), Path.Combine(to, "LICENSE"));
            File.WriteAllText(Path.Combine(to, KitRoot.StudentsMark), "The students' copy of EsxCourse: no solutions, no hidden checks.\n");
            Resource("students-README.md", Path.Combine(to, "README.md"));
            Scripts(to);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(to, "cannot be written", "name a folder of your own with --out", failed);
        }
    }

    /// <summary>What notebooks load, and over it what this program is made of; symbols stay behind, as they name this machine's folders.</summary>
    private static void Program(string kit, string to)
    {
        bool IsGiven(string name) => !name.StartsWith($"{CourseExercises.ChecksName}.", StringComparison.Ordinal) || name.StartsWith($"{CourseExercises.ChecksName}.Contracts.", StringComparison.Ordinal);
        bool IsCompiled(string name) => IsGiven(name) && Path.GetExtension(name) is not (".pdb" or "");
        CopyTree(Path.Combine(kit, ProgramFolder), to, IsCompiled);
        CopyTree(AppContext.BaseDirectory, to, IsCompiled, except: PublicChecksFolder);
        string checks = $"{CourseExercises.ChecksName}.dll";
        File.Copy(Path.Combine(AppContext.BaseDirectory, PublicChecksFolder, checks), Path.Combine(to, checks));
    }

    private static void Quizzes(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (QuizFile quiz in QuizBank.Load(from).Quizzes.Where(q => q.Practice && q.Draws.Count == 0))
            File.Copy(Path.Combine(from, $"{quiz.Name}.yaml"), Path.Combine(to, $"{quiz.Name}.yaml"));
    }

    private static void CopyTree(string from, string to, Predicate<string> isGiven, string? except = null)
    {
        Directory.CreateDirectory(to);
        foreach (string file in Directory.GetFiles(from).Where(f => isGiven(Path.GetFileName(f)) && !IsHidden(f)))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)), overwrite: true);
        foreach (string folder in Directory.GetDirectories(from).Where(f => !IsHidden(f) && Path.GetFileName(f) != except))
            CopyTree(folder, Path.Combine(to, Path.GetFileName(folder)), isGiven);
    }

    private static bool IsHidden(string path) => Path.GetFileName(path).StartsWith('.');

    private static void Scripts(string to)
    {
        string script = Path.Combine(to, "esx");
        File.WriteAllText(script, $"#!/bin/sh\nexec dotnet exec \"$(dirname \"$0\")/{ProgramFolder}/esx.dll\" \"$@\"\n");
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(script, File.GetUnixFileMode(script) | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
        File.WriteAllText(Path.Combine(to, "esx.cmd"), $"@dotnet exec \"%~dp0{ProgramFolder.Replace('/', '\\')}\\esx.dll\" %*\r\n");
    }

    private static void Resource(string name, string to)
    {
        using Stream text = typeof(StudentTree).Assembly.GetManifestResourceStream(name)!;
        using FileStream file = File.Create(to);
        text.CopyTo(file);
    }
}
