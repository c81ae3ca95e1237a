using EsxCourse.Contracts;

namespace EsxCourse.Grading;

/// <summary>The course's secret on disk: random bytes from which every submission's hidden inputs are drawn.</summary>
/// <remarks>Keep it and a regrade gives the same inputs; lose it and the next grading draws others. It is never part of a report or a release.</remarks>
public static class CourseSecret
{
    private const int MinBytes = 16;

    /// <summary>Where the secret lies when no file is named: in the user's own configuration.</summary>
    /// <exception cref="BadInputException">The user has no such folder.</exception>
    public static string UsualPath
    {
        get
        {
            string folder = Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.Create);
            return folder.Length > 0 ? Path.Combine(folder, "esxcourse", "course-secret")
                : throw new BadInputException("course secret", "there is no home folder to keep it in", "name a file with --secret");
        }
    }

    /// <summary>Reads the secret; makes it first where there is none at the usual place.</summary>
    /// <param name="path">The file that the user named; null for the usual one.</param>
    /// <returns>The secret.</returns>
    /// <exception cref="BadInputException">The named file is missing, cannot be read, or is too short to be a secret.</exception>
    public static byte[] Read(string? path)
    {
        string file = path ?? UsualPath;
        try
        {
            if (path is null && !File.Exists(file))
                Make(file);
            byte[] secret = File.ReadAllBytes(file);
            return secret.Length >= MinBytes ? secret : throw new BadInputException(file, $"a secret of {secret.Length} bytes", $"put at least {MinBytes} random bytes into it");
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(file, "the course's secret cannot be read", "name a file of random bytes with --secret", failed);
        }
    }

    private static void Make(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        string fresh = $"{file}.{Environment.ProcessId}";
        FileStreamOptions onlyMine = new() { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            onlyMine.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (FileStream stream = new(fresh, onlyMine))
            stream.Write(GradingOptions.NewSecret());
        File.Move(fresh, file, overwrite: false);
    }
}
