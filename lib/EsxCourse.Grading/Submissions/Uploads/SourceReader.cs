using System.Collections.Immutable;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Submissions.Uploads;

/// <summary>What a student's files say: sources and homework notebooks, or why they are not read.</summary>
/// <param name="Files">The sources, but for those of homework notebooks.</param>
/// <param name="Refusal">Why nothing is read; null if it is.</param>
internal sealed record ReadSources(ImmutableArray<SourceFile> Files, string? Refusal)
{
    /// <summary>The homework notebooks, each of which says what it answers and whether it can be graded.</summary>
    public ImmutableArray<ReadNotebook> Homework { get; init; } = [];
}

/// <summary>Reads one student's <c>.cs</c> files and the solution cells of the notebooks; also in an archive that the student packed. All else is passed over.</summary>
internal static class SourceReader
{
    private const int MaxFiles = 50;
    private const int MaxFileBytes = 512 * 1024;
    private const int MaxNotebookBytes = 16 << 20;
    private const int MaxArchiveBytes = 16 << 20;
    private const int MaxTextLength = 2 << 20;
    private const int MaxNameLength = 100;

    private static string TooLarge { get; } = $"is too large: at most {MaxFiles} files of {MaxFileBytes / 1024} KiB, and {MaxTextLength >> 20} MiB in all, are read";

    /// <summary>Reads them.</summary>
    /// <exception cref="BadInputException">The teacher's folder holds no source for this student, or the grader may not read it.</exception>
    public static ReadSources Read(StudentFiles student, ExerciseCatalog catalog)
    {
        try
        {
            UploadedFile[] files = [.. student.Files.SelectMany(Unpacked)];
            if (files.FirstOrDefault(f => f.Problem is not null) is UploadedFile bad)
                return new ReadSources([], bad.Problem);
            files = [.. files.Where(f => (!student.IsFlat || f.Parts.Length == 1) && (Is(f, ".cs") || Is(f, ".ipynb")))];
            if (files.Length == 0)
                return Nothing(student);
            return files.Length > MaxFiles ? throw new RefusedException(TooLarge) : Sources(files, catalog);
        }
        catch (RefusedException refused)
        {
            return new ReadSources([], refused.Message);
        }
    }

    private static ReadSources Nothing(StudentFiles student) => student.IsFlat
        ? throw new BadInputException(student.Place, student.Files.All(f => f.Parts.Length > 1) ? "the submission holds folders only" : "the submission holds no .cs file and no notebook", "put the student's .cs file straight into it")
        : new ReadSources([], "holds no .cs file and no notebook");

    private static IEnumerable<UploadedFile> Unpacked(UploadedFile file)
    {
        if (!Is(file, ".zip") || file.Problem is not null)
            return [file];
        byte[] archive = file.Read(MaxArchiveBytes) ?? throw new RefusedException(TooLarge);
        try
        {
            return ZipUpload.Read(new MemoryStream(archive), file.Name).Files;
        }
        catch (BadInputException broken)
        {
            throw new RefusedException($"holds an archive that {broken.Problem}");
        }
    }

    private static ReadSources Sources(UploadedFile[] files, ExerciseCatalog catalog)
    {
        List<SourceFile> sources = [];
        List<ReadNotebook> homework = [];
        foreach (UploadedFile file in files)
        {
            string name = PlainText.Line(string.Join('/', file.Parts).Replace(':', '_'), MaxNameLength);
            if (!Is(file, ".ipynb"))
            {
                sources.Add(new SourceFile(name, Text(Content(file, MaxFileBytes))));
                continue;
            }

            ReadNotebook notebook = NotebookCode.Read(Content(file, MaxNotebookBytes), name, catalog);
            if (notebook.Homework is null)
                sources.AddRange(notebook.Files);
            else
                homework.Add(notebook);
        }

        SourceFile[] all = [.. sources, .. homework.SelectMany(h => h.Files)];
        if (all.Length == 0 && homework.Count == 0)
            throw new RefusedException("holds no code: a notebook's solution cells are those that nbgrader's metadata, or the tag 'solution', marks");
        if (all.Sum(s => (long)s.Text.Length) > MaxTextLength)
            throw new RefusedException(TooLarge);
        return all.DistinctBy(s => s.Name).Count() == all.Length
            ? new ReadSources([.. sources], null) { Homework = [.. homework] }
            : throw new RefusedException("holds two files of one name");
    }

    private static byte[] Content(UploadedFile file, int most)
    {
        try
        {
            return file.Read(most) ?? throw new RefusedException(TooLarge);
        }
        catch (BadInputException broken) when (broken.Problem == ZipUpload.Broken)
        {
            throw new RefusedException($"holds a file that {broken.Problem} ({PlainText.Line(file.Name, 60)})");
        }
    }

    private static string Text(byte[] bytes)
    {
        using StreamReader reader = new(new MemoryStream(bytes), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return reader.ReadToEnd();
    }

    private static bool Is(UploadedFile file, string ending) => file.Name.EndsWith(ending, StringComparison.OrdinalIgnoreCase);
}

/// <summary>One student's submission is not graded, and why: the end of "The submission …". Never leaves the reading.</summary>
internal sealed class RefusedException(string reason) : Exception(reason);
