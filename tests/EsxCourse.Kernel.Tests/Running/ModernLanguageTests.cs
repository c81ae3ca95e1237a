using EsxCourse.Kernel.Session;
using EsxCourse.Kernel.Tests.Session;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Tests.Running;

/// <summary>The compiler's newest language works in cells, and faults are named where they stand, however the guards rewrote the code around them.</summary>
public sealed class ModernLanguageTests(InterruptTests.SharedSession shared) : IClassFixture<InterruptTests.SharedSession>
{
    [Theory]
    [InlineData("class Page { public int Count { get => field; set => field = Math.Max(0, value); } } var p = new Page { Count = -5 }; p.Count", "0")] // field
    [InlineData("class Vm { public string? Name { get; set; } } Vm? vm = new(); vm?.Name = \"a\"; vm.Name", "a")] // Null-conditional assignment.
    [InlineData("nameof(List<>)", "List")]
    [InlineData("delegate bool Reads(string s, out int n); Reads reads = (s, out n) => int.TryParse(s, out n); reads(\"7\", out int seven); seven", "7")] // Modifiers without types.
    [InlineData("int[] pages = [1, 2, .. new[] { 3 }]; pages.Sum()", "6")]
    [InlineData("#nullable enable\nstring? none = null; none?.Length ?? -1", "-1")]
    [InlineData("partial class Host { public partial int Frames { get; } } partial class Host { public partial int Frames => 8; } new Host().Frames", "8")]
    public async Task The_newest_language_works_in_cells(string code, string value) => Assert.Equal(value, await (await shared.SessionAsync()).ValueAsync(code));

    // Each fault is on line 3 of its cell, inside something that the guards rewrote.
    [Theory]
    [InlineData("new[] { 1 }.Select(\n  x =>\n  x / (x - 1)).ToList()")]
    [InlineData("Func<int, int> f = x =>\n{\n  return x / (x - 1);\n}; f(1)")]
    [InlineData("int Broken(int x)\n  =>\n  x / (x - 1);\nBroken(1)")]
    [InlineData("IEnumerable<int> Pages(int x)\n{\n  yield return x / (x - 1);\n}\nPages(1).ToList()")]
    [InlineData("async Task<int> Later(int x)\n{ await Task.Yield();\n  return x / (x - 1); }\nawait Later(1)")]
    [InlineData("for (int i = 1; i < 9; i++)\n  if (i > 0)\n    Console.Write(1 / (i - 1));")]
    [InlineData("class Vm { public int Share(int x)\n  =>\n  x / (x - 1); }\nnew Vm().Share(1)")]
    [InlineData("int x = 1;\nawait Task.Run(() =>\n  Console.Write(1 / (x - 1)));")]
    public async Task An_exception_names_its_line_inside_what_the_guards_rewrote(string code)
    {
        FailureFrame? failure = await (await shared.SessionAsync()).RunAsync(code);
        Assert.Equal("System.DivideByZeroException", failure?.Name);
        Assert.Equal(3, failure!.Line);
        Assert.EndsWith(", line 3", failure.Traceback[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Func<int, int> f = x => x + 1; Action g = () => nothing();", 49)]
    [InlineData("while (true) { int a = 1; nothing(); }", 27)]
    [InlineData("IEnumerable<int> Pages() { yield return nothing; }", 41)]
    [InlineData("int Broken() => nothing;", 17)]
    [InlineData("try { } catch (Exception e) when (nothing) { }", 35)]
    public async Task A_compile_error_has_the_column_that_was_written(string code, int column)
    {
        FailureFrame? failure = await (await shared.SessionAsync()).RunAsync("\n" + code);
        Assert.Equal(("CompileError", 2, column), (failure?.Name, failure?.Line, failure?.Column));
    }

    [Fact]
    public async Task Console_in_is_answered_by_whoever_runs_the_cell()
    {
        List<string> output = [];
        FailureFrame? failure = await (await shared.SessionAsync()).RunAsync(
            "string? name = Console.ReadLine(); Console.WriteLine($\"hello {name}\"); Console.Write((char)Console.Read());",
            (said, session) =>
            {
                if (said is InputWanted)
                    session.Ask(new InputGiven("ada"));
                else if (said is ConsoleWritten written)
                    output.Add(written.Text);
            },
            allowInput: true);
        Assert.Null(failure);
        Assert.Equal("hello ada\na", string.Concat(output));
    }
}
