using System.Diagnostics;
using System.IO.Compression;
using EsxCourse.Grading.Reports;

namespace EsxCourse.Grading.Tests.Attacks;

/// <summary>A class handed over as one zip, with entries that lead out of it, a bomb and a link, through the real <c>esx grade</c>.</summary>
public sealed class HostileZipTests
{
    [Fact]
    public async Task Nothing_is_written_outside_nothing_is_unpacked_and_only_their_authors_lose()
    {
        Course.RequireSandbox();
        using TemporaryFolder place = GradeCommandRun.Place();
        string ada = File.ReadAllText(Repository.Path("exercises/sample-class/ada/IdleMemoryTax.cs")), target = place.File("owned.cs");
        using (ZipArchive zip = ZipFile.Open(place.File("class.zip"), ZipArchiveMode.Create))
        {
            Put(zip, "ada/IdleMemoryTax.cs", ada);
            Put(zip, "x-slip/../../owned.cs", ada);
            Put(zip, "x-climb/../../../../../../../../../../" + target.TrimStart('/'), ada);
            Put(zip, "x-bomb/IdleMemoryTax.cs", new string(' ', 200_000_000));
            ZipArchiveEntry link = zip.CreateEntry("x-link/IdleMemoryTax.cs");
            const int UnixLink = 0xA1FF;
            link.ExternalAttributes = UnixLink << 16;
            using StreamWriter to = new(link.Open());
            to.Write(place.File("secret/course-secret"));
        }

        ProcessStartInfo grade = GradeCommandRun.Of(place.Path, "class.zip", false, "--exercise", "07-idle-memory-tax");
        ClassReport report = await GradeCommandRun.GradeAsync(place.Path, "class.zip", grade);

        Assert.Equal(25, report.Submissions.Single(s => s.Student == "ada").Points);
        Assert.All(report.Submissions.Where(s => s.Student != "ada"), s => Assert.Equal((s.Student, 0, Verdict.SubmissionFailed), (s.Student, s.Points, s.Verdict)));
        Assert.True(report.Submissions.Length >= 4, $"{report.Submissions.Length} submissions");
        Assert.Empty(Directory.GetFiles(place.Path, "owned*", SearchOption.AllDirectories));
        Assert.False(File.Exists(Path.Combine(Path.GetTempPath(), "owned.cs")));
    }

    private static void Put(ZipArchive zip, string name, string text)
    {
        using StreamWriter entry = new(zip.CreateEntry(name, CompressionLevel.Fastest).Open());
        entry.Write(text);
    }
}
