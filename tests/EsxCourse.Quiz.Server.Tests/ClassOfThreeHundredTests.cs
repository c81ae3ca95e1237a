using EsxCourse.Quiz.Server.Load;

namespace EsxCourse.Quiz.Server.Tests;

/// <summary>Three hundred students on loopback, a five-minute quiz compressed to thirty seconds: what was acknowledged is kept.</summary>
public sealed class ClassOfThreeHundredTests
{
    [Fact]
    [Trait("Category", "Soak")]
    public async Task No_answer_is_lost()
    {
        CancellationToken stop = TestContext.Current.CancellationToken;
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(
            folder, Classroom.FauxQuiz with { Grace = TimeSpan.FromSeconds(1) }, options => options with { TimeLimit = TimeSpan.FromSeconds(30) }, TimeProvider.System);
        using SimulatedClass students = new(room.Server.JoinUrl, Classroom.Code, 300, seed: 7);
        await students.JoinAsync(stop);
        // No end but the server's: everybody types into the time limit.
        await students.TypeAsync(TimeSpan.FromSeconds(1), CancellationToken.None, stop);
        Assert.Empty(await students.LossesAsync(stop));
        Assert.InRange(int.Parse(Kept.Query(room, "SELECT count(*) FROM answer").Single()), 590, 600);
        Assert.True(students.SaveMilliseconds.Count > 300 * 15, $"Only {students.SaveMilliseconds.Count} saves were acknowledged: this was no class that types.");
    }
}
