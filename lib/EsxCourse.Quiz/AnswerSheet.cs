using EsxCourse.Contracts;
using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz;

/// <summary>What a student handed in: an answer for each question that was picked.</summary>
/// <remarks>
/// As a file: <c>quiz: NAME</c>, <c>student: NAME</c> (optional) and <c>answers:</c> with one <c>ID: |</c> for each picked question.
/// Which questions are picked is decided by which are answered; an answer may be empty and then earns nothing.
/// </remarks>
/// <param name="Quiz">The quiz's name.</param>
/// <param name="Student">Who answered, or null.</param>
/// <param name="Answers">By question id, the answer as written.</param>
public sealed record AnswerSheet(string Quiz, string? Student, IReadOnlyDictionary<string, string> Answers)
{
    /// <summary>Reads an answer file and holds it against its quiz.</summary>
    /// <param name="path">A YAML file.</param>
    /// <param name="quiz">The quiz that it answers.</param>
    /// <exception cref="BadInputException">The file is wrong, belongs to another quiz, answers a question that the quiz does not have, or too many.</exception>
    public static AnswerSheet Load(string path, QuizFile quiz)
    {
        YamlMap map = YamlMap.Load(path).Allow("quiz", "student", "answers");
        string name = map.Text("quiz", quiz.Name);
        if (name != quiz.Name)
            throw new BadInputException(map.PlaceOf("quiz"), $"these are answers to '{name}', not to '{quiz.Name}'", $"score them with that quiz, or write 'quiz: {quiz.Name}'");
        YamlMap answers = map.Map("answers") ?? throw new BadInputException(map.Place, "'answers' is missing", "add 'answers:' with one 'ID: |' line for each question");
        string[] ids = [.. quiz.Items.Select(item => item.Id)];
        answers.Allow(ids);
        Dictionary<string, string> given = answers.Keys.ToDictionary(id => id, answers.Answer);
        if (given.Count > quiz.Pick)
            throw new BadInputException(map.PlaceOf("answers"), $"{given.Count} questions are answered, but the quiz says pick {quiz.Pick}", $"keep {quiz.Pick} and take the others out");
        return new AnswerSheet(name, map.OptionalText("student"), given);
    }
}
