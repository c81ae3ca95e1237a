using System.Globalization;
using System.Text;
using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz;

/// <summary>What a student handed in: an answer for each question that was picked.</summary>
/// <remarks>
/// As a file: <c>quiz: NAME</c>, <c>student: NAME</c> and <c>seed: N</c> (both optional) and <c>answers:</c> with one <c>ID: |</c> for each picked question.
/// Which questions are picked is decided by which are answered; an answer may be empty and then earns nothing.
/// </remarks>
/// <param name="Quiz">The quiz's name.</param>
/// <param name="Student">Who answered, or null.</param>
/// <param name="Answers">By question id, the answer as written.</param>
public sealed record AnswerSheet(string Quiz, string? Student, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>The seed that the quiz was taken with, or null. Letters and numbers mean something only under that seed.</summary>
    public long? Seed { get; init; }

    /// <summary>The seed that an answer file names, so that its quiz can be put together before the answers are read.</summary>
    /// <param name="path">A YAML file.</param>
    /// <returns>The seed, or null if the file names none.</returns>
    /// <exception cref="BadInputException">The file cannot be read, or its seed is no whole number.</exception>
    public static long? SeedOf(string path) => SeedOf(YamlMap.Load(path));

    /// <summary>Reads an answer file and holds it against its quiz.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="quiz">The quiz that it answers.</param>
    /// <exception cref="BadInputException">The file is wrong, belongs to another quiz, answers a question that the quiz does not have, or too many.</exception>
    public static AnswerSheet Load(string path, QuizFile quiz)
    {
        YamlMap map = YamlMap.Load(path).Allow("quiz", "student", "seed", "answers");
        string name = map.Text("quiz", quiz.Name);
        if (name != quiz.Name)
            throw new BadInputException(map.PlaceOf("quiz"), $"these are answers to '{name}', not to '{quiz.Name}'", $"score them with that quiz, or write 'quiz: {quiz.Name}'");
        YamlMap answers = map.Map("answers") ?? throw new BadInputException(map.Place, "'answers' is missing", "add 'answers:' with one 'ID: |' line for each question");
        string[] ids = [.. quiz.Items.Select(item => item.Id)];
        answers.Allow(ids);
        Dictionary<string, string> given = answers.Keys.ToDictionary(id => id, answers.Answer);
        if (given.Count > quiz.Pick)
            throw new BadInputException(map.PlaceOf("answers"), $"{given.Count} questions are answered, but the quiz says pick {quiz.Pick}", $"keep {quiz.Pick} and take the others out");
        return new AnswerSheet(name, map.OptionalText("student"), given) { Seed = SeedOf(map) };
    }

    /// <summary>The answers as a file that <see cref="Load"/> reads.</summary>
    /// <returns>The text of a YAML file.</returns>
    public string ToYaml()
    {
        StringBuilder yaml = new();
        yaml.AppendLine($"quiz: {Quoted(Quiz)}");
        if (Student is not null)
            yaml.AppendLine($"student: {Quoted(Student)}");
        if (Seed is { } seed)
            yaml.AppendLine($"seed: {seed}");
        yaml.AppendLine("answers:");
        foreach ((string id, string answer) in Answers)
            yaml.AppendLine($"  {id}: {Quoted(answer)}");
        return yaml.ToString();
    }

    // JSON's strings are YAML's double-quoted ones.
    private static string Quoted(string text) => JsonSerializer.Serialize(text);

    private static long? SeedOf(YamlMap map) =>
        map.OptionalText("seed") is not { } text ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long seed) ? seed
        : throw new BadInputException(map.PlaceOf("seed"), $"'seed' is '{text}', not a whole number", "write the seed that the quiz was taken with, for example 'seed: 7'");
}
