using System.Security.Cryptography;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Reports;

// The report on disk:
//
//   OUT/results.json  OUT/class.md  OUT/class.html  OUT/students/NAME/EXERCISE.md  OUT/students/NAME/EXERCISE.html
//
// It is written beside its place and then moved there as a whole, so that a reader never sees half of one and a full disk leaves the old one.
// A student's name may be any file name; in paths it is spelled with plain letters only, and a hash keeps different names apart.

/// <summary>Writes a class's report into a folder.</summary>
public static class ReportFiles
{
    private const string Results = "results.json";

    /// <summary>Holds before any work that the report can be written: the folder is new, empty or an older report.</summary>
    /// <param name="folder">Where the report shall go.</param>
    /// <exception cref="BadInputException">It holds other things, or is a file.</exception>
    public static void CheckPlace(string folder)
    {
        if (File.Exists(folder))
            throw new BadInputException(folder, "is a file", "name a folder with --out");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !File.Exists(Path.Combine(folder, Results)))
            throw new BadInputException(folder, "holds other things than a report", "name a new or empty folder with --out");
    }

    /// <summary>Writes the report, in place of an older one.</summary>
    /// <param name="report">The class.</param>
    /// <param name="catalog">Its exercises.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="BadInputException">It cannot be written there.</exception>
    public static void Write(ClassReport report, ExerciseCatalog catalog, string folder)
    {
        CheckPlace(folder);
        string place = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string fresh = $"{place}.{Environment.ProcessId}.new", old = $"{place}.{Environment.ProcessId}.old";
        try
        {
            WriteAll(report, catalog, fresh);
            if (Directory.Exists(place))
                Directory.Move(place, old);
            Directory.Move(fresh, place);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(folder, $"the report cannot be written ({PlainText.Line(failed.Message, 120)})", "make room there or name another folder with --out", failed);
        }
        finally
        {
            foreach (string left in new[] { fresh, old }.Where(Directory.Exists))
                Directory.Delete(left, recursive: true);
        }
    }

    internal static string FeedbackPath(SubmissionReport submission, string extension) => $"students/{PathName(submission.Student)}/{submission.Exercise}.{extension}";

    private static void WriteAll(ClassReport report, ExerciseCatalog catalog, string folder)
    {
        void Put(string path, string text)
        {
            string full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text, new UTF8Encoding(false));
        }

        foreach (SubmissionReport submission in report.Submissions)
        {
            Exercise exercise = catalog.Find(submission.Exercise);
            Put(FeedbackPath(submission, "md"), FeedbackPage.Markdown(submission, exercise));
            Put(FeedbackPath(submission, "html"), FeedbackPage.Html(submission, exercise));
        }

        Put("class.md", ClassPage.Markdown(report));
        Put("class.html", ClassPage.Html(report));
        Put(Results, ClassReportJson.Write(report));
    }

    private static string PathName(string student)
    {
        string plain = string.Concat(student.Take(60).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return plain == student ? plain : $"{plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(student)))[..8]}";
    }
}
