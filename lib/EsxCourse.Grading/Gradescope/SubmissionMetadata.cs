using System.Globalization;
using System.Text.Json;
using EsxCourse.Grading.Submissions.Uploads;

namespace EsxCourse.Grading.Gradescope;

/// <summary>What Gradescope says of a submission: who, when, and when it was due for them.</summary>
/// <param name="Student">The submitters' addresses, in order; what hidden inputs follow from.</param>
/// <param name="Name">Their names.</param>
/// <param name="HandedIn">When; null if it does not say.</param>
/// <param name="Due">When it was due, extensions included; null if never.</param>
internal sealed record SubmissionMetadata(string Student, string Name, DateTimeOffset? HandedIn, DateTimeOffset? Due)
{
    private const string Nobody = "student";

    /// <summary>Reads <c>submission_metadata.json</c>; what is missing or odd in it is taken as not said.</summary>
    public static SubmissionMetadata Read(string path)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(path));
            JsonElement root = json.RootElement;
            JsonElement[] users = Property(root, "users") is { ValueKind: JsonValueKind.Array } listed ? [.. listed.EnumerateArray()] : [];
            string[] keys = [.. users.Select(u => Text(Property(u, "email")) ?? Text(Property(u, "name"))).OfType<string>().Order(StringComparer.Ordinal)];
            string[] names = [.. users.Select(u => Text(Property(u, "name"))).OfType<string>()];
            // Who works in a group has the latest of their dates.
            DateTimeOffset? own = users.Select(u => Moment(Property(Property(u, "assignment"), "due_date"))).Max();
            return new SubmissionMetadata(
                keys.Length == 0 ? Nobody : Owner.Plain(string.Join(" and ", keys)), PlainText.Line(string.Join(", ", names), 200),
                Moment(Property(root, "created_at")), own ?? Moment(Property(Property(root, "assignment"), "due_date")));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or JsonException)
        {
            return new SubmissionMetadata(Nobody, "", null, null);
        }
    }

    private static JsonElement? Property(JsonElement? element, string name) =>
        element is { ValueKind: JsonValueKind.Object } and { } there && there.TryGetProperty(name, out JsonElement found) ? found : null;

    private static string? Text(JsonElement? element) => element is { ValueKind: JsonValueKind.String } text && text.GetString() is { Length: > 0 } said ? said : null;

    private static DateTimeOffset? Moment(JsonElement? element) =>
        DateTimeOffset.TryParse(Text(element), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset moment) ? moment : null;
}
