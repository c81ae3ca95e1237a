using EsxCourse.Grading.Gradescope;

namespace EsxCourse.Grading.Tests.Gradescope;

public sealed class GradescopePackageTests
{
    private static readonly (string Name, int Mode, Func<Stream> Open)[] Files = [.. GradescopePackage.Files(Course.Tax, Course.Secret)];

    [Theory]
    [InlineData("setup.sh", "755")]
    [InlineData("run_autograder", "755")]
    [InlineData("secret", "600")]
    [InlineData("dotnet/dotnet", "755")]
    [InlineData("kit/EsxCourse.Grading.dll", "644")]
    [InlineData("kit/EsxCourse.Grading.runtimeconfig.json", "644")]
    [InlineData("kit/EsxCourse.Grading.Worker.dll", "644")]
    [InlineData("kit/EsxCourse.Grading.Worker.runtimeconfig.json", "644")]
    [InlineData("kit/EsxCourse.Exercises.dll", "644")]
    [InlineData("kit/EsxCourse.Exercises.Contracts.dll", "644")]
    [InlineData("kit/Microsoft.CodeAnalysis.CSharp.dll", "644")]
    [InlineData("exercises/07-idle-memory-tax/exercise.yaml", "644")]
    [InlineData("exercises/07-idle-memory-tax/IdleMemoryTax.cs", "644")]
    public void It_holds_what_grading_takes(string name, string mode) => Assert.Equal(mode, Convert.ToString(Files.Single(f => f.Name == name).Mode, 8));

    [Fact]
    public void It_brings_the_runtime_its_host_and_its_description() =>
        Assert.All(["/libhostfxr.so", "/libcoreclr.so", "/System.Private.CoreLib.dll", "/ref/net10.0/System.Runtime.dll"], end => Assert.Single(Files, f => f.Name.StartsWith("dotnet/", StringComparison.Ordinal) && f.Name.EndsWith(end, StringComparison.Ordinal)));

    [Fact]
    public void It_holds_no_source_of_an_answer_and_no_other_exercise() =>
        Assert.Equal(
            ["exercises/07-idle-memory-tax/Contract.cs", "exercises/07-idle-memory-tax/IdleMemoryTax.cs", "exercises/07-idle-memory-tax/PublicChecks.cs"],
            Files.Select(f => f.Name).Where(n => n.EndsWith(".cs", StringComparison.Ordinal) || n.Contains(".meta", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    [Fact]
    public void No_two_files_have_one_name() => Assert.Equal(Files.Length, Files.Select(f => f.Name).Distinct().Count());

    [Fact]
    public void Every_library_that_the_kit_refers_to_is_there_or_is_the_runtimes() =>
        Assert.All(["EsxCourse.Memory", "EsxCourse.Gradebook", "EsxCourse.Notebooks", "YamlDotNet"], name => Assert.Single(Files, f => f.Name == $"kit/{name}.dll"));
}
