using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using EsxCourse.Contracts;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EsxCourse.Grading.Submissions.Uploads;

/// <summary>Somebody who handed in a Gradescope submission; a group has several.</summary>
internal sealed record Submitter(string Key, string? Name);

/// <summary>
/// Gradescope's <c>submission_metadata.yml</c>: for each folder of the export who handed it in, and when. Its keys are Ruby symbols
/// (<c>:submitters</c>), its moments Ruby's.
/// </summary>
internal sealed partial class GradescopeMetadata
{
    public const string FileName = "submission_metadata.yml";
    private const int MaxBytes = 64 << 20;

    private readonly YamlMappingNode folders;

    private GradescopeMetadata(YamlMappingNode folders) => this.folders = folders;

    /// <summary>Reads it.</summary>
    /// <exception cref="BadInputException">It is not what Gradescope writes.</exception>
    public static GradescopeMetadata Read(UploadedFile file, string place)
    {
        string where = $"{place}: {FileName}";
        try
        {
            byte[] bytes = file.Read(MaxBytes) ?? throw new BadInputException(where, "is too large", "download the export again");
            YamlStream yaml = [];
            yaml.Load(new StringReader(Encoding.UTF8.GetString(bytes)));
            return yaml.Documents is [{ RootNode: YamlMappingNode folders }] ? new GradescopeMetadata(folders)
                : throw new BadInputException(where, "lists no submissions", "download the export again");
        }
        catch (YamlException bad)
        {
            throw new BadInputException($"{where}:{bad.Start.Line}", "is no YAML", "download the export again", bad);
        }
    }

    /// <summary>Who handed in a folder; the folder's name where nobody is named.</summary>
    public ImmutableArray<Submitter> Submitters(string folder) =>
        Find(Find(folders, folder), "submitters") is YamlSequenceNode { Children.Count: > 0 } named
            ? [.. named.Children.Select(one =>
            {
                string? name = Text(Find(one, "name"));
                return new Submitter(Owner.Plain(Text(Find(one, "sid")) ?? Text(Find(one, "email")) ?? name ?? folder), name);
            })]
            : [new Submitter(Owner.Plain(folder), null)];

    /// <summary>When a folder was handed in; null if the file does not say.</summary>
    public DateTimeOffset? HandedIn(string folder)
    {
        YamlNode? created = Find(Find(folders, folder), "created_at");
        string text = Text(created is YamlMappingNode ? Find(created, "utc") : created) ?? "";
        return Ruby().Match(text) is { Success: true } moment
            && DateTimeOffset.TryParse($"{moment.Groups["day"].Value}T{moment.Groups["time"].Value}{(moment.Groups["zone"].Value is "Z" or "UTC" ? "Z" : moment.Groups["zone"].Value)}", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset at)
                ? at : null;
    }

    private static YamlNode? Find(YamlNode? node, string key) =>
        (node as YamlMappingNode)?.Children.FirstOrDefault(c => (c.Key as YamlScalarNode)?.Value?.TrimStart(':') == key).Value;

    private static string? Text(YamlNode? node) => (node as YamlScalarNode)?.Value?.Trim() is { Length: > 0 } text ? text : null;

    [GeneratedRegex(@"^(?<day>\d{4}-\d\d-\d\d)[ T](?<time>\d\d:\d\d:\d\d)(\.\d+)?\s*(?<zone>Z|UTC|[+-]\d\d:?\d\d)$", RegexOptions.CultureInvariant)]
    private static partial Regex Ruby();
}
