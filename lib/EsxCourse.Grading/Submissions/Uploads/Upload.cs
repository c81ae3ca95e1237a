using System.Collections.Immutable;

namespace EsxCourse.Grading.Submissions.Uploads;

/// <summary>One file that was handed in, still where it lies.</summary>
/// <param name="Parts">The folders below the upload and, last, the name. None leads out of the upload: such a step is left out and named as the problem.</param>
/// <param name="At">The file's own time.</param>
/// <param name="Problem">Why it is not read, as the end of "The submission …"; null when it is.</param>
/// <param name="Read">Gives the content; null where that is longer than asked for.</param>
internal sealed record UploadedFile(ImmutableArray<string> Parts, DateTimeOffset At, string? Problem, Func<int, byte[]?> Read)
{
    public string Name => Parts[^1];
}

/// <summary>What a class handed in: a folder or an archive, as a flat list of files.</summary>
/// <param name="Place">Where it lies, for error lines.</param>
/// <param name="IsArchive">Whether it is an archive: what is odd in it is the student's doing; in a folder it is the teacher's to put right.</param>
/// <param name="Files">The files, in order of their paths.</param>
/// <param name="Folders">The folders of the first level, empty ones too.</param>
internal sealed record Upload(string Place, bool IsArchive, ImmutableArray<UploadedFile> Files, ImmutableArray<string> Folders)
{
    public static string Link(string name) => $"contains a symbolic link ({PlainText.Line(name, 60)}), which is not followed";

    public static string LeadsOut(string name) => $"contains a name that leads out of its folder ({PlainText.Line(name, 60)})";

    /// <summary>What every editor, archiver and build leaves behind, and what is for the grader to read.</summary>
    public static bool IsIgnored(string name, bool isFolder) => name.StartsWith('.') || name == "README.md" || (isFolder && name is "bin" or "obj" or "__MACOSX");
}
