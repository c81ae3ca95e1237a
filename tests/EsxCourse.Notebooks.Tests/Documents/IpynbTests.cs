using System.Text;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;

namespace EsxCourse.Notebooks.Tests.Documents;

public sealed class IpynbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private NotebookDocument Read(string json) => NotebookFile.Read(folder.Write("a.ipynb", json));

    private static string Notebook(string cells, int minor = 5) => $$"""{"cells":[{{cells}}],"metadata":{},"nbformat":4,"nbformat_minor":{{minor}}}""";

    private BadInputException Rejected(string json, string name = "bad.ipynb")
    {
        string path = folder.Write(name, json);
        BadInputException bad = Assert.Throws<BadInputException>(() => NotebookFile.Read(path));
        Assert.StartsWith(path, bad.Place, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', bad.Message);
        return bad;
    }

    [Fact]
    public void Source_may_be_a_text_or_a_list_of_lines()
    {
        NotebookDocument read = Read(Notebook("""
            {"cell_type":"code","id":"a","metadata":{},"outputs":[],"execution_count":null,"source":"int a = 1;\na"},
            {"cell_type":"code","id":"b","metadata":{},"outputs":[],"execution_count":null,"source":["int a = 1;\n","a"]}
            """));
        Assert.Equal(read.Cells[0].Source, read.Cells[1].Source);
    }

    [Fact]
    public void Every_kind_of_output_survives_reading_and_writing()
    {
        string json = Notebook("""
            {"cell_type":"code","id":"a","metadata":{"tags":["x"]},"execution_count":3,"source":"1","outputs":[
              {"output_type":"stream","name":"stdout","text":["one\n","two"]},
              {"output_type":"display_data","metadata":{},"data":{"text/html":"<b>x</b>","application/json":{"k":[1,2]}}},
              {"output_type":"execute_result","execution_count":3,"metadata":{},"data":{"text/plain":"1"}},
              {"output_type":"error","ename":"E","evalue":"v","traceback":["t1","t2"]}]}
            """);
        NotebookDocument read = Read(json);
        JsonNode written = JsonNode.Parse(IpynbFormat.ToBytes(read))!;
        JsonNode cell = written["cells"]![0]!;
        Assert.Equal("one\n", cell["outputs"]![0]!["text"]![0]!.GetValue<string>());
        Assert.Equal(2, cell["outputs"]![1]!["data"]!["application/json"]!["k"]![1]!.GetValue<int>());
        Assert.Equal(3, cell["outputs"]![2]!["execution_count"]!.GetValue<int>());
        Assert.Equal("t2", cell["outputs"]![3]!["traceback"]![1]!.GetValue<string>());
        Assert.Equal("x", cell["metadata"]!["tags"]![0]!.GetValue<string>());
        Assert.Equal(IpynbFormat.ToBytes(read), IpynbFormat.ToBytes(IpynbFormat.Parse(IpynbFormat.ToBytes(read), "again")));
    }

    [Fact]
    public void An_older_minor_version_gets_the_same_ids_each_time()
    {
        const string cell = """{"cell_type":"markdown","metadata":{},"source":"x"}""";
        NotebookDocument read = Read(Notebook(cell + "," + cell, minor: 2));
        Assert.Equal(["cell-1", "cell-2"], read.Cells.Select(c => c.Id));
    }

    [Fact]
    public void A_repeated_or_impossible_id_is_replaced()
    {
        NotebookDocument read = Read(Notebook("""
            {"cell_type":"markdown","id":"same","metadata":{},"source":"x"},
            {"cell_type":"markdown","id":"same","metadata":{},"source":"x"},
            {"cell_type":"markdown","id":"not an id","metadata":{},"source":"x"}
            """));
        Assert.Equal(["same", "cell-2", "cell-3"], read.Cells.Select(c => c.Id));
    }

    [Fact]
    public void What_is_written_is_nbformat_4_5_with_a_kernelspec()
    {
        JsonNode written = JsonNode.Parse(IpynbFormat.ToBytes(new NotebookDocument([new NotebookCell("a", CellKind.Code, "1")])))!;
        Assert.Equal((4, 5), (written["nbformat"]!.GetValue<int>(), written["nbformat_minor"]!.GetValue<int>()));
        Assert.Equal(".net-csharp", written["metadata"]!["kernelspec"]!["name"]!.GetValue<string>());
        Assert.Null(written["cells"]![0]!["execution_count"]);
        Assert.True(written["cells"]![0]!.AsObject().ContainsKey("execution_count"));
    }

    [Fact]
    public void A_cell_knows_the_line_it_begins_on() =>
        Assert.Equal([2, 3], Read("{\"cells\":[\n{\"cell_type\":\"raw\",\"metadata\":{},\"source\":\"\"},\n{\"cell_type\":\"raw\",\"metadata\":{},\"source\":\"\"}],\n\"metadata\":{},\"nbformat\":4,\"nbformat_minor\":4}").Cells.Select(c => c.FileLine));

    [Fact]
    public void The_language_that_an_editor_noted_is_read() =>
        Assert.Equal("mermaid", Read(Notebook("""{"cell_type":"code","id":"a","metadata":{"polyglot_notebook":{"kernelName":"mermaid"}},"outputs":[],"source":"x"}""")).Cells[0].Kernel);

    [Fact]
    public void A_byte_order_mark_is_not_an_error()
    {
        string path = Path.Combine(folder.Path, "bom.ipynb");
        File.WriteAllText(path, Notebook(""), new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        Assert.Empty(NotebookFile.Read(path).Cells);
    }

    [Fact]
    public void Text_that_is_not_JSON_is_refused_with_its_line() => Assert.EndsWith("bad.ipynb:3", Rejected("{\n\"cells\": [],\n oops }").Place, StringComparison.Ordinal);

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("""{"nbformat":4}""")]
    [InlineData("""{"nbformat":"four","cells":[]}""")]
    [InlineData("""{"nbformat":4,"nbformat":4,"cells":[]}""")]
    public void Something_else_in_JSON_is_refused(string json) => Rejected(json);

    [Fact]
    public void Another_major_version_is_refused_with_what_to_do() => Assert.Contains("nbformat 3", Rejected("""{"nbformat":3,"worksheets":[]}""").Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"cell_type":"code","metadata":{},"source":7}""", "source")]
    [InlineData("""{"cell_type":"kode","metadata":{},"source":""}""", "kode")]
    [InlineData("""{"metadata":{},"source":""}""", "cell_type")]
    [InlineData("7", "object")]
    [InlineData("""{"cell_type":"code","source":"","outputs":[{"output_type":"pyout"}]}""", "pyout")]
    public void A_broken_cell_is_named(string cell, string named)
    {
        BadInputException bad = Rejected(Notebook("""{"cell_type":"raw","metadata":{},"source":""},""" + cell));
        Assert.Contains("cell 2", bad.Problem, StringComparison.Ordinal);
        Assert.Contains(named, bad.Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("missing.ipynb")]
    [InlineData("notes.txt")]
    public void A_file_that_is_not_there_or_not_a_notebook_is_refused(string name) =>
        Assert.Throws<BadInputException>(() => NotebookFile.Read(Path.Combine(folder.Path, name)));

    [Fact]
    public void A_folder_is_refused()
    {
        string path = Directory.CreateDirectory(Path.Combine(folder.Path, "x.ipynb")).FullName;
        Assert.Contains("folder", Assert.Throws<BadInputException>(() => NotebookFile.Read(path)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_outputs_nothing_of_the_run_is_left()
    {
        NotebookDocument read = Read(Notebook("""{"cell_type":"code","id":"a","metadata":{},"execution_count":1,"source":"1","outputs":[{"output_type":"stream","name":"stdout","text":"x"}]}"""));
        NotebookCell bare = Assert.Single(read.WithoutOutputs().Cells);
        Assert.Empty(bare.Outputs);
        Assert.Null(bare.ExecutionCount);
    }
}
