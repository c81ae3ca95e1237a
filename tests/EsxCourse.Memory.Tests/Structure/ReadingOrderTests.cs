namespace EsxCourse.Memory.Tests.Structure;

public sealed class ReadingOrderTests
{
    [Fact]
    public void Every_file_is_in_the_reading_order_exactly_once()
    {
        string[] listed =
        [
            .. File.ReadLines(Path.Combine(LibrarySource.Folder, "../reading-order.txt"))
                .Where(line => line.Length > 0 && !line.StartsWith('#')).Order(StringComparer.Ordinal),
        ];
        Assert.Equal(LibrarySource.Files, listed);
    }

    [Fact]
    public void Every_mechanism_opens_with_what_it_is_for()
    {
        // Small value types and event lists say it in their XML summary instead.
        string[] silent = [.. LibrarySource.Files.Where(f => File.ReadLines(Path.Combine(LibrarySource.Folder, f)).Count() > 80
            && !LibrarySource.Read(f).Contains("\n// ", StringComparison.Ordinal)
            && !f.EndsWith("Events.cs", StringComparison.Ordinal) && f != "Observation/Outcome.cs")];
        Assert.Empty(silent);
    }

    [Fact]
    public void Only_the_files_that_ask_for_memory_in_advance_and_for_eight_cells_at_once_are_unsafe() =>
        Assert.Equal(["Machine/Gather.cs", "Machine/ReadAhead.cs"], LibrarySource.Files.Where(f => LibrarySource.Read(f).Contains("unsafe", StringComparison.Ordinal)));
}
