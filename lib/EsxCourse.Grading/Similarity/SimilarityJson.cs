using System.Text.Encodings.Web;
using System.Text.Json;

namespace EsxCourse.Grading.Similarity;

/// <summary>What submissions have in common, as one JSON document: <c>similarity.json</c>.</summary>
public static class SimilarityJson
{
    private static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes the document.</summary>
    /// <param name="exercises">One result an exercise.</param>
    /// <returns>The same bytes for the same result.</returns>
    public static string Write(IReadOnlyList<ExerciseSimilarity> exercises) => JsonSerializer.Serialize(new
    {
        passageLength = ComparedText.PassageLength,
        exercises = exercises.Select(e => new
        {
            e.Exercise,
            e.Compared,
            medianScore = e.Median,
            ninetyNinthPercentileScore = e.NinetyNinth,
            pairs = e.Pairs.Select(Pair),
            withSources = e.WithSources.Select(Pair),
            notCompared = e.Left,
        }),
    }, Layout) + "\n";

    private static object Pair(SimilarPair pair) => new
    {
        a = pair.A.Name,
        b = pair.B.Name,
        kind = pair.B.Kind.ToString().ToLowerInvariant(),
        pair.Score,
        pair.Shared,
        pair.Of,
        longest = pair.Longest,
        cut = pair.A.IsCut || pair.B.IsCut,
        runs = pair.Runs.Select(r => new { a = Place(pair.A, r.StartA, r.Length), b = Place(pair.B, r.StartB, r.Length), tokens = r.Length }),
    };

    private static object Place(ComparedText text, int start, int length)
    {
        CodeToken first = text.Tokens[start], last = text.Tokens[start + length - 1];
        return new { file = text.Files[first.File].Name, firstLine = Line(text, first.File, first.Start), lastLine = Line(text, last.File, last.Start) };
    }

    private static int Line(ComparedText text, int file, int at) => 1 + text.Files[file].Text.AsSpan(0, at).Count('\n');
}
