using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using EsxCourse.Kernel.Engine;
using EsxCourse.Kernel.Tests.Session;
using Microsoft.CodeAnalysis;

namespace EsxCourse.Kernel.Tests.Engine;

/// <summary>Some of the runtime's libraries come in late; nothing that a session has may become something else by that.</summary>
public sealed class ReferencesTests
{
    [Fact]
    public void Nothing_that_is_always_there_refers_to_what_comes_in_late()
    {
        HashSet<string> late = [.. Names(held: true)];
        Assert.NotEmpty(late);
        Assert.All(References.Base(held: false).OfType<PortableExecutableReference>(), reference => Assert.DoesNotContain(ReferencesOf(reference.FilePath!), late.Contains));
    }

    [Fact]
    public void Together_they_are_the_runtimes_own_each_once() =>
        Assert.Equal([.. Names(held: true).Concat(Names(held: false)).Distinct().Order(StringComparer.Ordinal)], Names(held: true).Concat(Names(held: false)).Order(StringComparer.Ordinal).ToArray());

    [Fact]
    public async Task A_variable_keeps_its_type_when_libraries_come_in_late()
    {
        await using RunningSession session = await RunningSession.StartAsync();
        Assert.Null(await session.RunAsync("var shown = display(1); var pages = new SortedDictionary<int, string> { [1] = \"a\" }; var word = new System.Text.RegularExpressions.Regex(\"a\");"));
        Assert.Equal("2", await session.ValueAsync("System.Threading.Tasks.Dataflow.DataflowBlock.NullTarget<int>() is null ? 3 : 2"));
        Assert.Equal("True", await session.ValueAsync("SortedDictionary<int, string> same = pages; System.Text.RegularExpressions.Regex one = word; var again = shown; again = display(2); one.IsMatch(same[1])"));
    }

    private static IEnumerable<string> Names(bool held) => References.Base(held).Select(reference => Path.GetFileNameWithoutExtension(((PortableExecutableReference)reference).FilePath!));

    private static string[] ReferencesOf(string path)
    {
        using PEReader file = new(File.OpenRead(path));
        MetadataReader metadata = file.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name))];
    }
}
