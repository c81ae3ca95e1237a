using EsxCourse.Contracts;
using EsxCourse.Grading.Homework;

namespace EsxCourse.Grading.Tests.Homework;

public sealed class SolutionRegionsTests
{
    [Fact]
    public void Each_region_becomes_the_stub_and_all_else_stays() =>
        Assert.Equal("using A;\nstub\nclass B { }\nstub", SolutionRegions.Strip("using A;\n// BEGIN SOLUTION\nclass Secret { }\n  // END SOLUTION\nclass B { }\n// BEGIN SOLUTION\n// END SOLUTION", "stub", "cell"));

    [Theory]
    [InlineData("a\n// BEGIN SOLUTION\nsecret", "cell:2: the solution that begins here does not end; write '// END SOLUTION' after it")]
    [InlineData("secret\n// END SOLUTION", "cell:2: a solution ends that did not begin; write '// BEGIN SOLUTION' before it")]
    [InlineData("// BEGIN SOLUTION\n// BEGIN SOLUTION\n// END SOLUTION", "cell:2: a solution begins inside the one of line 1; write '// END SOLUTION' before it")]
    public void What_is_marked_wrongly_is_not_released(string source, string problem)
    {
        BadInputException refused = Assert.Throws<BadInputException>(() => SolutionRegions.Strip(source, "stub", "cell"));
        Assert.Equal(problem + ".", refused.Message);
    }
}
