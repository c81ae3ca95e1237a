using EsxCourse.Contracts;

namespace EsxCourse.Cli;

/// <summary>A text file that the user named.</summary>
internal static class TextFile
{
    /// <summary>Reads it whole.</summary>
    /// <exception cref="BadInputException">It cannot be read.</exception>
    public static async Task<string> ReadAsync(FileInfo file, CancellationToken stop)
    {
        try
        {
            return await File.ReadAllTextAsync(file.FullName, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(file.ToString(), "cannot be read", "name a file that is there and that you may read", error);
        }
    }
}
