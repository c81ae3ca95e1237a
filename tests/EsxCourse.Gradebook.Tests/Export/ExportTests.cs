using System.Text.Json;
using EsxCourse.Contracts;
using EsxCourse.Gradebook.Export;

namespace EsxCourse.Gradebook.Tests.Export;

/// <summary>What leaves the gradebook: the right bytes, the same ones every time, and nothing that does something where it arrives.</summary>
public sealed class ExportTests
{
    [Fact]
    public void The_grades_table_is_the_snapshot() => Snapshot.Matches("grades.csv", CsvExport.Of(Classroom.Content)[0].Text);

    [Fact]
    public void The_checks_table_is_the_snapshot() => Snapshot.Matches("checks.csv", CsvExport.Of(Classroom.Content)[1].Text);

    [Fact]
    public void The_Canvas_table_is_the_snapshot() => Snapshot.Matches("canvas.csv", CanvasExport.Of(Classroom.Content).Text);

    [Fact]
    public void The_Gradescope_results_are_the_snapshot() =>
        Snapshot.Matches("gradescope.txt", string.Concat(GradescopeExport.Of(Classroom.Content).Select(file => $"== {file.Path}\n{file.Text}")));

    [Fact]
    public void Every_record_has_as_many_cells_as_the_header()
    {
        foreach (ExportFile file in CsvExport.Of(Classroom.Content).Append(CanvasExport.Of(Classroom.Content)))
            Assert.Single(ReadCsv(file.Text).Select(row => row.Length).Distinct());
    }

    [Fact]
    public void No_cell_is_a_formula()
    {
        foreach (string cell in CsvExport.Of(Classroom.Content).Append(CanvasExport.Of(Classroom.Content)).SelectMany(file => ReadCsv(file.Text)).SelectMany(row => row).SelectMany(cell => cell.Split(';')))
            Assert.True(cell.Length == 0 || !"=+-@\t\r".Contains(cell.TrimStart()[0], StringComparison.Ordinal) || decimal.TryParse(cell, out _), cell);
    }

    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-x", "'-x")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "\" '=1\"")]
    [InlineData("\r\n=1", "\" '=1\"")]
    [InlineData("a\n=1", "a =1")]
    [InlineData(" \u00A0=1", "\" \u00A0'=1\"")]
    [InlineData("＝1", "'＝1")]
    [InlineData("Ann;=1", "Ann;'=1")]
    [InlineData("a-b=c@d", "a-b=c@d")]
    [InlineData("say \"hi\", Bob", "\"say \"\"hi\"\", Bob\"")]
    [InlineData("\u202Egnp.exe", "\" gnp.exe\"")]
    [InlineData("", "")]
    public void Text_from_students_is_only_text(string text, string expected) => Assert.Equal(expected, new Csv().Text(text).ToString());

    [Fact]
    public void Canvas_reads_names_and_points_back_as_they_were()
    {
        List<string[]> rows = ReadCsv(CanvasExport.Of(Classroom.Content).Text);
        Assert.Equal(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Idle memory tax (77)", "The five-minute quiz"], rows[0]);
        Assert.Equal(["    Points Possible", "", "", "", "", "10", "4"], rows[1]);
        Assert.Equal(["Ann Bell", "1017", "u-ann", "abell", "A", "8.5", "3"], rows.Single(row => row[1] == "1017"));
        // The machine failed on Bob's exercise: that is no zero.
        Assert.Equal(["Bob O'Hara", "", "", "bob", "B;'=2+2", "", "2"], rows.Single(row => row[3] == "bob"));
    }

    [Fact]
    public void Only_one_row_of_a_Canvas_table_holds_the_points_possible() =>
        Assert.Single(ReadCsv(CanvasExport.Of(Classroom.Content).Text), row => row[0].Contains("Points Possible", StringComparison.Ordinal));

    [Theory]
    [InlineData("Quiz (2)")]
    [InlineData("My Final Score")]
    [InlineData("")]
    [InlineData("The five-minute quiz")]
    public void A_title_that_Canvas_would_misread_gives_way_to_the_slug(string title)
    {
        Assignment[] assignments = [Example.Tax with { Title = title }, Example.Quiz];
        string header = CanvasExport.Of(new GradebookContent("esx", [], assignments, [], [], Gradebook.Scoring.Policy.None)).Text.Split('\n')[0];
        Assert.StartsWith("Student,ID,SIS User ID,SIS Login ID,Section,07-idle-memory-tax,", header, StringComparison.Ordinal);
    }

    [Fact]
    public void Gradescope_gets_the_final_score_and_the_checks_in_order()
    {
        ExportFile file = GradescopeExport.Of(Classroom.Content).Single(file => file.Path == "gradescope/ann/07-idle-memory-tax/results.json");
        using JsonDocument json = JsonDocument.Parse(file.Text);
        // 3 + 4 in the better of two attempts, and 1.5 by hand.
        Assert.Equal(8.5m, json.RootElement.GetProperty("score").GetDecimal());
        Assert.Equal([3, 4], json.RootElement.GetProperty("tests").EnumerateArray().Select(test => test.GetProperty("score").GetInt32()));
        Assert.Equal("text", json.RootElement.GetProperty("output_format").GetString());
    }

    [Fact]
    public void No_name_leaves_the_folder_of_the_export()
    {
        using TemporaryFolder folder = new();
        IReadOnlyList<ExportFile> files = GradescopeExport.Of(Classroom.Content);
        ExportFile.WriteAll(files, folder.File("out"));
        Assert.Equal([folder.File("out")], Directory.EnumerateFileSystemEntries(folder.Path));
        Assert.Equal(files.Count, Directory.EnumerateFiles(folder.File("out"), "*", SearchOption.AllDirectories).Count());
    }

    [Theory]
    [InlineData("ann", "ann")]
    [InlineData("..", "%2E%2E")]
    [InlineData("../x", "%2E.%2Fx")]
    [InlineData(".hidden", "%2Ehidden")]
    [InlineData("a.", "a%2E")]
    [InlineData("a\0b\nc", "a%00b%0Ac")]
    [InlineData("é", "%C3%A9")]
    public void A_key_becomes_a_plain_name(string key, string expected) => Assert.Equal(expected, PlainName.ForAll([key])[key]);

    [Fact]
    public void Keys_that_differ_become_names_that_differ_without_case_too()
    {
        string[] keys = ["ann", "Ann", "bob", new string('x', 400), new string('x', 399) + 'y', "a%2F", "a/"];
        string[] names = [.. PlainName.ForAll(keys).Values];
        Assert.Equal(keys.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.All(names, name => Assert.InRange(name.Length, 1, 140));
        Assert.Contains("bob", names);
    }

    [Fact]
    public async Task The_same_grades_recorded_in_any_order_export_the_same_bytes()
    {
        List<string> exports = [];
        foreach (bool reversed in new[] { false, true })
        {
            using TemporaryFolder folder = new();
            await using CourseGradebook gradebook = await Example.OpenAsync(folder.File("grades.db"));
            foreach (RecordedAttempt recorded in reversed ? Classroom.Content.Attempts.Reverse() : Classroom.Content.Attempts)
                await gradebook.RecordAsync(recorded.Attempt, recorded.Standing.Result, TestContext.Current.CancellationToken);
            GradebookContent content = await gradebook.ReadAsync(TestContext.Current.CancellationToken);
            exports.Add(string.Concat(CsvExport.Of(content).Append(CanvasExport.Of(content)).Concat(GradescopeExport.Of(content)).Select(file => file.Path + file.Text)));
        }

        Assert.Equal(exports[0], exports[1]);
        Assert.NotEmpty(exports[0]);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_told_in_one_line()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.File("out"), "a file is in the way");
        var bad = Assert.Throws<BadInputException>(() => ExportFile.WriteAll(CsvExport.Of(Classroom.Content), folder.File("out")));
        Assert.StartsWith($"{folder.File("out")}: cannot be written (", bad.Message, StringComparison.Ordinal);
    }

    /// <summary>A reader of RFC 4180, written against the standard and not against our writer.</summary>
    private static List<string[]> ReadCsv(string text)
    {
        List<string[]> rows = [];
        List<string> row = [];
        System.Text.StringBuilder cell = new();
        bool quoted = false;
        for (int at = 0; at < text.Length; at++)
        {
            char letter = text[at];
            if (quoted && letter == '"' && at + 1 < text.Length && text[at + 1] == '"')
                cell.Append(text[++at]);
            else if (letter == '"')
                quoted = !quoted;
            else if (!quoted && letter is ',' or '\n' && !quoted)
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else
                cell.Append(letter);
        }

        Assert.False(quoted);
        Assert.Empty(row);
        return rows;
    }
}
