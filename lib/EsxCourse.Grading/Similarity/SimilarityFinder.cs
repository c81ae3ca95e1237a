using System.Collections.Immutable;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Similarity;

// What submissions to one exercise have in common, each with each, with the reference, and with every file of the library.
//
//   score(A, B) = weight of the passages that both have / weight of those that the smaller one has
//
//   weight      1 for a passage that one or two of the class have, falling to 1/10 for one that all have: what the task itself suggests, everybody writes
//   smaller     so that a copy is found within more; below 30 passages the text is too short to say much, and the score falls in proportion
//
// Cost: the passages of the class are sorted once; then each that d submissions have costs d². A class of 300 takes seconds.

/// <summary>Compares submissions.</summary>
public static class SimilarityFinder
{
    private const int ShortestTelling = 30;
    private const double LeastWeight = 0.1;

    /// <summary>Compares the submissions to one exercise.</summary>
    /// <param name="exercise">The exercise.</param>
    /// <param name="submissions">What was handed in for it.</param>
    /// <param name="library">The library's sources.</param>
    /// <param name="top">How many pairs to report, at least 1.</param>
    /// <param name="progress">Told of each student whose submission has been read; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>The pairs that have the most in common. The same input gives the same result.</returns>
    public static ExerciseSimilarity Compare(
        Exercise exercise, IReadOnlyList<Submission> submissions, IReadOnlyList<SourceFile> library, int top, IProgress<string>? progress = null, CancellationToken cancellation = default)
    {
        ComparedText.Reader reader = new(exercise);
        List<ComparedText> texts = [];
        foreach (Submission submission in submissions.Where(s => s.Refusal is null).OrderBy(s => s.Student, StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            texts.Add(reader.Read(submission.Student, ComparedKind.Submission, submission.Files));
            progress?.Report(submission.Student);
        }

        double[][] weights = Weights(texts);
        double[] totals = [.. weights.Select(w => w.Sum())];
        (ImmutableArray<SimilarPair> pairs, double median, double ninetyNinth) = EachWithEach(texts, weights, totals, top, cancellation);
        ComparedText[] sources =
        [
            .. new[] { exercise.ReferencePath }.Where(File.Exists).Select(p => reader.Read("the reference", ComparedKind.Reference, [new SourceFile(Path.GetFileName(p), File.ReadAllText(p))])),
            .. library.OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => reader.Read(f.Name, ComparedKind.Library, [f])),
        ];
        return new ExerciseSimilarity(exercise.Slug, texts.Count, median, ninetyNinth, pairs, EachWithSources(texts, weights, totals, sources, top, cancellation),
            [.. submissions.Where(s => s.Refusal is not null).Select(s => new NotCompared(s.Student, s.Refusal!)).OrderBy(s => s.Student, StringComparer.Ordinal)]);
    }

    /// <summary>What each passage of each text weighs, by how many of the texts have it.</summary>
    private static double[][] Weights(List<ComparedText> texts)
    {
        Dictionary<ulong, int> having = [];
        foreach (ulong passage in texts.SelectMany(t => t.Passages))
            having[passage] = having.GetValueOrDefault(passage) + 1;
        double Weight(int count) => count <= 2 ? 1 : Math.Max(LeastWeight, Math.Log((double)texts.Count / count) / Math.Log(texts.Count / 2.0));
        return [.. texts.Select(t => t.Passages.Select(p => Weight(having[p])).ToArray())];
    }

    private static (ImmutableArray<SimilarPair> Pairs, double Median, double NinetyNinth) EachWithEach(List<ComparedText> texts, double[][] weights, double[] totals, int top, CancellationToken cancellation)
    {
        // Ordered by passage, so that all who have one stand together, and within by text.
        (ulong Passage, int Text, double Weight)[] all = [.. texts.SelectMany((t, i) => t.Passages.Select((p, n) => (p, i, weights[i][n])))];
        Array.Sort(all, (x, y) => x.Passage != y.Passage ? x.Passage.CompareTo(y.Passage) : x.Text.CompareTo(y.Text));
        double[][] common = [.. texts.Select((_, i) => new double[i])];
        int[][] shared = [.. texts.Select((_, i) => new int[i])];
        for (int begin = 0, end; begin < all.Length; begin = end)
        {
            for (end = begin + 1; end < all.Length && all[end].Passage == all[begin].Passage; end++)
                ;
            cancellation.ThrowIfCancellationRequested();
            for (int x = begin + 1; x < end; x++)
                for (int y = begin; y < x; y++)
                {
                    common[all[x].Text][all[y].Text] += all[x].Weight;
                    shared[all[x].Text][all[y].Text]++;
                }
        }

        (double Score, int A, int B)[] scores = [.. texts.SelectMany((_, b) => Enumerable.Range(0, b).Select(a => (Score(common[b][a], Math.Min(totals[a], totals[b])), a, b)))];
        Array.Sort(scores, (x, y) => x.Score != y.Score ? y.Score.CompareTo(x.Score) : x.A != y.A ? x.A.CompareTo(y.A) : x.B.CompareTo(y.B));
        return (
            [
                .. scores.Take(top).Where(s => s.Score > 0).Select(s => new SimilarPair(
                    texts[s.A], texts[s.B], shared[s.B][s.A], (totals[s.A] <= totals[s.B] ? texts[s.A] : texts[s.B]).PassageCount, s.Score, MatchingRun.Of(texts[s.A], texts[s.B]))),
            ],
            Below(0.5), Below(0.99));

        double Below(double part) => scores.Length == 0 ? 0 : scores[(int)((1 - part) * (scores.Length - 1))].Score;
    }

    private static ImmutableArray<SimilarPair> EachWithSources(List<ComparedText> texts, double[][] weights, double[] totals, ComparedText[] sources, int top, CancellationToken cancellation)
    {
        List<(double Score, int Text, int Source, int Shared)> found = [];
        for (int text = 0; text < texts.Count; text++)
            for (int source = 0; source < sources.Length; source++)
            {
                cancellation.ThrowIfCancellationRequested();
                (double common, int shared) = Common(texts[text].Passages, weights[text], sources[source].Passages);
                if (shared > 0)
                    found.Add((Score(common, totals[text]), text, source, shared));
            }

        return
        [
            .. found.OrderByDescending(f => f.Score).ThenBy(f => f.Text).ThenBy(f => f.Source).DistinctBy(f => f.Text).Take(top)
                .Select(f => new SimilarPair(texts[f.Text], sources[f.Source], f.Shared, texts[f.Text].PassageCount, f.Score, MatchingRun.Of(texts[f.Text], sources[f.Source]))),
        ];
    }

    private static (double Weight, int Count) Common(ulong[] passages, double[] weights, ulong[] others)
    {
        double weight = 0;
        int count = 0;
        for (int i = 0, j = 0; i < passages.Length && j < others.Length;)
            if (passages[i] == others[j])
            {
                (weight, count) = (weight + weights[i++], count + 1);
                j++;
            }
            else if (passages[i] < others[j])
                i++;
            else
                j++;
        return (weight, count);
    }

    private static double Score(double common, double total) => Math.Round(100 * common / Math.Max(total, ShortestTelling), 6);
}
