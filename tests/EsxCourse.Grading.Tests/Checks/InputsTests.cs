using EsxCourse.Grading.Checks;

namespace EsxCourse.Grading.Tests.Checks;

public sealed class InputsTests
{
    private static int[] Draw(params string[] parts)
    {
        Inputs inputs = Inputs.For(Course.Secret, parts);
        return [.. Enumerable.Range(0, 50).Select(_ => inputs.Whole(0, 1_000_000))];
    }

    [Fact]
    public void The_same_submission_gets_the_same_inputs_again() => Assert.Equal(Draw("ada", "07", "1", "hash", "check"), Draw("ada", "07", "1", "hash", "check"));

    [Theory]
    [InlineData("ben", "07", "1", "hash", "check")]
    [InlineData("ada", "07", "2", "hash", "check")]
    [InlineData("ada", "07", "1", "other", "check")]
    [InlineData("ada", "07", "1", "hash", "other")]
    [InlineData("ada0", "7", "1", "hash", "check")]
    public void Whatever_differs_gives_other_inputs(params string[] parts) => Assert.NotEqual(Draw("ada", "07", "1", "hash", "check"), Draw(parts));

    [Fact]
    public void Another_secret_gives_other_inputs()
    {
        Inputs other = Inputs.For([.. Course.Secret.Reverse()], "ada");
        Inputs mine = Inputs.For(Course.Secret, "ada");
        Assert.NotEqual(mine.Bytes(16), other.Bytes(16));
    }

    [Fact]
    public void Whole_numbers_cover_their_range_and_no_more()
    {
        Inputs inputs = Inputs.For(Course.Secret, "range");
        HashSet<int> seen = [.. Enumerable.Range(0, 500).Select(_ => inputs.Whole(-3, 4))];
        Assert.Equal([-3, -2, -1, 0, 1, 2, 3, 4], seen.Order());
    }

    [Fact]
    public void The_widest_range_of_whole_numbers_reaches_both_signs()
    {
        Inputs inputs = Inputs.For(Course.Secret, "widest");
        int[] drawn = [.. Enumerable.Range(0, 64).Select(_ => inputs.Whole(int.MinValue, int.MaxValue))];
        Assert.Contains(drawn, n => n < 0);
        Assert.Contains(drawn, n => n > 0);
    }

    [Fact]
    public void Fractions_lie_between_zero_and_one()
    {
        Inputs inputs = Inputs.For(Course.Secret, "fraction");
        double[] drawn = [.. Enumerable.Range(0, 2000).Select(_ => inputs.Fraction())];
        Assert.All(drawn, f => Assert.InRange(f, 0, 0.9999999999999999));
        Assert.InRange(drawn.Average(), 0.45, 0.55);
    }
}
