using EsxCourse.Contracts;

namespace EsxCourse.Cli;

/// <summary>Where the kit's own material lies: the folder with <c>EsxCourse.sln</c>, or a students' copy of it. It holds notebooks, exercises and quizzes.</summary>
internal static class KitRoot
{
    /// <summary>The file that marks a students' copy, and says what it is.</summary>
    public const string StudentsMark = "EsxCourse.students";

    private const string Solution = "EsxCourse.sln";

    private static readonly Lazy<string?> StudentsCopy = new(() => Above(AppContext.BaseDirectory, StudentsMark, Solution) is string root && File.Exists(Path.Combine(root, StudentsMark)) ? root : null);

    /// <summary>Whether this program lies in a students' copy: there are no hidden checks then, and nothing to grade with.</summary>
    public static bool IsStudentsCopy => StudentsCopy.Value is not null;

    /// <summary>Finds the kit: the students' copy that the program lies in; otherwise upward from the current folder, then upward from the program itself.</summary>
    /// <exception cref="BadInputException">Neither lies in a copy of the kit.</exception>
    public static string Find() =>
        StudentsCopy.Value ?? Above(Environment.CurrentDirectory, Solution) ?? Above(AppContext.BaseDirectory, Solution)
        ?? throw new BadInputException(Environment.CurrentDirectory, "not inside a copy of EsxCourse (no EsxCourse.sln in this folder or above)", "change into the folder that you cloned");

    private static string? Above(string start, params string[] marks)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            if (marks.Any(mark => File.Exists(Path.Combine(folder.FullName, mark))))
                return folder.FullName;
        return null;
    }
}
