using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Templates;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz;

/// <summary>Worked problems without end: a topic and a seed give a computed question, its answer and the way to it.</summary>
public static class Drill
{
    /// <summary>The topics that have computed questions, in alphabetical order.</summary>
    public static IReadOnlyList<string> Topics { get; } = [.. ItemTemplate.All.Select(template => template.Topic).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>Draws one problem.</summary>
    /// <param name="topic">One of <see cref="Topics"/>.</param>
    /// <param name="seed">The same seed gives the same problem.</param>
    /// <returns>The question with its numbers drawn; <see cref="QuizItem.Worked"/> holds the way to the answer.</returns>
    /// <exception cref="Contracts.BadInputException">There is no such topic; says which one is nearest.</exception>
    public static QuizItem Draw(string topic, long seed)
    {
        ItemTemplate[] templates = [.. ItemTemplate.All.Where(template => template.Topic == topic)];
        if (templates.Length == 0)
            throw new Contracts.BadInputException(topic, "no drill has this topic", Reading.Nearest.Advice(topic, Topics));
        SeedStream draw = new(seed, $"drill/{topic}");
        ItemTemplate template = draw.OneOf(templates);
        return template.Draw(draw, template.Name, points: 1).Vary(seed);
    }
}
