using System.Text.Json;

namespace EsxCourse.Cli.Tests.Demo;

/// <summary>One run of <c>esx demo --json</c>, with the network unshared, that all tests of the demo look at.</summary>
[CollectionDefinition(Shared)]
public sealed class DemoRun : IAsyncLifetime, ICollectionFixture<DemoRun>
{
    internal const string Shared = "one run of the demo";

    internal string Folder { get; } = Directory.CreateTempSubdirectory("esx-demo-").FullName;

    internal EsxRun Run { get; private set; } = new(-1, "", "");

    internal JsonElement Json { get; private set; }

    public async ValueTask InitializeAsync()
    {
        RequiredTool.Need("bwrap");
        Run = await EsxProgram.RunOfflineAsync("demo", "--out", Folder, "--json");
        Assert.True(Run.ExitCode == 0, $"esx demo ended with {Run.ExitCode}: {Run.Error}");
        Json = JsonDocument.Parse(Run.Output).RootElement;
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
