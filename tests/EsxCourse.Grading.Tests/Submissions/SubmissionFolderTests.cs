using EsxCourse.Contracts;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Tests.Submissions;

public sealed class SubmissionFolderTests : IDisposable
{
    private const string Solution = "public class A : IMemoryTax { }";
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string Refused() => Assert.Throws<BadInputException>(() => SubmissionFolder.Read(folder.Path, Course.Exercises)).Message;

    [Fact]
    public void Folders_and_files_are_students_in_order_of_name()
    {
        folder.Write("zoe.cs", Solution);
        folder.Write("ada/Tax.cs", Solution);
        folder.Write("ada/More.cs", "class More { }");
        folder.Write("README.md", "for the grader");
        folder.Write(".git/config", "");
        Assert.Equal(["ada: More.cs Tax.cs", "zoe: zoe.cs"], SubmissionFolder.Read(folder.Path, Course.Exercises).Select(s => $"{s.Student}: {string.Join(' ', s.Files.Select(f => f.Name))}"));
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Assert.Contains("no such folder", Assert.Throws<BadInputException>(() => SubmissionFolder.Read("/no/such/class", Course.Exercises)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_empty_class_is_refused() => Assert.Contains("the folder is empty", Refused(), StringComparison.Ordinal);

    [Fact]
    public void An_empty_submission_is_refused_with_its_place_and_what_to_do()
    {
        folder.Write("ada/Tax.cs", Solution);
        folder.Folder("ben");
        Assert.Equal($"{Path.Combine(folder.Path, "ben")}: the submission is empty; put the student's .cs file into it or remove the folder.", Refused());
    }

    [Fact]
    public void A_folder_of_folders_is_refused()
    {
        folder.Write("ada/inner/Tax.cs", Solution);
        Assert.Contains("the submission holds folders only", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_student_who_is_there_twice_is_refused()
    {
        folder.Write("ada.cs", Solution);
        folder.Write("ada/Tax.cs", Solution);
        Assert.Contains("this student is there twice", Refused(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_is_not_followed()
    {
        string secret = folder.Write("elsewhere/secret.txt", Solution);
        folder.Folder("class/ada");
        File.CreateSymbolicLink(Path.Combine(folder.Path, "class/ada/Tax.cs"), secret);
        Submission ada = Assert.Single(SubmissionFolder.Read(Path.Combine(folder.Path, "class"), Course.Exercises));
        Assert.Empty(ada.Files);
        Assert.Equal("contains a symbolic link (Tax.cs), which is not followed", ada.Refusal);
    }

    [Fact]
    public void What_is_too_large_is_not_read()
    {
        folder.Write("ada/Tax.cs", new string('/', 600 * 1024));
        Assert.Contains("is too large", Assert.Single(SubmissionFolder.Read(folder.Path, Course.Exercises)).Refusal, StringComparison.Ordinal);
    }
}
