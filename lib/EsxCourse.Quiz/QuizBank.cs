using EsxCourse.Contracts;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Reading;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz;

/// <summary>All quizzes of a folder, in the order of their names. Answer files (<c>*.answers.yaml</c>) are not quizzes.</summary>
public sealed class QuizBank
{
    private QuizBank(string folder, IReadOnlyList<QuizFile> quizzes)
    {
        Folder = folder;
        Quizzes = quizzes;
    }

    /// <summary>Where the quizzes lie.</summary>
    public string Folder { get; }

    /// <summary>The quizzes, ordered by name.</summary>
    public IReadOnlyList<QuizFile> Quizzes { get; }

    /// <summary>The files of a bank, ordered by name.</summary>
    /// <param name="folder">A folder, usually <c>exercises/quizzes</c>.</param>
    /// <exception cref="BadInputException">There is no such folder, or no quiz in it.</exception>
    public static IReadOnlyList<string> Files(string folder)
    {
        if (!Directory.Exists(folder))
            throw new BadInputException(folder, "no such folder", "name the folder that holds the quizzes, in the kit exercises/quizzes");
        string[] files = [.. Directory.GetFiles(folder, "*.yaml").Where(file => !file.EndsWith(".answers.yaml", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw new BadInputException(folder, "holds no quiz (*.yaml)", "name the folder that holds the quizzes, in the kit exercises/quizzes");
    }

    /// <summary>Reads every quiz of a folder.</summary>
    /// <param name="folder">A folder, usually <c>exercises/quizzes</c>.</param>
    /// <exception cref="BadInputException">A file is wrong; the first one found is reported.</exception>
    public static QuizBank Load(string folder) => new(folder, [.. Files(folder).Select(QuizFile.Load)]);

    /// <summary>The quiz with a name.</summary>
    /// <param name="name">The file's name without <c>.yaml</c>.</param>
    /// <exception cref="BadInputException">There is none; says which one is nearest.</exception>
    public QuizFile Find(string name) =>
        Quizzes.FirstOrDefault(quiz => quiz.Name == name)
        ?? throw new BadInputException(name, $"no such quiz in {Folder}", Nearest.Advice(name, [.. Quizzes.Select(quiz => quiz.Name)]));

    /// <summary>Puts a student's paper together: draws from the bank what the quiz asks for, then draws orders and numbers.</summary>
    /// <param name="quiz">The quiz; one without draws is only varied.</param>
    /// <param name="seed">The student's seed. The same seed gives the same paper.</param>
    /// <exception cref="BadInputException">The quiz asks for a topic that the bank lacks, or for more questions than it has.</exception>
    public QuizFile Assemble(QuizFile quiz, long seed)
    {
        List<QuizItem> items = [.. quiz.Items];
        foreach (Draw draw in quiz.Draws)
        {
            QuizFile topic = Quizzes.FirstOrDefault(other => other.Name == draw.Topic)
                ?? throw new BadInputException(draw.Place, $"the bank has no topic '{draw.Topic}'", Nearest.Advice(draw.Topic, [.. Quizzes.Select(other => other.Name)]));
            QuizItem[] eligible = [.. topic.Items.Where(item => (draw.Difficulty is null || item.Difficulty == draw.Difficulty) && items.All(other => other.Id != item.Id))];
            if (eligible.Length < draw.Count)
                throw new BadInputException(draw.Place, $"asks for {draw.Count} questions of '{draw.Topic}', which has {eligible.Length} that fit", $"write 'count: {eligible.Length}' or less, or leave the difficulty out");
            items.AddRange(new SeedStream(seed, $"{quiz.Name}/{draw.Topic}/{draw.Difficulty}").Shuffle(eligible).Take(draw.Count));
        }

        return (quiz with { Items = items, Draws = [] }).Vary(seed);
    }
}
