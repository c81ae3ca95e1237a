using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Submissions;

// A class's hand-ins on disk: one folder or one .cs file a student.
//
//   class/ada/IdleMemoryTax.cs
//   class/grace.cs
//
// Which exercise a file answers is told by the contract that it names. All files of a student that answer one exercise, and those that
// name no contract, are compiled together. Links are not followed: they could point at anything on the grader's machine.

/// <summary>Reads a folder of submissions, all of it before anything is graded.</summary>
public static class SubmissionFolder
{
    private const int MaxFileBytes = 512 * 1024;
    private const int MaxFiles = 50;

    /// <summary>Reads the submissions of a class.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="catalog">The exercises that they may answer.</param>
    /// <param name="only">Take every submission as one to this exercise; null to tell by the contracts that they name.</param>
    /// <returns>The submissions, ordered by student and exercise.</returns>
    /// <exception cref="BadInputException">There is no such folder, it is empty, or something in it is no submission.</exception>
    public static ImmutableArray<Submission> Read(string folder, ExerciseCatalog catalog, Exercise? only = null)
    {
        if (!Directory.Exists(folder))
            throw new BadInputException(folder, "no such folder", "name the folder that holds one folder or .cs file a student");
        FileSystemInfo[] entries = [.. new DirectoryInfo(folder).GetFileSystemInfos().Where(e => !IsIgnored(e)).OrderBy(e => e.Name, StringComparer.Ordinal)];
        if (entries.Length == 0)
            throw new BadInputException(folder, "the folder is empty", "put one folder or .cs file a student into it");
        List<Submission> submissions = [];
        foreach (FileSystemInfo entry in entries)
            submissions.AddRange(ReadStudent(entry, catalog, only));
        if (submissions.GroupBy(s => (s.Student, s.Exercise.Slug)).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new BadInputException(Path.Combine(folder, twice.Key.Student), "this student is there twice, as a folder and as a file", "keep one of them");
        return [.. submissions.OrderBy(s => s.Student, StringComparer.Ordinal).ThenBy(s => s.Exercise.Slug, StringComparer.Ordinal)];
    }

    /// <summary>Reads one student's file or folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="catalog">The exercises that it may answer.</param>
    /// <param name="only">Take it as a submission to this exercise; null to tell by the contract that it names.</param>
    /// <returns>The submissions in it, one an exercise.</returns>
    /// <exception cref="BadInputException">There is nothing to grade.</exception>
    public static ImmutableArray<Submission> ReadOne(string path, ExerciseCatalog catalog, Exercise? only = null)
    {
        FileSystemInfo entry = Directory.Exists(path) ? new DirectoryInfo(Path.TrimEndingDirectorySeparator(path)) : new FileInfo(path);
        return entry.Exists ? [.. ReadStudent(entry, catalog, only)] : throw new BadInputException(path, "no such file or folder", "name a .cs file or a folder of them");
    }

    private static IEnumerable<Submission> ReadStudent(FileSystemInfo entry, ExerciseCatalog catalog, Exercise? only)
    {
        if (entry.LinkTarget is not null)
            return [new Submission(entry.Name, only ?? catalog.Exercises[0], [], "is a symbolic link, which is not followed")];
        return entry is DirectoryInfo folder ? ReadFolder(folder, catalog, only) : ReadFile((FileInfo)entry, catalog, only);
    }

    private static IEnumerable<Submission> ReadFile(FileInfo file, ExerciseCatalog catalog, Exercise? only)
    {
        if (file.Extension != ".cs")
            throw new BadInputException(file.FullName, "not a submission", "hand in .cs files, or folders of them");
        return Sort(Path.GetFileNameWithoutExtension(file.Name), file.FullName, [file], catalog, only);
    }

    private static IEnumerable<Submission> ReadFolder(DirectoryInfo folder, ExerciseCatalog catalog, Exercise? only)
    {
        FileSystemInfo[] entries = [.. folder.GetFileSystemInfos().Where(e => !IsIgnored(e)).OrderBy(e => e.Name, StringComparer.Ordinal)];
        if (entries.Length == 0)
            throw new BadInputException(folder.FullName, "the submission is empty", "put the student's .cs file into it or remove the folder");
        if (entries.FirstOrDefault(e => e.LinkTarget is not null) is FileSystemInfo link)
            return [new Submission(folder.Name, only ?? catalog.Exercises[0], [], $"contains a symbolic link ({PlainText.Line(link.Name, 60)}), which is not followed")];
        FileInfo[] sources = [.. entries.OfType<FileInfo>().Where(f => f.Extension == ".cs")];
        if (sources.Length == 0)
            throw new BadInputException(folder.FullName, entries.OfType<DirectoryInfo>().Any() ? "the submission holds folders only" : "the submission holds no .cs file",
                "put the student's .cs file straight into it");
        return Sort(folder.Name, folder.FullName, sources, catalog, only);
    }

    private static IEnumerable<Submission> Sort(string student, string place, FileInfo[] files, ExerciseCatalog catalog, Exercise? only)
    {
        if (files.Length > MaxFiles || files.Any(f => f.Length > MaxFileBytes))
            return [new Submission(student, only ?? catalog.Exercises[0], [], $"is too large: at most {MaxFiles} files of {MaxFileBytes / 1024} KiB are read")];
        SourceFile[] sources = [.. files.Select(Text)];
        if (only is not null)
            return [new Submission(student, only, [.. sources])];
        (SourceFile Source, Exercise[] Answers)[] read = [.. sources.Select(s => (s, Answered(s, catalog)))];
        Exercise[] answered = [.. catalog.Exercises.Where(e => read.Any(r => r.Answers.Contains(e)))];
        if (answered.Length == 0 && catalog.Exercises.Length == 1)
            answered = [catalog.Exercises[0]];
        if (answered.Length == 0)
            throw new BadInputException(place, "names no exercise's contract", "have a class implement one, or say which exercise it is with --exercise");
        return answered.Select(e => new Submission(student, e, [.. read.Where(r => r.Answers.Length == 0 || r.Answers.Contains(e)).Select(r => r.Source)]));
    }

    /// <summary>The exercises whose contracts a file names.</summary>
    private static Exercise[] Answered(SourceFile file, ExerciseCatalog catalog) =>
        [.. catalog.Exercises.Where(e => Regex.IsMatch(file.Text, $@"\b{e.Contract.Name}\b", RegexOptions.CultureInvariant))];

    private static SourceFile Text(FileInfo file)
    {
        try
        {
            return new SourceFile(file.Name, File.ReadAllText(file.FullName, Encoding.UTF8));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(file.FullName, "cannot be read", "let the grader read it", unreadable);
        }
    }

    private static bool IsIgnored(FileSystemInfo entry) => entry.Name.StartsWith('.') || entry.Name == "README.md" || (entry is DirectoryInfo && entry.Name is "bin" or "obj" or "__MACOSX");
}
