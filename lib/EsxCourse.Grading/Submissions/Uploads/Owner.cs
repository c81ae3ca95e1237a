using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace EsxCourse.Grading.Submissions.Uploads;

// Whose file it is, by the names that learning platforms give:
//
//   Canvas       lastfirst_LATE_123_456_file.cs                    user 123, submission 456; LATE only if it was
//   Moodle       First Last_12345_assignsubmission_file_/file.cs   12345 counts hand-ins of one assignment, so it is no key of a student
//   Gradescope   submission_123/file.cs                            who that is stands in submission_metadata.yml (GradescopeMetadata)
//   any other    student/file.cs or student.cs

/// <summary>The student that a file belongs to, as its name tells.</summary>
/// <param name="Identity">The same for all files of one submission, and for no other.</param>
/// <param name="Key">What the student is known by: one plain line.</param>
/// <param name="Name">The full name; null if the key is all there is.</param>
/// <param name="CanvasId">The student's number in Canvas.</param>
/// <param name="IsMarkedLate">Whether the name says that it was late.</param>
/// <param name="IsPlain">Whether no platform's name was recognised.</param>
/// <param name="Inner">The file's path within the student's submission.</param>
internal sealed partial record Owner(string Identity, string Key, string? Name, string? CanvasId, bool IsMarkedLate, bool IsPlain, ImmutableArray<string> Inner)
{
    private const int MaxKeyLength = 120;

    public static Owner Of(UploadedFile file)
    {
        if (file.Parts.Length > 1 && MoodleFolder().Match(file.Parts[0]) is { Success: true } moodle)
            return new Owner($"{moodle.Groups["name"].Value}_{moodle.Groups["id"].Value}", Plain(moodle.Groups["name"].Value), moodle.Groups["name"].Value, null, false, false, file.Parts[1..]);
        if (file.Parts.Length == 1 && CanvasFile().Match(file.Name) is { Success: true } canvas)
        {
            string id = canvas.Groups["user"].Value, key = $"{canvas.Groups["name"].Value}_{id}";
            return new Owner(key, Plain(key), null, id, canvas.Groups["late"].Success, false, [canvas.Groups["file"].Value]);
        }

        return file.Parts.Length > 1
            ? new Owner($"{file.Parts[0]}/", Plain(file.Parts[0]), null, null, false, true, file.Parts[1..])
            : new Owner(file.Name, Plain(Path.GetFileNameWithoutExtension(file.Name)), null, null, false, true, file.Parts);
    }

    public static bool IsMoodleFolder(string name) => MoodleFolder().IsMatch(name);

    /// <summary>A key that is safe to print anywhere: one line, not too long; a piece of its hash tells apart what would look alike.</summary>
    public static string Plain(string name)
    {
        string line = PlainText.Line(name, MaxKeyLength);
        return line == name && line.Length > 0 ? name : $"{line}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..8]}";
    }

    [GeneratedRegex(@"^(?<name>.+)_(?<id>\d+)_assignsubmission_(file|onlinetext)_?$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex MoodleFolder();

    [GeneratedRegex(@"^(?<name>[^_]+)_(?<late>LATE_)?(?<user>\d+)_(?<submission>\d+)_(?<file>.+)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex CanvasFile();
}
