using System.Collections.Immutable;
using System.Security.Cryptography;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Exercises;

// Proves an exercise's checks: the reference earns everything, the stub nothing, and each mutant (a plausible wrong solution, its mistake named
// in its first line) loses at least one check, with several seeds and so with several sets of inputs. And no check is idle: with some seed
// there is a mutant that it alone catches, or exercise.yaml says why it stands.
//
// All of them are graded as submissions are, in the sandbox, in one class of (solutions x seeds). The seed is a part of the student's name,
// from which inputs follow.

/// <summary>Proves that an exercise's checks tell right from wrong.</summary>
/// <param name="Exercise">Slug of the exercise.</param>
/// <param name="Solutions">How many solutions were graded, over all seeds.</param>
/// <param name="Lost">The checks that each mutant lost with every seed, by the mutant's file name.</param>
/// <param name="Alone">By the check's name: the mutants that it alone caught, with some seed.</param>
/// <param name="Idle">Checks by which alone no mutant was caught and of which nobody says why they stand. A few seeds may not show it of every check; ten do.</param>
/// <param name="Faults">What is wrong with the exercise otherwise, one sentence each.</param>
public sealed record ExerciseProof(
    string Exercise, int Solutions, ImmutableSortedDictionary<string, ImmutableArray<string>> Lost, ImmutableSortedDictionary<string, ImmutableArray<string>> Alone,
    ImmutableArray<string> Idle, ImmutableArray<string> Faults)
{
    /// <summary>The fewest mutants that an exercise may have.</summary>
    public const int MinMutants = 6;

    private const string MutantMark = "// Mutant: ";

    // Anybody may know it: proofs are no grades.
    private static readonly byte[] Secret = SHA256.HashData("exercise proof"u8);

    /// <summary>Proves exercises.</summary>
    /// <param name="catalog">The course's exercises.</param>
    /// <param name="exercises">Those to prove.</param>
    /// <param name="seeds">With how many sets of inputs, at least 1.</param>
    /// <param name="jobs">How many solutions are graded at once.</param>
    /// <param name="progress">Told of each solution that is graded; may be null.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What came out, one proof an exercise, in their order.</returns>
    /// <exception cref="Contracts.BadInputException">This machine has no sandbox.</exception>
    public static async Task<ImmutableArray<ExerciseProof>> RunAsync(
        ExerciseCatalog catalog, IReadOnlyList<Exercise> exercises, int seeds, int jobs, IProgress<GradingProgress>? progress = null, CancellationToken cancellation = default)
    {
        Submission[][] solutions = [.. exercises.Select(SolutionsOf)];
        Submission[] all = [.. Enumerable.Range(0, seeds).SelectMany(seed => solutions.SelectMany(s => s).Select(s => s with { Student = $"{s.Student}, seed {seed}" }))];
        ClassReport graded = await new ClassGrader(catalog, new GradingOptions { Secret = Secret, Jobs = jobs }).GradeAsync(all, progress, cancellation);
        ILookup<(string, string), SubmissionReport> reports = graded.Submissions.ToLookup(r => (r.Exercise, r.Student));
        return [.. exercises.Select((e, i) => Judge(e, solutions[i], [.. solutions[i].Select(s => Enumerable.Range(0, seeds).Select(seed => reports[(e.Slug, $"{s.Student}, seed {seed}")].Single()).ToArray())]))];
    }

    private static Submission[] SolutionsOf(Exercise exercise) =>
    [
        Solution("the reference", exercise.ReferencePath, exercise), Solution("the stub", exercise.StubPath, exercise),
        .. exercise.MutantPaths.Select(path => Solution(Path.GetFileNameWithoutExtension(path), path, exercise)),
    ];

    /// <param name="exercise">The exercise.</param>
    /// <param name="solutions">The reference, the stub, the mutants.</param>
    /// <param name="reports">Indexed by solution, then by seed.</param>
    private static ExerciseProof Judge(Exercise exercise, Submission[] solutions, SubmissionReport[][] reports)
    {
        Submission[] mutants = solutions[2..];
        List<string> faults = [];
        if (mutants.Length < MinMutants)
            faults.Add($"There are {mutants.Length} mutants; at least {MinMutants} are wanted.");
        faults.AddRange(mutants.Where(m => !m.Files[0].Text.StartsWith(MutantMark, StringComparison.Ordinal)).Select(m => $"{m.Student} does not name its mistake in its first line ('{MutantMark}…')."));
        faults.AddRange(reports[0].SelectMany(r => LostBy(r).Select(c => $"The reference loses '{c.Name}' ({r.Student}): {c.Reason}")));
        faults.AddRange(reports[1].SelectMany(r => r.CompileErrors.Take(1)).Select(e => $"The stub does not compile: {e}"));
        faults.AddRange(reports[1].SelectMany(r => r.Checks.Where(c => c.Points > 0)).Select(c => $"The stub earns '{c.Name}'."));

        Dictionary<string, ImmutableArray<string>> lost = [];
        Dictionary<string, SortedSet<string>> alone = exercise.Checks.ToDictionary(c => c.Name, _ => new SortedSet<string>(StringComparer.Ordinal));
        for (int m = 0; m < mutants.Length; m++)
        {
            string name = mutants[m].Student;
            string[][] names = [.. reports[m + 2].Select(r => LostBy(r).Select(c => c.Name).ToArray())];
            faults.AddRange(reports[m + 2].SelectMany(r => r.CompileErrors.Take(1)).Select(e => $"{name} does not compile: {e}"));
            faults.AddRange(reports[m + 2].Where(r => r.Verdict == Verdict.GraderBroke).Select(r => $"{name} breaks the grader: {r.Summary}"));
            faults.AddRange(names.Select((n, seed) => (n, seed)).Where(x => x.n.Length == 0).Select(x => $"{name} survives with seed {x.seed}."));
            lost[name] = [.. names.Aggregate((a, b) => [.. a.Intersect(b)])];
            foreach (string[] one in names.Where(n => n.Length == 1))
                alone[one[0]].Add(name);
        }

        return new ExerciseProof(exercise.Slug, reports.Sum(r => r.Length), lost.ToImmutableSortedDictionary(StringComparer.Ordinal),
            alone.ToImmutableSortedDictionary(a => a.Key, a => a.Value.ToImmutableArray(), StringComparer.Ordinal),
            [.. exercise.Checks.Where(c => alone[c.Name].Count == 0 && c.Why is null).Select(c => c.Name)], [.. faults.Distinct()]);
    }

    private static IEnumerable<CheckReport> LostBy(SubmissionReport report) => report.Checks.Where(c => c.Points < c.Max);

    private static Submission Solution(string name, string path, Exercise exercise) => new(name, exercise, [new SourceFile(Path.GetFileName(path), File.ReadAllText(path))]);
}
