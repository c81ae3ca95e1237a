using EsxCourse.Kernel.Engine;
using Microsoft.CodeAnalysis;

namespace EsxCourse.Kernel.Tests.Engine;

/// <summary>The polls that make a cell stoppable must not change what it means, nor on which line anything stands.</summary>
public sealed class GuardedSourceTests
{
    private static string Guarded(string code)
    {
        SubmissionChain chain = new();
        SyntaxTree tree = SubmissionChain.Parse(code, "cell 1");
        return GuardedSource.Of(tree, () => chain.Next(tree).GetSemanticModel(tree)).ToString();
    }

    [Theory]
    [InlineData("while (true) { }")]
    [InlineData("for (int i = 0; i < 3; i++)\n  Console.Write(i);\n")]
    [InlineData("do Console.Write(1); while (false);")]
    [InlineData("foreach (var (a, b) in new[] { (1, 2) }) Console.Write(a + b);")]
    [InlineData("int Square(int n) => n * n;")]
    [InlineData("void Say() => Console.Write(1);")]
    [InlineData("int Fail() => throw new Exception();")]
    [InlineData("async Task Later() => await Task.Yield();")]
    [InlineData("async Task<int> Later() => await Task.FromResult(1);")]
    [InlineData("class P { int x; public int X => x; public int this[int i] => i; public int Y { get => x; set => x = value; } public P() => x = 1; public static P operator +(P a, P b) => a; }")]
    [InlineData("Func<int, int> f = x => x + 1; Action g = () => Console.Write(1); Func<Task> h = async () => await Task.Yield(); Func<Func<int>> n = () => () => 1;")]
    [InlineData("System.Linq.Expressions.Expression<Func<int, int>> e = x => x + 1; e.Body.ToString()")]
    [InlineData("try { } catch { } try { } catch (Exception) { } try { } catch (Exception x) when (x.Message == \"\") { } finally { }")]
    [InlineData("int i = 0; again: i++; if (i < 3) goto again;")]
    [InlineData("IEnumerable<int> Two() { yield return 1; yield return 2; }")]
    [InlineData("int[] a = { 1 }; ref int First() => ref a[0]; First() = 2;")]
    [InlineData("new[] { 1, 2 }.Where(x => x > 1).Select(x => new { x }).ToList()")]
    [InlineData("var q = from x in new[] { 1 } where x > 0 select x; q.Sum()")]
    [InlineData("int s = 0; if (s == 0) for (;;) if (s++ > 2) break; else continue;")]
    public void What_is_guarded_compiles_and_keeps_its_lines(string code)
    {
        string guarded = Guarded(code);
        Assert.Equal(code.Count(c => c == '\n'), guarded.Count(c => c == '\n'));
        SubmissionChain chain = new();
        SyntaxTree tree = SubmissionChain.Parse(guarded, "cell 1");
        Assert.Empty(chain.Next(tree).GetDiagnostics(TestContext.Current.CancellationToken).Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.ToString()));
    }

    [Theory]
    [InlineData("while (true) { }", 1)]
    [InlineData("while (true) ;", 1)]
    [InlineData("int F(int n) => F(n - 1);", 1)]
    [InlineData("new[] { 1 }.Where(x => x > 1)", 1)]
    [InlineData("int a = 1;", 0)]
    public void Each_loop_and_body_has_one_poll(string code, int polls) => Assert.Equal(polls, Guarded(code).Split("CellGuard.Check()").Length - 1);

    [Fact]
    public void An_expression_tree_is_left_as_it_is() => Assert.DoesNotContain("CellGuard", Guarded("System.Linq.Expressions.Expression<Func<int, int>> e = x => x + 1;"), StringComparison.Ordinal);
}
