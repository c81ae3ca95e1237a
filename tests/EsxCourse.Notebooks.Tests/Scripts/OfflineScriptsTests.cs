using System.Security.Cryptography;

namespace EsxCourse.Notebooks.Tests.Scripts;

public sealed class OfflineScriptsTests
{
    public static TheoryData<string> Names => [.. OfflineScripts.All.Select(script => script.Name)];

    private static OfflineScript Named(string name) => OfflineScripts.All.Single(script => script.Name == name);

    [Theory]
    [MemberData(nameof(Names))]
    public void The_shipped_file_is_the_one_from_npm(string name)
    {
        using Stream file = Named(name).Open();
        Assert.Equal(Named(name).Sha256, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_note_of_origin_says_the_same(string name)
    {
        string origin = File.ReadAllText(Repository.Path("lib", "EsxCourse.Notebooks", "Scripts", "ORIGIN.md"));
        Assert.Contains(origin.Split('\n'), line => line.Contains(Named(name).FileName, StringComparison.Ordinal) && line.Contains(Named(name).Sha256, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void No_script_can_close_the_element_it_is_put_in(string name) => Assert.DoesNotContain("</script", Named(name).Text, StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void A_page_without_charts_needs_none() => Assert.Empty(OfflineScripts.NeededBy("<p>Plotly is a library.</p>"));
}
