using System.Collections.Immutable;

namespace EsxCourse.Grading.Similarity;

/// <summary>Two texts and what they have in common. It says how much, not why.</summary>
/// <param name="A">A submission.</param>
/// <param name="B">Another one, or a source that students may have seen.</param>
/// <param name="Shared">How many passages both have.</param>
/// <param name="Of">How many passages the smaller one has; beside a source, the submission.</param>
/// <param name="Score">The same in percent, with passages that many of the class have counting less, and too short texts, too.</param>
/// <param name="Runs">Where they are, once as they cover the texts.</param>
public sealed record SimilarPair(ComparedText A, ComparedText B, int Shared, int Of, double Score, ImmutableArray<MatchingRun> Runs)
{
    /// <summary>The longest common run, in symbols.</summary>
    public int Longest => Runs.IsEmpty ? 0 : Runs.Max(r => r.Length);
}

/// <summary>A submission that was not compared, and why.</summary>
/// <param name="Student">Whose.</param>
/// <param name="Reason">Why, as the end of "The submission …".</param>
public sealed record NotCompared(string Student, string Reason);

/// <summary>What the submissions to one exercise have in common.</summary>
/// <param name="Exercise">Slug of the exercise.</param>
/// <param name="Compared">How many submissions were compared, each with each.</param>
/// <param name="Median">The score that half of the pairs stay below.</param>
/// <param name="NinetyNinth">The score that ninety-nine of a hundred pairs stay below.</param>
/// <param name="Pairs">The pairs of submissions that have the most in common, the first one most.</param>
/// <param name="WithSources">The submissions that have the most in common with the reference or with a file of the library, each with the closest of these.</param>
/// <param name="Left">What was not compared.</param>
public sealed record ExerciseSimilarity(
    string Exercise, int Compared, double Median, double NinetyNinth, ImmutableArray<SimilarPair> Pairs, ImmutableArray<SimilarPair> WithSources, ImmutableArray<NotCompared> Left);
