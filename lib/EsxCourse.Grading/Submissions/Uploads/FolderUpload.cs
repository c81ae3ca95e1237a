using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Grading.Submissions.Uploads;

/// <summary>Reads a folder on disk. Links are not followed: they could point at anything on the grader's machine.</summary>
internal static class FolderUpload
{
    private const int MaxDepth = 12;

    public static Upload Read(string folder)
    {
        List<UploadedFile> files = [];
        try
        {
            DirectoryInfo root = new(folder);
            Add(root, [], files);
            return new Upload(folder, IsArchive: false, [.. files], [.. Entries(root).OfType<DirectoryInfo>().Where(d => d.LinkTarget is null).Select(d => d.Name)]);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(folder, $"cannot be read ({PlainText.Line(unreadable.Message, 150).TrimEnd('.')})", "let the grader read it", unreadable);
        }
    }

    /// <summary>One student's file as an upload of its own.</summary>
    public static UploadedFile ReadFile(FileInfo file) => ToFile(file, []);

    private static void Add(DirectoryInfo folder, ImmutableArray<string> above, List<UploadedFile> files)
    {
        foreach (FileSystemInfo entry in Entries(folder))
        {
            if (entry.LinkTarget is not null || above.Length == MaxDepth)
            {
                string problem = entry.LinkTarget is null ? "lies in too many folders within folders"
                    : above.Length == 0 ? "is a symbolic link, which is not followed" : Upload.Link(entry.Name);
                files.Add(new UploadedFile([.. above, entry.Name], entry.LastWriteTimeUtc, problem, _ => null));
            }
            else if (entry is DirectoryInfo inner)
            {
                Add(inner, above.Add(entry.Name), files);
            }
            else
            {
                files.Add(ToFile((FileInfo)entry, above));
            }
        }
    }

    private static UploadedFile ToFile(FileInfo file, ImmutableArray<string> above) => new([.. above, file.Name], file.LastWriteTimeUtc, null, most =>
    {
        try
        {
            // What has no length is not opened: it may be a pipe, which would never end.
            return file.Length > most ? null : file.Length == 0 ? [] : File.ReadAllBytes(file.FullName);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(file.FullName, "cannot be read", "let the grader read it", unreadable);
        }
    });

    private static IEnumerable<FileSystemInfo> Entries(DirectoryInfo folder) =>
        folder.GetFileSystemInfos().Where(e => !Upload.IsIgnored(e.Name, e is DirectoryInfo)).OrderBy(e => e.Name, StringComparer.Ordinal);
}
