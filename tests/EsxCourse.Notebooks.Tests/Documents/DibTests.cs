using EsxCourse.Contracts;

namespace EsxCourse.Notebooks.Tests.Documents;

public sealed class DibTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private NotebookDocument Read(string text) => NotebookFile.Read(folder.Write("a.dib", text));

    [Fact]
    public void Each_language_line_begins_a_cell()
    {
        NotebookDocument read = Read("#!meta\n{\"kernelInfo\":{},\"x\":1}\n#!csharp\n\nint a = 1;\n#!time\na\n\n#!markdown\n\n# Title\n\n#!mermaid\ngraph TD\n");
        Assert.Equal([CellKind.Code, CellKind.Markdown, CellKind.Code], read.Cells.Select(c => c.Kind));
        Assert.Equal("int a = 1;\n#!time\na", read.Cells[0].Source);
        Assert.Equal("#!mermaid\ngraph TD", read.Cells[2].Source);
        Assert.Equal("Title", read.Title);
        Assert.Equal(5, read.Cells[0].FileLine);
    }

    [Fact]
    public void The_editors_list_of_kernels_is_left_behind() => Assert.Equal(["x"], Read("#!meta\n{\"kernelInfo\":{},\"x\":1}\n#!csharp\n1").Metadata.Select(entry => entry.Key));

    [Fact]
    public void Text_before_the_first_magic_is_a_csharp_cell() => Assert.Equal("1+1", Assert.Single(Read("1+1\n").Cells).Source);

    [Theory]
    [InlineData("#!csharp\n1\n#!cobol\nx", ":3", "unknown")]
    [InlineData("#!fsharp\nlet a = 1", ":1", "exists in .NET Interactive")]
    [InlineData("#!meta\n{\n nonsense }\n#!csharp\n1", ":3", "meta")]
    public void What_cannot_be_used_is_refused_with_its_line(string text, string line, string problem)
    {
        BadInputException bad = Assert.Throws<BadInputException>(() => Read(text));
        Assert.EndsWith(line, bad.Place, StringComparison.Ordinal);
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
    }
}
