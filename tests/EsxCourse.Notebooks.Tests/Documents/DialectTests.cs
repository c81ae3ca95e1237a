namespace EsxCourse.Notebooks.Tests.Documents;

public sealed class DialectTests
{
    [Theory]
    [InlineData("#!time", "time", "")]
    [InlineData("  #!markdown  ", "markdown", "")]
    [InlineData("#!c#", "c#", "")]
    [InlineData("#!share --from csharp x", "share", "--from csharp x")]
    public void A_magic_is_a_line_that_begins_with_its_mark(string line, string name, string argument) =>
        Assert.Equal(new Magic(name, argument), Dialect.MagicOn(line));

    [Theory]
    [InlineData("var a = \"#!time\";")]
    [InlineData("#region x")]
    [InlineData("#nullable enable")]
    public void Other_lines_are_code(string line) => Assert.True(Dialect.MagicOn(line) is null && Dialect.DirectiveOn(line) is null);

    [Theory]
    [InlineData("#r \"nuget: A, 1.0\"", "r", "nuget: A, 1.0")]
    [InlineData("#load \"x.csx\" // why", "load", "x.csx")]
    public void A_directive_has_a_quoted_argument(string line, string name, string argument) =>
        Assert.Equal(new Magic(name, argument), Dialect.DirectiveOn(line));

    [Fact]
    public void A_magic_of_the_original_says_what_to_use_instead() => Assert.Contains("#!html", Dialect.Problem("javascript")!.Value.Remedy, StringComparison.Ordinal);

    [Fact]
    public void Every_known_magic_and_language_is_no_problem() => Assert.All(Dialect.Kernels.Concat(Dialect.Magics.Keys), name => Assert.Null(Dialect.Problem(name)));
}
