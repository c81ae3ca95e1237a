using System.Text.Json;

namespace EsxCourse.Cli.Tests.Commands;

/// <summary><c>esx bench</c> through the real program: that it measures and says what it measured. How fast things are is no test's business.</summary>
public sealed class BenchCommandTests
{
    [Fact]
    public async Task A_group_is_measured_beside_its_peer_with_the_machine_named()
    {
        EsxRun result = await EsxProgram.RunAsync("bench", "memory", "--json");
        JsonElement root = JsonDocument.Parse(result.Output).RootElement;
        Assert.NotEmpty(root.GetProperty("machine").GetProperty("processor").GetString()!);
        JsonElement[] rows = [.. root.GetProperty("rows").EnumerateArray()];
        Assert.NotEmpty(rows);
        foreach (JsonElement row in rows)
        {
            Assert.True(row.GetProperty("figure").GetDouble() > 0);
            Assert.Equal(row.GetProperty("figure").GetDouble() / row.GetProperty("peerFigure").GetDouble(), row.GetProperty("ratio").GetDouble(), 9);
        }

        // Exit code 1 says that a limit was missed, on a busy machine too.
        bool missed = rows.Any(row => row.TryGetProperty("holds", out JsonElement holds) && !holds.GetBoolean());
        Assert.Equal(missed ? 1 : 0, result.ExitCode);
    }

    [Fact]
    public async Task An_unknown_group_is_answered_by_the_names_that_there_are()
    {
        EsxRun result = await EsxProgram.RunAsync("bench", "disk");
        Assert.Equal(2, result.ExitCode);
        Assert.Contains("memory", result.Error, StringComparison.Ordinal);
        Assert.Single(result.Error.TrimEnd().Split('\n'));
    }
}
