using System.Text.RegularExpressions;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>One hostile submission of the corpus: a file that says in its head what it tries and which sentence its author must read.</summary>
/// <remarks>
/// A partial class <c>Attack</c> is handed in together with <c>corpus/shared/Rest.cs</c>, which fills in the rest of the contract. Some words are
/// filled in: {CANARY} a file of the grader, {TARGET} a file that must not come to be, {CLASS} the folder of all submissions, {TIMES n text}.
/// </remarks>
internal sealed partial class Attack
{
    private Attack(string path)
    {
        Name = Path.GetFileNameWithoutExtension(path);
        Text = File.ReadAllText(path);
        Expected = Head().Match(Text) is { Success: true } head ? head.Groups[1].Value.Split(" || ") : throw new InvalidOperationException($"{Name} does not say what to expect.");
    }

    public static string Folder => Repository.Path("tests/EsxCourse.Grading.Tests/Attacks/corpus");

    public static IReadOnlyList<Attack> All { get; } = [.. Directory.GetFiles(Folder, "*.cs").Order(StringComparer.Ordinal).Select(path => new Attack(path))];

    public string Name { get; }

    /// <summary>As whom it is handed in.</summary>
    public string Student => $"x-{Name}";

    /// <summary>Sentences one of which must be told.</summary>
    public string[] Expected { get; }

    private string Text { get; }

    public static Attack Of(string name) => All.Single(a => a.Name == name);

    /// <summary>Hands it in.</summary>
    public void HandIn(TemporaryFolder place, string folder, string canary, string target)
    {
        string text = Text.Replace("{CANARY}", canary, StringComparison.Ordinal).Replace("{TARGET}", target, StringComparison.Ordinal).Replace("{CLASS}", place.File(folder), StringComparison.Ordinal);
        text = Times().Replace(text, times => string.Concat(Enumerable.Repeat(times.Groups[2].Value, int.Parse(times.Groups[1].Value))));
        bool isPart = text.Contains("partial class Attack", StringComparison.Ordinal);
        place.Write(isPart ? $"{folder}/{Student}/Attack.cs" : $"{folder}/{Student}.cs", text);
        if (isPart)
            place.Write($"{folder}/{Student}/Rest.cs", File.ReadAllText(Path.Combine(Folder, "shared/Rest.cs")));
    }

    [GeneratedRegex(@"\{TIMES (\d+) ([^}]+)\}")]
    private static partial Regex Times();

    [GeneratedRegex(@"^// Expect: (.+)$", RegexOptions.Multiline)]
    private static partial Regex Head();
}
