using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Exercises;

// Proves an exercise's checks: the reference earns everything, the stub nothing, and each mutant (a plausible wrong solution, its mistake named
// in its first line) loses at least one check, under several secrets and therefore with several sets of inputs. All of them are graded as
// submissions are, in the sandbox.

/// <summary>Proves that an exercise's checks tell right from wrong.</summary>
/// <param name="Exercise">Slug of the exercise.</param>
/// <param name="Solutions">How many solutions were graded, over all secrets.</param>
/// <param name="Lost">The checks that each mutant lost under every secret, by the mutant's file name.</param>
/// <param name="Faults">What is wrong with the exercise, one sentence each; empty when it is proved.</param>
public sealed record ExerciseProof(string Exercise, int Solutions, ImmutableSortedDictionary<string, ImmutableArray<string>> Lost, ImmutableArray<string> Faults)
{
    /// <summary>The fewest mutants that an exercise may have.</summary>
    public const int MinMutants = 6;

    private const string MutantMark = "// Mutant: ";

    /// <summary>Proves one exercise.</summary>
    /// <param name="catalog">The course's exercises.</param>
    /// <param name="exercise">The one to prove.</param>
    /// <param name="secrets">With how many secrets.</param>
    /// <param name="jobs">How many solutions are graded at once.</param>
    /// <param name="cancellation">Stops the work.</param>
    /// <returns>What came out.</returns>
    /// <exception cref="Contracts.BadInputException">This machine has no sandbox.</exception>
    public static async Task<ExerciseProof> RunAsync(ExerciseCatalog catalog, Exercise exercise, int secrets, int jobs, CancellationToken cancellation = default)
    {
        Submission reference = Solution("the reference", exercise.ReferencePath, exercise), stub = Solution("the stub", exercise.StubPath, exercise);
        Submission[] mutants = [.. exercise.MutantPaths.Select(path => Solution(Path.GetFileNameWithoutExtension(path), path, exercise))];
        List<string> faults = [];
        if (mutants.Length < MinMutants)
            faults.Add($"There are {mutants.Length} mutants; at least {MinMutants} are wanted.");
        faults.AddRange(mutants.Where(m => !m.Files[0].Text.StartsWith(MutantMark, StringComparison.Ordinal)).Select(m => $"{m.Student} does not name its mistake in its first line ('{MutantMark}…')."));

        Submission[] solutions = [reference, stub, .. mutants];
        Dictionary<string, IEnumerable<string>> lost = [];
        for (int i = 0; i < secrets; i++)
        {
            byte[] secret = SHA256.HashData(Encoding.UTF8.GetBytes($"proof {i}"));
            ClassReport graded = await new ClassGrader(catalog, new GradingOptions { Secret = secret, Jobs = jobs }).GradeAsync(solutions, progress: null, cancellation);
            faults.AddRange(FaultsIn(graded.Submissions, i));
            foreach (SubmissionReport mutant in graded.Submissions.Skip(2))
            {
                IEnumerable<string> names = mutant.Checks.Where(c => c.Points < c.Max).Select(c => c.Name);
                lost[mutant.Student] = lost.TryGetValue(mutant.Student, out IEnumerable<string>? before) ? before.Intersect(names) : names;
            }
        }

        faults.AddRange(lost.Where(m => !m.Value.Any()).Select(m => $"{m.Key} loses no check under all secrets."));
        return new ExerciseProof(exercise.Slug, solutions.Length * secrets, lost.ToImmutableSortedDictionary(m => m.Key, m => m.Value.ToImmutableArray(), StringComparer.Ordinal), [.. faults.Distinct()]);
    }

    private static IEnumerable<string> FaultsIn(ImmutableArray<SubmissionReport> reports, int secret)
    {
        SubmissionReport reference = reports[0], stub = reports[1];
        foreach (CheckReport lost in reference.Checks.Where(c => c.Points < c.Max))
            yield return $"The reference loses '{lost.Name}' under secret {secret}: {lost.Reason}";
        if (!stub.CompileErrors.IsEmpty)
            yield return $"The stub does not compile: {stub.CompileErrors[0]}";
        foreach (CheckReport earned in stub.Checks.Where(c => c.Points > 0))
            yield return $"The stub earns '{earned.Name}' under secret {secret}.";
        foreach (SubmissionReport mutant in reports.Skip(2))
        {
            if (!mutant.CompileErrors.IsEmpty)
                yield return $"{mutant.Student} does not compile: {mutant.CompileErrors[0]}";
            if (mutant.Verdict == Verdict.GraderBroke)
                yield return $"{mutant.Student} breaks the grader: {mutant.Summary}";
        }
    }

    private static Submission Solution(string name, string path, Exercise exercise) => new(name, exercise, [new SourceFile(Path.GetFileName(path), File.ReadAllText(path))]);
}
