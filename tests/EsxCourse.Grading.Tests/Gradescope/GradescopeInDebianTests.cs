using System.Text.Json;

namespace EsxCourse.Grading.Tests.Gradescope;

/// <summary>The archive in a bare Debian, as Gradescope runs it.</summary>
[Trait("Category", "Soak")]
public sealed class GradescopeInDebianTests(BareDebian debian) : IClassFixture<BareDebian>
{
    /// <summary>Looks at everything that it should not read or write; <c>Seen.First</c> says what it could, if anything.</summary>
    private const string Spy = """
        using System.IO;
        static class Seen
        {
            static readonly string[] Paths = [{CONTROL}"/autograder", "/autograder/source", "/autograder/source/secret", "/autograder/source/kit", "/autograder/source/kit/EsxCourse.Exercises.dll",
                "/autograder/source/exercises", "/autograder/source/exercises/07-idle-memory-tax/exercise.yaml", "/autograder/submission", "/autograder/submission_metadata.json",
                "/autograder/results/results.json", "/autograder/run_autograder", "/proc/1/environ", "/proc/1/root/autograder", "/proc/1/cwd/autograder", "/root"];
            public static readonly int? First = Find();
            static int? Find()
            {
                for (int i = 0; i < Paths.Length; i++)
                {
                    try { if (Directory.GetFileSystemEntries(Paths[i]).Length > 0) return i; } catch { }
                    try { if (Tells(File.ReadAllText(Paths[i]))) return i; } catch { }
                }
                foreach (string process in Directory.GetDirectories("/proc"))
                    if (int.TryParse(Path.GetFileName(process), out int pid) && pid != Environment.ProcessId)
                        foreach (string file in new[] { "environ", "root/autograder/source/secret", "cwd/autograder/source/secret" })
                            try { if (Tells(File.ReadAllText($"{process}/{file}"))) return 1000 + pid; } catch { }
                foreach (string file in new[] { "/autograder/results/results.json", "/tmp/owned", "/opt/esxcourse/owned", "/dev/shm/owned" })
                    try { File.WriteAllText(file, "{\"score\": 25}"); return 500; } catch { }
                return null;
            }
            // What a sandbox's own first process was told are the runtime's limits, and nothing else.
            static bool Tells(string text) => text.Split('\0', '\n').Any(line => line.Length > 0 && !line.StartsWith("DOTNET_") && !line.StartsWith("MALLOC_"));
        }
        """;

    private static string Reference => File.ReadAllText(Course.Tax.ReferencePath);

    /// <summary>The reference, which gives a wrong answer, and says which, if the spy could read anything.</summary>
    private static string Telling => Reference.Replace("public double IdlePageCost(int taxPercent) =>", "public double IdlePageCost(int taxPercent) => Seen.First is int i ? -5000 - i :", StringComparison.Ordinal);

    private async Task<int> ScoreAsync(bool withNamespaces, string sentence, params (string Name, string Text)[] files)
    {
        (JsonElement results, string printed) = await debian.GradeAsync(withNamespaces, files);
        Assert.Contains($"Namespaces can{(withNamespaces ? "" : "not")} be made here.", printed, StringComparison.Ordinal);
        Assert.Contains(sentence, results.GetProperty("output").GetString(), StringComparison.Ordinal);
        return results.GetProperty("score").GetInt32();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_reference_gets_all_points(bool withNamespaces) => Assert.Equal(Course.Tax.MaxPoints, await ScoreAsync(withNamespaces, "All checks passed.", ("Tax.cs", Reference)));

    [Fact]
    public async Task The_stub_gets_none() => Assert.Equal(0, await ScoreAsync(false, "has not implemented IdlePageCost", ("Tax.cs", File.ReadAllText(Course.Tax.StubPath))));

    [Fact]
    public async Task What_does_not_compile_gets_none_and_the_compilers_words() => Assert.Equal(0, await ScoreAsync(true, "Tax.cs:1: CS", ("Tax.cs", "class X : IMemoryTax { int }")));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_submission_can_read_nothing_of_the_autograders_and_write_nothing(bool withNamespaces) =>
        Assert.Equal(Course.Tax.MaxPoints, await ScoreAsync(withNamespaces, "All checks passed.", ("Spy.cs", Spy.Replace("{CONTROL}", "", StringComparison.Ordinal)), ("Tax.cs", Telling)));

    [Fact]
    public async Task The_spy_tells_when_it_can_read_something() =>
        Assert.InRange(await ScoreAsync(false, "your answer is -5000.", ("Spy.cs", Spy.Replace("{CONTROL}", "\"/etc/passwd\", ", StringComparison.Ordinal)), ("Tax.cs", Telling)), 0, Course.Tax.MaxPoints - 1);

    [Theory]
    [InlineData("opt/esxcourse", "stopped before it had a result")]
    [InlineData("autograder/source/kit/EsxCourse.Exercises.dll", "The autograder failed")]
    [InlineData("usr/bin/setpriv", "could not grade this")]
    public async Task Whatever_is_missing_there_is_a_valid_result_of_no_points(string missing, string sentence)
    {
        debian.Change(root => Directory.Move($"{root}/{missing}", $"{root}/{missing}-away"));
        try
        {
            (JsonElement results, _) = await debian.GradeAsync(withNamespaces: false, ("Tax.cs", Reference));
            Assert.Equal(0, results.GetProperty("score").GetInt32());
            Assert.Contains(sentence, results.GetProperty("output").GetString(), StringComparison.Ordinal);
            Assert.Contains("no verdict on your work", results.GetProperty("output").GetString(), StringComparison.Ordinal);
        }
        finally
        {
            debian.Change(root => Directory.Move($"{root}/{missing}-away", $"{root}/{missing}"));
        }
    }
}
