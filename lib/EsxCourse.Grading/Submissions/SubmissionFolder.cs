using System.Collections.Immutable;
using System.Text.RegularExpressions;
using EsxCourse.Contracts;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Submissions.Uploads;

namespace EsxCourse.Grading.Submissions;

// A class's hand-ins: one folder, .cs file or notebook a student; or a zip, or the folder that was in it, as Canvas, Moodle and Gradescope
// hand it out (Uploads/Owner.cs).
//
//   class/ada/IdleMemoryTax.cs
//   class/grace.ipynb
//
// Which exercise a file answers is told by the contract that it names. All files of a student that answer one exercise, and those that
// name no contract, are compiled together; what names none at all is taken for the class's exercise, if it has only one. A homework notebook
// says by itself which exercise it answers.
//
// Always: everything is read before anything is graded. What only the teacher can put right stops it, in one line; what a student did
// becomes that student's verdict, for each exercise of the class.

/// <summary>Reads the submissions of a class, all of them before anything is graded.</summary>
public static class SubmissionFolder
{
    /// <summary>Reads the submissions of a class.</summary>
    /// <param name="place">The folder or zip.</param>
    /// <param name="catalog">The exercises that they may answer.</param>
    /// <param name="only">Take every submission as one to this exercise; null to tell by the contracts that they name.</param>
    /// <param name="times">When they were handed in, where that is known better than from the files.</param>
    /// <returns>The submissions, ordered by student and exercise.</returns>
    /// <exception cref="BadInputException">There is no such folder, it is empty, or something in it is no submission.</exception>
    public static ImmutableArray<Submission> Read(string place, ExerciseCatalog catalog, Exercise? only = null, HandInTimes? times = null)
    {
        if (File.Exists(place))
        {
            if (!place.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                throw new BadInputException(place, "is a file, and no zip", "name the folder or the zip that holds the class");
            using Stream zip = Open(place);
            return Read(ZipUpload.Read(zip, place), catalog, only, times);
        }

        if (!Directory.Exists(place))
            throw new BadInputException(place, "no such folder", "name the folder that holds one folder or .cs file a student");
        Upload upload = FolderUpload.Read(place);
        // In a platform's folder there is what it brings; in one that the teacher made, what is no submission is a slip.
        if (upload.Files.FirstOrDefault(f => f.Parts.Length == 1 && f.Problem is null && Owner.Of(f).IsPlain && !IsSource(f.Name) && f.Name != GradescopeMetadata.FileName) is UploadedFile odd)
            throw new BadInputException(Path.Combine(place, odd.Name), "not a submission", "hand in .cs files, notebooks, or folders of them");
        return Read(upload, catalog, only, times);
    }

    /// <summary>Reads one student's file or folder.</summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="catalog">The exercises that it may answer.</param>
    /// <param name="only">Take it as a submission to this exercise; null to tell by the contract that it names.</param>
    /// <returns>The submissions in it, one an exercise.</returns>
    /// <exception cref="BadInputException">There is nothing to grade.</exception>
    public static ImmutableArray<Submission> ReadOne(string path, ExerciseCatalog catalog, Exercise? only = null)
    {
        path = Path.TrimEndingDirectorySeparator(path);
        bool isFolder = Directory.Exists(path);
        if (!isFolder && !File.Exists(path))
            throw new BadInputException(path, "no such file or folder", "name a .cs file, a notebook or a folder of them");
        if (!isFolder && !IsSource(path))
            throw new BadInputException(path, "not a submission", "name a .cs file, a notebook or a folder of them");
        ImmutableArray<UploadedFile> files = isFolder ? FolderUpload.Read(path).Files : [FolderUpload.ReadFile(new FileInfo(path))];
        if (files.IsEmpty)
            throw new BadInputException(path, "the submission is empty", "put the student's .cs file into it or remove the folder");
        string name = Path.GetFileName(Path.GetFullPath(path));
        StudentFiles student = new(Owner.Plain(isFolder ? name : Path.GetFileNameWithoutExtension(name)), path, IsFlat: true, files, new HandIn(files.Max(f => f.At), false, name));
        return Sort([student], catalog, only, null);
    }

    /// <summary>Reads one student's folder as a platform lays it out: an answer to the catalog's one exercise. Whatever is odd in it is the student's doing and becomes the submission's refusal.</summary>
    /// <exception cref="BadInputException">The folder is not there or cannot be read.</exception>
    internal static Submission ReadUpload(string folder, string student, ExerciseCatalog catalog)
    {
        Exercise exercise = catalog.Exercises[0];
        Upload upload = FolderUpload.Read(folder);
        return upload.Files.IsEmpty
            ? new Submission(student, exercise, [], "is empty")
            : Sort([new StudentFiles(student, folder, IsFlat: false, upload.Files, HandIn.Unknown)], catalog, exercise, null).Single();
    }

    private static ImmutableArray<Submission> Read(Upload upload, ExerciseCatalog catalog, Exercise? only, HandInTimes? times)
    {
        StudentFiles[] students = [.. ClassLayout.Sort(upload)];
        if (students.Length == 0)
            throw new BadInputException(upload.Place, upload.IsArchive ? "there is nothing in it" : "the folder is empty", "put one folder or .cs file a student into it");
        return Sort(students, catalog, only, times);
    }

    private static ImmutableArray<Submission> Sort(StudentFiles[] students, ExerciseCatalog catalog, Exercise? only, HandInTimes? times)
    {
        (StudentFiles Student, ReadSources Read, Exercise[] Answers)[] all = [.. students.Select(s => (s, SourceReader.Read(s, catalog))).Select(s => (s.s, s.Item2, Answers(s.Item2)))];
        Exercise[] ofClass = only is not null ? [only] : [.. catalog.Exercises.Where(e => all.Any(s => s.Answers.Contains(e)))];
        if (ofClass.Length == 0)
            ofClass = [.. catalog.Exercises.Take(catalog.Exercises.Length == 1 || all.All(s => s.Read.Refusal is not null) ? 1 : 0)];
        return
        [
            .. all.SelectMany(s => Of(s.Student, s.Read, s.Answers)).OrderBy(s => s.Student, StringComparer.Ordinal).ThenBy(s => s.Exercise.Slug, StringComparer.Ordinal),
        ];

        Exercise[] Answers(ReadSources read) => only is not null ? [only] : [.. catalog.Exercises.Where(e => read.Files.Any(f => Names(f, e)) || read.Homework.Any(h => h.Homework == e))];

        IEnumerable<Submission> Of(StudentFiles student, ReadSources read, Exercise[] answers)
        {
            if (read.Refusal is not null)
                return ofClass.Select(e => Make(student, e, [], read.Refusal));
            if (ofClass.Length == 0)
                throw new BadInputException(student.Place, "names no exercise's contract", "have a class implement one, or say which exercise it is with --exercise");
            if (answers.Length == 0 && ofClass.Length > 1)
                return ofClass.Select(e => Make(student, e, [], $"names no exercise's contract, such as {e.Contract.Name}"));
            if (answers.Length == 0)
                answers = ofClass;
            return answers.Select(e => Answer(student, read, e));
        }

        Submission Answer(StudentFiles student, ReadSources read, Exercise exercise)
        {
            ReadNotebook[] homework = [.. read.Homework.Where(h => h.Homework == exercise)];
            SourceFile[] files = [.. read.Files.Where(f => only is not null || Names(f, exercise) || !catalog.Exercises.Any(other => Names(f, other))), .. homework.SelectMany(h => h.Files)];
            string? refusal = homework.Length > 1 ? $"holds {homework.Length} homework notebooks of {exercise.Slug}, and only one can be graded: remove the others"
                : homework.Length == 1 ? homework[0].Refusal
                : files.Length == 0 ? $"holds the homework notebook of {read.Homework[0].Homework!.Slug} instead of {exercise.Slug}'s"
                : null;
            return Make(student, exercise, refusal is null ? [.. files] : [], refusal) with { Notes = [.. homework.Select(h => h.Note).OfType<string>()] };
        }

        Submission Make(StudentFiles student, Exercise exercise, ImmutableArray<SourceFile> files, string? refusal) => new(student.Student, exercise, files, refusal)
        {
            HandIn = times?.For(student.Student, exercise.Slug) is DateTimeOffset known ? student.HandIn with { At = known, IsCertain = true } : student.HandIn,
        };
    }

    /// <summary>Whether a file names an exercise's contract.</summary>
    private static bool Names(SourceFile file, Exercise exercise) => Regex.IsMatch(file.Text, $@"\b{exercise.Contract.Name}\b", RegexOptions.CultureInvariant);

    private static bool IsSource(string name) => name.EndsWith(".cs", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".ipynb", StringComparison.OrdinalIgnoreCase);

    private static FileStream Open(string zip)
    {
        try
        {
            return File.OpenRead(zip);
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(zip, "cannot be read", "let the grader read it", unreadable);
        }
    }
}
