namespace EsxCourse.Cli.Tests.Book;

/// <summary>One run of <c>esx book</c>, with the network unshared, that all tests of the book look at.</summary>
public sealed class BookRun : IAsyncLifetime
{
    internal string Folder { get; } = Directory.CreateTempSubdirectory("esx-book-").FullName;

    internal EsxRun Run { get; private set; } = new(-1, "", "");

    internal string[] Pages { get; private set; } = [];

    internal string[] Slides { get; private set; } = [];

    public async ValueTask InitializeAsync()
    {
        Run = await EsxProgram.RunOfflineAsync("book", "--out", Folder);
        Assert.True(Run.ExitCode == 0, $"esx book ended with {Run.ExitCode}: {Run.Error}");
        ILookup<bool, string> files = Directory.EnumerateFiles(Folder, "*.html", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .ToLookup(file => Path.GetFileName(Path.GetDirectoryName(file)) == "slides");
        (Pages, Slides) = ([.. files[false]], [.. files[true]]);
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }
}
