using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Tests.Exercises;

public sealed class ExerciseProofTests
{
    // The capstone plays ten workloads twice for each solution: it has a longer run for itself.
    private const string Capstone = "12-memory-coordinator";

    public static TheoryData<string> Slugs => [.. Course.Exercises.Exercises.Select(e => e.Slug).Where(slug => slug != Capstone)];

    // One set of inputs; `esx exercise verify` proves them with ten.
    [Theory]
    [MemberData(nameof(Slugs))]
    public Task The_reference_earns_everything_the_stub_nothing_and_every_mutant_loses_a_check(string slug) => Prove(slug, seeds: 1);

    [Fact, Trait("Category", "Soak")]
    public Task The_capstone_is_proved_with_several_inputs() => Prove(Capstone, seeds: 5);

    private static async Task Prove(string slug, int seeds)
    {
        Course.RequireSandbox();
        ExerciseProof proof = Assert.Single(await ExerciseProof.RunAsync(Course.Exercises, [Course.Exercises.Find(slug)], seeds, jobs: 2, progress: null, TestContext.Current.CancellationToken));
        Assert.True(proof.Faults.IsEmpty, string.Join("\n", proof.Faults));
        Assert.Equal(proof.Solutions, (proof.Lost.Count + 2) * seeds);
    }
}
