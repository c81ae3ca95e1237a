using EsxCourse.Quiz.Reading;

namespace EsxCourse.Quiz.Tests.Scoring;

/// <summary>An answer to the faux quiz with the points that a fair teaching assistant gives it, and why.</summary>
internal sealed record GradedAnswer(string Item, string Kind, double Points, string Why, string Answer)
{
    public static IReadOnlyList<GradedAnswer> Load(string file) =>
        [.. YamlMap.Load(Path.Combine(AppContext.BaseDirectory, "Scoring", file)).Maps("answers").Select(map => new GradedAnswer(
            map.Text("item", ""), map.Text("kind", ""), map.Number("points", 0, 5, "0"), map.Text("why", ""), map.Answer("answer")))];
}
