using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Tests.Submissions;

public sealed class StudentCompilerTests : IClassFixture<StudentCompilerTests.WarmCompiler>
{
    private readonly WarmCompiler compiler;

    public StudentCompilerTests(WarmCompiler compiler) => this.compiler = compiler;

    private CompiledSubmission Compile(string text) =>
        compiler.Process.Compile(new Submission("ada", Course.Tax, [new SourceFile("Tax.cs", text)]), TestContext.Current.CancellationToken);

    private static string Stub => File.ReadAllText(Course.Tax.StubPath);

    [Fact]
    public void The_stub_compiles_and_its_class_is_found() => Assert.Equal("Homework.IdleMemoryTax", Compile(Stub).ClassName);

    [Fact]
    public void A_nested_class_is_found_by_its_metadata_name() =>
        Assert.Equal("Homework.Outer+IdleMemoryTax", Compile(Stub.Replace("public sealed class", "public static class Outer { public sealed class", StringComparison.Ordinal) + "}").ClassName);

    [Theory]
    [InlineData("#r \"/kit/EsxCourse.Memory.dll\"\n", "#r is not allowed in a submission")]
    [InlineData("#load \"Reference.cs\"\n", "#load is not allowed in a submission")]
    public void References_are_refused(string directive, string message) => Assert.Contains(Compile(directive + Stub).Errors, e => e.Line == 1 && e.Message == message);

    [Fact]
    public void The_library_is_not_there() => Assert.Contains(Compile("using EsxCourse.Memory.Allocation;\n" + Stub).Errors, e => e.Line == 1 && e.Message.StartsWith("CS0234", StringComparison.Ordinal));

    [Fact]
    public void Two_solutions_are_one_too_many() =>
        Assert.Contains("more than one class implements IMemoryTax", Compile(Stub + Stub[Stub.IndexOf("public sealed", StringComparison.Ordinal)..].Replace("class IdleMemoryTax", "class Other", StringComparison.Ordinal)).Errors[0].Message, StringComparison.Ordinal);

    [Fact]
    public void No_solution_is_said_so() => Assert.Contains("no class implements IMemoryTax", Compile("class Nothing { }").Errors[0].Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("(", "1", ")", 100_000)]
    [InlineData("!", "true", "", 100_000)]
    [InlineData("x => ", "x", "", 50_000)]
    [InlineData("new List<", "int", ">()", 50_000)]
    public void What_the_compiler_dies_of_is_an_error_and_the_next_submission_compiles(string open, string middle, string close, int times)
    {
        string bomb = $"class A {{ object x = {string.Concat(Enumerable.Repeat(open, times))}{middle}{string.Concat(Enumerable.Repeat(close, times))}; }}";
        Assert.NotEmpty(Compile(bomb).Errors);
        Assert.Empty(Compile(Stub).Errors);
    }

    public sealed class WarmCompiler : IDisposable
    {
        private readonly StarterThread starter = new();
        private readonly WorkerSandbox sandbox;

        public WarmCompiler()
        {
            Course.RequireSandbox();
            sandbox = WorkerSandbox.For(Course.Exercises.ContractsPath, new SandboxLimits());
            Process = new CompilerProcess(sandbox, starter);
        }

        internal CompilerProcess Process { get; }

        public void Dispose()
        {
            Process.Dispose();
            starter.Dispose();
            sandbox.Dispose();
        }
    }
}
