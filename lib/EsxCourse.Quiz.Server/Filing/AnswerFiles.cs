namespace EsxCourse.Quiz.Server.Filing;

/// <summary>Writes one answer file an attempt, as <c>esx quiz score</c> and <c>esx quiz analyse</c> read them. The seed in it makes the same paper again.</summary>
internal static class AnswerFiles
{
    public static void Write(string folder, IReadOnlyList<ScoredAttempt> results)
    {
        Directory.CreateDirectory(folder);
        foreach (ScoredAttempt result in results)
            File.WriteAllText(Path.Combine(folder, Name(result)), result.Sheet.ToYaml());
    }

    // The number tells students apart, the login only helps people: of it, only what every file system takes.
    private static string Name(ScoredAttempt result)
    {
        string login = new([.. result.Student.Login.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-').Take(40)]);
        return $"{result.Student.Number:000}-{login}{(result.Attempt.Number > 1 ? $"-{result.Attempt.Number}" : "")}.yaml";
    }
}
