using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Tests.Exercises;

public sealed class ExerciseProofTests
{
    public static TheoryData<string> Slugs => [.. Course.Exercises.Exercises.Select(e => e.Slug)];

    [Theory]
    [MemberData(nameof(Slugs))]
    public async Task The_reference_earns_everything_the_stub_nothing_and_every_mutant_loses_a_check(string slug)
    {
        Course.RequireSandbox();
        ExerciseProof proof = await ExerciseProof.RunAsync(Course.Exercises, Course.Exercises.Find(slug), secrets: 3, jobs: 2, TestContext.Current.CancellationToken);
        Assert.True(proof.Faults.IsEmpty, string.Join("\n", proof.Faults));
        Assert.All(proof.Lost, mutant => Assert.NotEmpty(mutant.Value));
    }
}
