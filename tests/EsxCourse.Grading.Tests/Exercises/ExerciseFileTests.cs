using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Tests.Exercises;

public sealed class ExerciseFileTests : IDisposable
{
    private const string Good = """
        title: T
        version: 1
        stub: Stub.cs
        checks:
          - name: k
            class: EsxCourse.Exercises.Tax.IdlePageCost
            points: 2
        """;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private ExerciseCatalog Load(string yaml)
    {
        folder.Write("01-x/exercise.yaml", yaml);
        folder.Write("01-x/Stub.cs", "");
        return ExerciseCatalog.Load(folder.Path, typeof(EsxCourse.Exercises.Tax.ReferenceMemoryTax).Assembly);
    }

    [Fact]
    public void A_good_file_gives_an_exercise() => Assert.Equal(("01-x", 2), (Load(Good).Exercises[0].Slug, Load(Good).Exercises[0].MaxPoints));

    [Fact]
    public void A_file_may_name_a_leaderboard()
    {
        Assert.Null(Load(Good).Exercises[0].Leaderboard);
        Leaderboard board = Load(Good + "\nleaderboard: { figures: [speed, care], beside: [{ name: X, values: [1, 2.5] }] }").Exercises[0].Leaderboard!;
        Assert.Equal(["speed", "care"], board.Figures);
        Assert.Equal(("X", 2.5m), (board.Beside[0].Name, board.Beside[0].Values[1]));
    }

    [Theory]
    [InlineData("title: T", "", "exercise.yaml: title: is missing")]
    [InlineData("title: T", "titel: T", "exercise.yaml:1:")]
    [InlineData("version: 1", "version: one", "exercise.yaml:2:")]
    [InlineData("Stub.cs", "Other.cs", "exercise.yaml: stub: 'Other.cs' is not there")]
    [InlineData("points: 2", "points: 0", "exercise.yaml: checks: k: has no points")]
    [InlineData("Tax.IdlePageCost", "Tax.Nothing", "exercise.yaml: checks: k: there is no check 'EsxCourse.Exercises.Tax.Nothing'")]
    [InlineData("Tax.IdlePageCost", "Tax.ReferenceMemoryTax", "there is no check")]
    [InlineData("version: 1", "version: 1\nlimits: { cpuSeconds: 0 }", "exercise.yaml: limits: one is not above 0")]
    [InlineData("points: 2", "points: [", "exercise.yaml:")]
    [InlineData("version: 1", "version: 1\nleaderboard: { figures: [] }", "exercise.yaml: leaderboard: has no figures")]
    [InlineData("version: 1", "version: 1\nleaderboard: { figures: [a, a] }", "exercise.yaml: leaderboard: a figure stands there twice")]
    [InlineData("version: 1", "version: 1\nleaderboard: { figures: [a, b], beside: [{ name: X, values: [1] }] }", "exercise.yaml: leaderboard: X: has 1 values")]
    public void A_broken_file_is_named_with_its_place(string old, string broken, string message)
    {
        string said = Assert.Throws<BadInputException>(() => Load(Good.Replace(old, broken, StringComparison.Ordinal))).Message;
        Assert.Contains(message, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said);
    }

    [Fact]
    public void An_unknown_exercise_is_told_which_there_are() =>
        Assert.Contains("choose one of: 01-x", Assert.Throws<BadInputException>(() => Load(Good).Find("99-no")).Message, StringComparison.Ordinal);
}
