using EsxCourse.Quiz.Bank;

namespace EsxCourse.Quiz.Rendering;

/// <summary>A question as plain text, with its lettered options; without its answer.</summary>
public static class QuestionText
{
    /// <summary>Writes a question.</summary>
    /// <param name="item">The question, as the student gets it.</param>
    /// <param name="output">Where to.</param>
    public static void Write(QuizItem item, TextWriter output)
    {
        output.WriteLine(item.Ask);
        if (item.Picture is { } picture)
            foreach (string line in picture.Split('\n'))
                output.WriteLine($"    {line.TrimEnd('\r')}");
        IEnumerable<string> numbered = item is MatchingItem matching ? matching.Pairs.Select((pair, at) => $"{at + 1}. {pair.Left}") : [];
        IReadOnlyList<string> lettered = item switch
        {
            ChoiceItem choice => [.. choice.Options.Select(option => option.Text)],
            MatchingItem pairs => pairs.Rights,
            OrderingItem ordering => ordering.Shown,
            _ => [],
        };
        foreach (string line in numbered)
            output.WriteLine($"  {line}");
        for (int at = 0; at < lettered.Count; at++)
            output.WriteLine($"  {ChoiceItem.Letter(at)}) {lettered[at]}");
    }
}
