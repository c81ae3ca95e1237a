using System.IO.Compression;
using System.Text;
using EsxCourse.Contracts;
using EsxCourse.Gradebook.Scoring;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Tests.Submissions;

/// <summary>Zips as learning platforms hand them out, and as somebody hostile would make them.</summary>
public sealed class PlatformUploadTests : IDisposable
{
    private const string Solution = "public class A : IMemoryTax { }";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Canvas_names_student_and_number_and_marks_what_was_late()
    {
        Submission[] read = Read(("doejane_123_4567_IdleMemoryTax.cs", Solution), ("doejane_123_4568_More-1.cs", "class More { }"), ("roerick_LATE_77_4569_hw.cs", Solution));
        Assert.Equal(["doejane_123: IdleMemoryTax.cs More-1.cs", "roerick_77: hw.cs"], read.Select(Line));
        Assert.Equal([("123", false), ("77", true)], read.Select(s => (s.HandIn.CanvasId, s.HandIn.IsMarkedLate)));
    }

    [Fact]
    public void Moodle_names_the_student_in_the_folder() =>
        Assert.Equal(["Jane Doe: IdleMemoryTax.cs", "Øystein Ås: src/Tax.cs"],
            Read(("Jane Doe_4711_assignsubmission_file_/IdleMemoryTax.cs", Solution), ("Jane Doe_4711_assignsubmission_onlinetext_/onlinetext.html", "<p>done</p>"), ("Øystein Ås_4712_assignsubmission_file_/src/Tax.cs", Solution)).Select(Line));

    [Fact]
    public void Two_students_of_one_name_are_told_apart_by_Moodles_number() =>
        Assert.Equal(["Jane Doe_1", "Jane Doe_2"], Read(("Jane Doe_1_assignsubmission_file/A.cs", Solution), ("Jane Doe_2_assignsubmission_file/A.cs", Solution)).Select(s => s.Student));

    [Fact]
    public void Gradescope_says_who_and_when_in_its_metadata_and_a_group_is_several()
    {
        Submission[] read = Read(
            ("assignment_9_export/submission_metadata.yml", """
                ---
                submission_11:
                  :submitters:
                  - :name: Ann Bell
                    :sid: 'u1'
                    :email: ann@example.org
                  - :name: Bob Ray
                    :sid: ''
                    :email: bob@example.org
                  :created_at: 2026-11-20 23:10:07.139385000 -06:00
                submission_12:
                  :submitters:
                  - :name: Eve
                    :sid:
                    :email:
                  :created_at: !ruby/object:ActiveSupport::TimeWithZone
                    utc: 2026-11-21 05:10:08.000000000 Z
                """),
            ("assignment_9_export/submission_11/IdleMemoryTax.cs", Solution), ("assignment_9_export/submission_12/deep/er/Tax.cs", Solution));
        Assert.Equal(["Eve: deep/er/Tax.cs", "bob@example.org: IdleMemoryTax.cs", "u1: IdleMemoryTax.cs"], read.Select(Line));
        Assert.Equal(["2026-11-21T05:10:08Z", "2026-11-21T05:10:07Z", "2026-11-21T05:10:07Z"], read.Select(s => s.HandIn.At.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ")));
        Assert.All(read, s => Assert.True(s.HandIn.IsCertain));
        Assert.Equal("Ann Bell", read[2].HandIn.Name);
    }

    [Fact]
    public void The_folder_that_was_in_the_zip_is_read_alike()
    {
        folder.Write("class/doejane_123_4567_IdleMemoryTax.cs", Solution);
        folder.Write("class/doejane_123_4568_notes.pdf", "notes");
        Assert.Equal(["doejane_123: IdleMemoryTax.cs"], SubmissionFolder.Read(folder.File("class"), Course.Exercises).Select(Line));
    }

    [Fact]
    public void A_zip_of_a_folder_of_students_is_that_folder() =>
        Assert.Equal(["ada: Tax.cs", "ben: Tax.cs"], Read(("class/ada/Tax.cs", Solution), ("class/ben/Tax.cs", Solution), ("__MACOSX/class/ada/._Tax.cs", "x")).Select(Line));

    [Fact]
    public void What_a_student_packed_is_unpacked_in_memory() =>
        Assert.Equal(["doejane_123: src/Tax.cs"], Read(("doejane_123_1_hw.zip", Zip(("src/Tax.cs", Solution)))).Select(Line));

    [Theory]
    [InlineData("eve/../../../tmp/owned.cs")]
    [InlineData("/eve/owned.cs")]
    [InlineData(@"eve\..\..\owned.cs")]
    [InlineData("C:/eve/owned.cs")]
    public void A_name_that_leads_out_costs_its_student_alone(string name)
    {
        Submission[] read = Read((name, Solution), ("ada/Tax.cs", Solution));
        Assert.Equal(2, read.Length);
        Assert.Contains("leads out of its folder", Assert.Single(read, s => s.Student != "ada").Refusal, StringComparison.Ordinal);
        Assert.Null(read.Single(s => s.Student == "ada").Refusal);
    }

    [Fact]
    public void A_bomb_is_not_unpacked_further_than_it_may_be_large()
    {
        byte[] bomb = Zip(("eve/Tax.cs", new byte[200 << 20]), ("ada/Tax.cs", Encoding.UTF8.GetBytes(Solution)));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Submission[] read = Read(bomb);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 20 << 20);
        Assert.Contains("is too large", read.Single(s => s.Student == "eve").Refusal, StringComparison.Ordinal);
        Assert.Null(read.Single(s => s.Student == "ada").Refusal);
    }

    [Fact]
    public void What_is_longer_than_the_zip_says_is_not_read_to_its_end()
    {
        byte[] zip = Zip(("eve/Tax.cs", Encoding.UTF8.GetBytes(new string('/', 900_000))), ("ada/Tax.cs", Encoding.UTF8.GetBytes(Solution)));
        // The uncompressed size in the directory, 24 bytes behind its signature, now says 10.
        int entry = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        BitConverter.GetBytes(10).CopyTo(zip, entry + 24);
        Assert.InRange(Read(zip).Single(s => s.Student == "eve").Files.Sum(f => f.Text.Length), 0, 10);
    }

    [Fact]
    public void A_link_in_a_zip_is_not_followed()
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            ZipArchiveEntry link = archive.CreateEntry("eve/Tax.cs");
            link.ExternalAttributes = 0xA1FF << 16;
            using StreamWriter writer = new(link.Open());
            writer.Write("/etc/passwd");
        }

        Submission eve = Assert.Single(Read(stream.ToArray()));
        Assert.Equal("contains a symbolic link (Tax.cs), which is not followed", eve.Refusal);
        Assert.Empty(eve.Files);
    }

    [Fact]
    public void A_name_with_line_breaks_is_one_line_and_still_its_own()
    {
        Submission[] read = Read(("eve\n25 of 25/Tax.cs", Solution), ("eve 25 of 25/Tax.cs", Solution));
        Assert.Equal(2, read.Select(s => s.Student).Distinct().Count());
        Assert.All(read, s => Assert.DoesNotContain('\n', s.Student));
    }

    [Fact]
    public void What_is_no_zip_is_one_clear_line()
    {
        string file = folder.Write("class.zip", "not a zip");
        Assert.Equal($"{file}: is no zip archive, or a broken one; download it again.", Assert.Throws<BadInputException>(() => SubmissionFolder.Read(file, Course.Exercises)).Message);
    }

    [Fact]
    public void A_file_of_times_knows_better_than_the_files()
    {
        folder.Write("class/ada/Tax.cs", Solution);
        HandInTimes times = HandInTimes.Parse("ada:\n  07-idle-memory-tax: 2026-11-20T23:10:00-06:00\n", "times.yaml");
        HandIn ada = Assert.Single(SubmissionFolder.Read(folder.File("class"), Course.Exercises, times: times)).HandIn;
        Assert.Equal((new DateTimeOffset(2026, 11, 21, 5, 10, 0, TimeSpan.Zero), true), (ada.At.ToUniversalTime(), ada.IsCertain));
    }

    private static string Line(Submission submission) => $"{submission.Student}: {string.Join(' ', submission.Files.Select(f => f.Name))}{submission.Refusal}";

    private Submission[] Read(params (string Name, object Content)[] entries) => Read(Zip(entries));

    private Submission[] Read(byte[] zip)
    {
        string file = folder.File("class.zip");
        File.WriteAllBytes(file, zip);
        return [.. SubmissionFolder.Read(file, Course.Exercises)];
    }

    private static byte[] Zip(params (string Name, object Content)[] entries)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
            foreach ((string name, object content) in entries)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content as byte[] ?? Encoding.UTF8.GetBytes((string)content));
            }

        return stream.ToArray();
    }
}
