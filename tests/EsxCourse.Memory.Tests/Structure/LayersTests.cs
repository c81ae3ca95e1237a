using System.Text.RegularExpressions;

namespace EsxCourse.Memory.Tests.Structure;

public sealed partial class LayersTests
{
    // What each folder may use of the others: downward only, and siblings of a layer never meet. Observation is below all:
    // it says what an event is, and each mechanism declares its own.
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Machine"] = [],
        ["Observation"] = ["Machine"],
        ["Allocation"] = ["Machine", "Observation"],
        ["Reclamation"] = ["Machine", "Observation"],
        ["Virtualization"] = ["Machine", "Observation", "Allocation", "Reclamation"],
        ["Guest"] = ["Machine", "Observation", "Allocation", "Reclamation"],
        ["Ballooning"] = ["Machine", "Observation", "Allocation", "Reclamation", "Virtualization", "Guest"],
        ["Paging"] = ["Machine", "Observation", "Allocation", "Reclamation", "Virtualization", "Guest"],
        ["Coloring"] = ["Machine", "Observation", "Allocation", "Reclamation", "Virtualization", "Guest"],
        ["Sharing"] = ["Machine", "Observation", "Allocation", "Reclamation", "Virtualization", "Guest"],
        ["HotIo"] = ["Machine", "Observation", "Allocation", "Reclamation", "Virtualization", "Guest"],
        ["Alternatives"] = ["Machine", "Observation", "Allocation", "Reclamation", "Virtualization", "Guest"],
        ["Simulation"] = ["Machine", "Observation", "Allocation", "Reclamation", "Virtualization", "Guest", "Ballooning", "Paging", "Coloring", "Sharing", "HotIo", "Alternatives"],
    };

    [Fact]
    public void Every_file_uses_only_what_lies_below_it()
    {
        List<string> broken = [];
        foreach (string file in LibrarySource.Files)
        {
            string folder = file.Split('/')[0];
            foreach (Match match in Use().Matches(LibrarySource.Read(file)))
                if (match.Groups[1].Value != folder && !Allowed[folder].Contains(match.Groups[1].Value))
                    broken.Add($"{file} uses {match.Groups[1].Value}");
        }

        Assert.Empty(broken);
    }

    [Fact]
    public void Only_PageMapper_writes_the_pmap()
    {
        string[] writers = [.. LibrarySource.Files.Where(f => PmapWrite().IsMatch(LibrarySource.Read(f)))];
        Assert.Equal(["Virtualization/PageMapper.cs"], writers);
    }

    [Fact]
    public void The_simulator_never_reads_the_computers_clock_or_its_dice()
    {
        string[] impure = [.. LibrarySource.Files.Where(f => Impure().IsMatch(LibrarySource.Read(f)))];
        Assert.Empty(impure);
    }

    [GeneratedRegex(@"EsxCourse\.Memory\.(\w+)(?=[.;])")]
    private static partial Regex Use();

    [GeneratedRegex(@"\.Pmap\.Set\(|[pP]map\.Set\(")]
    private static partial Regex PmapWrite();

    [GeneratedRegex(@"\b(DateTime|DateTimeOffset|Stopwatch|TimeProvider|Random\.Shared|new Random\(|Guid\.NewGuid|Environment\.Tick)\b")]
    private static partial Regex Impure();
}
