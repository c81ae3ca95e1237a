using System.Security.Cryptography;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Records;

namespace EsxCourse.Grading.Reports;

// The report on disk, beside the gradebook that it is written from:
//
//   OUT/gradebook.db   OUT/results.json   OUT/class.md   OUT/class.html   OUT/students/NAME/EXERCISE.md and .html
//   OUT/speed.md       and, of the last regrade, OUT/changes.md
//
// All of it is written into OUT/.new first and then moved to its place part by part, results.json last: a full disk leaves the old report, and
// whoever is killed in between is made good by the next run, which writes everything again. Times are in speed.md alone, so that the same
// class gives the same bytes everywhere else.
// A student's name may be any file name; in paths it is spelled with plain letters only, and a hash keeps different names apart.

/// <summary>Writes a class's report into a folder.</summary>
public static class ReportFiles
{
    /// <summary>The name that a gradebook has in the report's folder, where no other place is named for it.</summary>
    public const string Gradebook = "gradebook.db";

    private const string Results = "results.json";

    /// <summary>Holds before any work that the report can be written: the folder is new, empty or an older report.</summary>
    /// <param name="folder">Where the report shall go.</param>
    /// <exception cref="BadInputException">It holds other things, or is a file.</exception>
    public static void CheckPlace(string folder)
    {
        if (File.Exists(folder))
            throw new BadInputException(folder, "is a file", "name a folder with --out");
        if (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any() && !new[] { Results, Gradebook }.Any(known => File.Exists(Path.Combine(folder, known))))
            throw new BadInputException(folder, "holds other things than a report", "name a new or empty folder with --out");
    }

    /// <summary>Makes the folder.</summary>
    /// <param name="folder">Where the report shall go.</param>
    /// <exception cref="BadInputException">It cannot be made there.</exception>
    public static void Prepare(string folder) => Explaining(folder, () => Directory.CreateDirectory(folder));

    /// <summary>Writes the report, in place of an older one.</summary>
    /// <param name="graded">The class.</param>
    /// <param name="catalog">Its exercises.</param>
    /// <param name="folder">Where to.</param>
    /// <exception cref="BadInputException">It cannot be written there.</exception>
    public static void Write(GradedClass graded, ExerciseCatalog catalog, string folder) => Explaining(folder, () =>
    {
        string fresh = Path.Combine(folder, ".new"), old = Path.Combine(folder, ".old");
        try
        {
            Remove(fresh);
            WriteAll(graded, catalog, fresh);
            foreach (string part in Directory.EnumerateFileSystemEntries(fresh).Select(Path.GetFileName).OfType<string>().OrderBy(p => p == Results).ThenBy(p => p, StringComparer.Ordinal))
            {
                string place = Path.Combine(folder, part);
                if (File.Exists(Path.Combine(fresh, part)))
                {
                    File.Move(Path.Combine(fresh, part), place, overwrite: true);
                    continue;
                }

                Remove(old);
                if (Directory.Exists(place))
                    Directory.Move(place, old);
                Directory.Move(Path.Combine(fresh, part), place);
            }
        }
        finally
        {
            Remove(fresh);
            Remove(old);
        }
    });

    internal static string FeedbackPath(SubmissionReport submission, string extension) => $"students/{PathName(submission.Student)}/{submission.Exercise}.{extension}";

    private static void WriteAll(GradedClass graded, ExerciseCatalog catalog, string folder)
    {
        void Put(string path, string text)
        {
            string full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text, new UTF8Encoding(false));
        }

        foreach (SubmissionReport submission in graded.Report.Submissions)
        {
            Exercise exercise = catalog.Find(submission.Exercise);
            Put(FeedbackPath(submission, "md"), FeedbackPage.Markdown(submission, exercise));
            Put(FeedbackPath(submission, "html"), FeedbackPage.Html(submission, exercise));
        }

        Put("class.md", ClassPage.Markdown(graded.Report));
        Put("class.html", ClassPage.Html(graded.Report));
        Put("speed.md", SpeedPage.Markdown(graded));
        if (graded.IsRegrade)
            Put("changes.md", ChangesPage.Markdown(graded));
        Put(Results, ClassReportJson.Write(graded.Report));
    }

    private static void Explaining(string folder, Action work)
    {
        try
        {
            work();
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(folder, $"the report cannot be written ({PlainText.Line(failed.Message, 120).TrimEnd('.')})", "make room there or name another folder with --out", failed);
        }
    }

    private static void Remove(string folder)
    {
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
    }

    private static string PathName(string student)
    {
        string plain = string.Concat(student.Take(60).Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' ? c : '_'));
        return plain == student ? plain : $"{plain}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(student)))[..8]}";
    }
}
