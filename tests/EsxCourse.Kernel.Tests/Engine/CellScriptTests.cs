using EsxCourse.Kernel.Engine;

namespace EsxCourse.Kernel.Tests.Engine;

public sealed class CellScriptTests
{
    private static IReadOnlyList<CellStep> Parse(string source) => CellScript.Parse(source, "csharp", "cell 1");

    [Fact]
    public void Code_keeps_its_lines_whatever_stands_before_it()
    {
        CodeStep code = Assert.IsType<CodeStep>(Parse("#!html\n<b>\n#!csharp\n#r \"System.Xml\"\nint a;")[1]);
        Assert.Equal("\n\n\n\nint a;", code.Text);
        Assert.Equal(5, code.Line);
        Assert.Equal(4, Assert.Single(code.References).Line);
    }

    [Fact]
    public void A_magic_of_another_language_is_text_there() =>
        Assert.Equal("a\n#!time", Assert.IsType<TextStep>(Assert.Single(Parse("#!markdown\na\n#!time"))).Text);

    [Fact]
    public void A_question_about_the_session_is_asked_where_it_stands() =>
        Assert.Collection(Parse("int a = 1;\n#!whos\nint b = 2;"), step => Assert.IsType<CodeStep>(step), step => Assert.IsType<DirectiveStep>(step), step => Assert.Equal("\n\nint b = 2;", Assert.IsType<CodeStep>(step).Text));

    [Fact]
    public void An_empty_cell_has_nothing_to_do() => Assert.Empty(Parse("\n  \n"));
}
