using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Grading.Submissions.Uploads;

/// <summary>What one student handed in, all of it.</summary>
/// <param name="Student">The student's key.</param>
/// <param name="Place">Where it lies, for error lines.</param>
/// <param name="IsFlat">Whether folders in it are passed over: so it is where the teacher makes the folders, not the student.</param>
/// <param name="Files">The files, with their paths inside.</param>
/// <param name="HandIn">When and how it came.</param>
internal sealed record StudentFiles(string Student, string Place, bool IsFlat, ImmutableArray<UploadedFile> Files, HandIn HandIn);

/// <summary>Sorts a class's files by student: as a learning platform names them, or one folder or file a student.</summary>
internal static class ClassLayout
{
    /// <summary>Sorts them.</summary>
    /// <exception cref="BadInputException">A student is there twice, or there is a folder with nothing in it.</exception>
    public static IEnumerable<StudentFiles> Sort(Upload upload)
    {
        upload = WithoutCommonFolder(upload);
        return upload.Files.FirstOrDefault(f => f.Parts is [GradescopeMetadata.FileName]) is UploadedFile metadata
            ? SortGradescope(upload, GradescopeMetadata.Read(metadata, upload.Place))
            : SortByName(upload);
    }

    private static IEnumerable<StudentFiles> SortGradescope(Upload upload, GradescopeMetadata export) =>
        from file in upload.Files
        where file.Parts.Length > 1
        group file by file.Parts[0] into folder
        let at = export.HandedIn(folder.Key)
        from submitter in export.Submitters(folder.Key)
        select new StudentFiles(submitter.Key, $"{upload.Place}: {folder.Key}", IsFlat: false, [.. folder.Select(f => f with { Parts = f.Parts[1..] })],
            new HandIn(at ?? folder.Max(f => f.At), at is not null, folder.Key) { Name = submitter.Name });

    private static IEnumerable<StudentFiles> SortByName(Upload upload)
    {
        if (upload.Folders.FirstOrDefault(f => !Owner.IsMoodleFolder(f) && !upload.Files.Any(file => file.Parts[0] == f)) is string empty)
            throw new BadInputException(Path.Combine(upload.Place, empty), "the submission is empty", "put the student's .cs file into it or remove the folder");
        var students = upload.Files.Select(f => (File: f, Owner: Owner.Of(f))).GroupBy(f => f.Owner.Identity).ToArray();
        foreach (var files in students)
        {
            Owner owner = files.First().Owner;
            if (students.FirstOrDefault(s => s != files && s.First().Owner.Key == owner.Key) is { } twin)
            {
                if (owner.IsPlain || twin.First().Owner.IsPlain)
                    throw new BadInputException(Path.Combine(upload.Place, owner.Key), "this student is there twice, as a folder and as a file", "keep one of them");
                owner = owner with { Key = Owner.Plain(owner.Identity) };
            }

            bool isFlat = owner.IsPlain && !upload.IsArchive;
            string place = upload.IsArchive ? $"{upload.Place}: {files.First().File.Parts[0]}" : Path.Combine(upload.Place, files.First().File.Parts[0]);
            yield return new StudentFiles(owner.Key, place, isFlat, [.. files.Select(f => f.File with { Parts = f.Owner.Inner })],
                new HandIn(files.Max(f => f.File.At), false, files.First().File.Parts[0]) { Name = owner.Name, CanvasId = owner.CanvasId, IsMarkedLate = files.Any(f => f.Owner.IsMarkedLate) });
        }
    }

    /// <summary>An archive of one folder with the class in it is taken as that folder.</summary>
    private static Upload WithoutCommonFolder(Upload upload)
    {
        string? first = upload.Files.FirstOrDefault()?.Parts[0];
        bool isCommon = first is not null && !Owner.IsMoodleFolder(first) && upload.Files.All(f => f.Parts.Length > 1 && f.Parts[0] == first);
        bool holdsClass = isCommon && (upload.Files.Any(f => f.Parts is [_, GradescopeMetadata.FileName])
            || (upload.IsArchive && upload.Files.Select(f => f.Parts[1]).Distinct().Skip(1).Any() && upload.Files.Any(f => f.Parts.Length > 2)));
        return holdsClass ? upload with { Files = [.. upload.Files.Select(f => f with { Parts = f.Parts[1..] })], Folders = [] } : upload;
    }
}
