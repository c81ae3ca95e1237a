using System.Collections.Immutable;

namespace EsxCourse.Grading.Exercises;

/// <summary>What an exercise's leaderboard shows. Its checks report the figures; each name's figures add up over them, and more is better.</summary>
/// <param name="Figures">The names of the figures, a column each; their sum is the total by which submissions are ordered.</param>
/// <param name="Beside">Rows of nobody's, for orientation.</param>
public sealed record Leaderboard(ImmutableArray<string> Figures, ImmutableArray<Landmark> Beside);

/// <summary>A row of nobody's on a leaderboard.</summary>
/// <param name="Name">What it stands for.</param>
/// <param name="Values">Its values, one for each figure.</param>
public sealed record Landmark(string Name, ImmutableArray<decimal> Values);
