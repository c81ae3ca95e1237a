using EsxCourse.Contracts;

namespace EsxCourse.Cli;

/// <summary>Where the kit's own material lies: the folder with <c>EsxCourse.sln</c>, which holds notebooks, exercises and quizzes.</summary>
internal static class KitRoot
{
    /// <summary>Finds the kit: upward from the current folder, then upward from the program itself.</summary>
    /// <exception cref="BadInputException">Neither lies in a copy of the kit.</exception>
    public static string Find() =>
        Above(Environment.CurrentDirectory) ?? Above(AppContext.BaseDirectory)
        ?? throw new BadInputException(Environment.CurrentDirectory, "not inside a copy of EsxCourse (no EsxCourse.sln in this folder or above)", "change into the folder that you cloned");

    private static string? Above(string start)
    {
        for (DirectoryInfo? folder = new(start); folder is not null; folder = folder.Parent)
            if (File.Exists(System.IO.Path.Combine(folder.FullName, "EsxCourse.sln")))
                return folder.FullName;
        return null;
    }
}
