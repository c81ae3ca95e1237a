using EsxCourse.Contracts;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary>What the author of a notebook got wrong is said in one line with file, cell, line and remedy, before anything runs.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("esx-kernel-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private async Task<BadInputException> RefusedAsync(string name, string content)
    {
        string path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, content, TestContext.Current.CancellationToken);
        return await Assert.ThrowsAsync<BadInputException>(() => NotebookRunner.RunAsync(path, cancel: TestContext.Current.CancellationToken));
    }

    private static string Notebook(params string[] cells) =>
        $$"""{"cells":[{{string.Join(',', cells.Select(cell => $$"""{"cell_type":"code","metadata":{},"outputs":[],"execution_count":null,"source":{{System.Text.Json.JsonSerializer.Serialize(cell)}}}"""))}}],"metadata":{},"nbformat":4,"nbformat_minor":4}""";

    [Fact]
    public async Task A_notebook_that_is_not_JSON() => Assert.EndsWith("a.ipynb:1", (await RefusedAsync("a.ipynb", "hello")).Place, StringComparison.Ordinal);

    [Theory]
    [InlineData("#!cobol\nx", "the magic #!cobol is unknown")]
    [InlineData("1\n#!fsharp\nx", "exists in .NET Interactive and not here")]
    [InlineData("#r \"missing.dll\"", "'missing.dll' of #r does not exist")]
    [InlineData("1\n#r \"nuget: \"", "names no package")]
    public async Task A_magic_or_a_library_that_cannot_be(string cell, string problem)
    {
        BadInputException bad = await RefusedAsync("a.ipynb", Notebook("1", cell));
        Assert.Contains(problem, bad.Problem, StringComparison.Ordinal);
        Assert.EndsWith($"a.ipynb: cell 2, line {(cell.StartsWith('1') ? 2 : 1)}", bad.Place, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there() =>
        await Assert.ThrowsAsync<BadInputException>(() => NotebookRunner.RunAsync(Path.Combine(folder, "none.ipynb"), cancel: TestContext.Current.CancellationToken));

    [Fact]
    public async Task A_library_that_is_no_library_is_said_in_the_cell()
    {
        await File.WriteAllTextAsync(Path.Combine(folder, "fake.dll"), "text", TestContext.Current.CancellationToken);
        NotebookRun run = await NotebookRunner.RunAsync(Notebooks.Of("1\n#r \"fake.dll\""), new NotebookRunOptions { Folder = folder }, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(2, run.Failures[0].Line);
        Assert.Contains("not a .NET library", run.Failures[0].Message, StringComparison.Ordinal);
    }
}
