namespace EsxCourse.Cli.Tests;

/// <summary>Whatever a user hands in wrong gets exit code 2 and one line that says where, what, and what to do.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("esx-bad-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_notebook_that_is_not_JSON() => await ExpectAsync("broken.ipynb", "this is not JSON", "broken.ipynb", "notebook", "run");

    [Fact]
    public async Task A_notebook_that_references_an_assembly_that_is_not_there() =>
        await ExpectAsync("missing.ipynb", Notebook("#r \\\"nowhere.dll\\\""), "nowhere.dll", "notebook", "run");

    [Fact]
    public async Task A_notebook_with_a_magic_that_nobody_knows() => await ExpectAsync("magic.ipynb", Notebook("#!abracadabra"), "#!abracadabra", "notebook", "run");

    [Fact]
    public async Task A_notebook_that_is_not_there() => Check(await EsxProgram.RunAsync("notebook", "run", Path.Combine(folder, "none.ipynb")), "none.ipynb");

    [Fact]
    public async Task A_quiz_file_with_a_wrong_field() => await ExpectAsync("quiz.yaml", "title: A quiz\npikc: 2\n", "pikc", "quiz", "lint");

    [Fact]
    public async Task An_empty_submission_folder()
    {
        Directory.CreateDirectory(Path.Combine(folder, "class", "ada"));
        Check(await EsxProgram.RunAsync("grade", Path.Combine(folder, "class"), "--out", Path.Combine(folder, "out")), "ada");
    }

    [Fact]
    public async Task A_class_that_is_not_there() => Check(await EsxProgram.RunAsync("grade", Path.Combine(folder, "none"), "--out", Path.Combine(folder, "out")), "none");

    [Fact]
    public async Task A_flag_that_does_not_exist() => Check(await EsxProgram.RunAsync("demo", "--loud"), "--loud");

    [Fact]
    public async Task A_verb_that_does_not_exist() => Check(await EsxProgram.RunAsync("conjure"), "conjure");

    private static string Notebook(string source) =>
        $$$"""{"nbformat":4,"nbformat_minor":5,"metadata":{"kernelspec":{"name":".net-csharp","language":"C#","display_name":".NET (C#)"}},"cells":[{"cell_type":"code","id":"a","metadata":{},"execution_count":null,"outputs":[],"source":"{{{source}}}"}]}""";

    private async Task ExpectAsync(string name, string content, string mentions, params string[] verb)
    {
        string file = Path.Combine(folder, name);
        await File.WriteAllTextAsync(file, content, TestContext.Current.CancellationToken);
        EsxRun run = await EsxProgram.RunAsync([.. verb, file]);
        Check(run, mentions);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
    }

    private static void Check(EsxRun run, string mentions)
    {
        Assert.True(run.ExitCode == 2, $"Exit code {run.ExitCode}: {run.Output}{run.Error}");
        string line = Assert.Single(run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains(mentions, line, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", line, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }
}
