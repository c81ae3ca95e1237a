using EsxCourse.Notebooks;

namespace EsxCourse.Lecture.Tests.Notebooks;

/// <summary>The lectures under Debian's own clients, with the kernel installed as a user installs it.</summary>
public sealed class JupyterRunTests
{
    private const string NbConvert = "/usr/bin/jupyter-nbconvert";

    // What an executed notebook may weigh: the scripts alone, once in each, would be seven times that.
    private const int MostBytes = 1_000_000;

    private static readonly string[] Lectures = [.. Directory.GetFiles(Repository.Path("notebooks"), "*.ipynb").Order(StringComparer.Ordinal)];

    [Fact, Trait("Category", "Soak")]
    public async Task Every_lecture_runs_under_nbconvert_and_its_outputs_carry_no_script_library()
    {
        using DebianPython python = new("nbconvert");
        string to = python.File("executed");
        (int code, string output) = await python.RunAsync(NbConvert, ["--to", "notebook", "--execute", "--ExecutePreprocessor.timeout=300", "--output-dir", to, .. Lectures]);
        Assert.True(code == 0, output);
        Assert.Equal(Lectures.Select(Path.GetFileName), Directory.GetFiles(to).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.All(Directory.GetFiles(to), IsWhole);
    }

    [Fact]
    public async Task A_lecture_runs_under_nbclient()
    {
        using DebianPython python = new("nbclient");
        string to = python.File("executed.ipynb");
        const string Run = "import nbformat, sys; from nbclient import NotebookClient; n = nbformat.read(sys.argv[1], 4); NotebookClient(n, timeout=300, resources={'metadata': {'path': sys.argv[3]}}).execute(); nbformat.write(n, sys.argv[2])";
        (int code, string output) = await python.RunAsync("/usr/bin/python3", "-c", Run, Lectures[0], to, Path.GetDirectoryName(Lectures[0])!);
        Assert.True(code == 0, output);
        IsWhole(to);
    }

    [Fact]
    public async Task A_cell_that_fails_stops_nbconvert_with_its_message()
    {
        using DebianPython python = new("nbconvert");
        string notebook = python.File("failing.ipynb");
        await File.WriteAllTextAsync(notebook, """
            {"cells": [{"cell_type": "code", "id": "a", "metadata": {}, "outputs": [], "execution_count": null, "source": "int x = 1;\nthrow new InvalidOperationException(\"on purpose\");"}],
             "metadata": {"kernelspec": {"name": ".net-csharp", "display_name": ".NET (C#)", "language": "C#"}}, "nbformat": 4, "nbformat_minor": 5}
            """, TestContext.Current.CancellationToken);
        (int code, string output) = await python.RunAsync(NbConvert, "--to", "notebook", "--execute", "--output", "out", notebook);
        Assert.NotEqual(0, code);
        Assert.Contains("System.InvalidOperationException: on purpose", output, StringComparison.Ordinal);
        Assert.Contains("cell 1, line 2", output, StringComparison.Ordinal);
    }

    /// <summary>Every code cell ran without an error; charts and drawings are there in each form; no library is inside.</summary>
    private static void IsWhole(string file)
    {
        Assert.True(new FileInfo(file).Length < MostBytes, $"{file} has {new FileInfo(file).Length:N0} bytes");
        NotebookDocument notebook = NotebookFile.Read(file);
        CellOutput[] outputs = [.. notebook.Cells.SelectMany(cell => cell.Outputs)];
        Assert.DoesNotContain(outputs, output => output is ErrorOutput);
        IReadOnlyDictionary<string, string>[] shown = [.. outputs.Select(Data).OfType<IReadOnlyDictionary<string, string>>()];
        IReadOnlyDictionary<string, string>[] charts = [.. shown.Where(data => data.ContainsKey("application/vnd.plotly.v1+json"))];
        Assert.NotEmpty(charts);
        Assert.All(charts, chart =>
        {
            Assert.StartsWith("<svg", chart["image/svg+xml"], StringComparison.Ordinal);
            Assert.StartsWith("Chart: ", chart["text/plain"], StringComparison.Ordinal);
            Assert.Contains("class=\"esx-chart\"", chart["text/html"], StringComparison.Ordinal);
        });
        Assert.Contains(shown, data => data.ContainsKey("text/vnd.mermaid") && data["text/html"].Contains("<pre class=\"mermaid\">", StringComparison.Ordinal));
    }

    private static IReadOnlyDictionary<string, string>? Data(CellOutput output) => output switch
    {
        DisplayOutput display => display.Data,
        ResultOutput result => result.Data,
        _ => null,
    };
}
