using System.Collections.Immutable;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Similarity;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Tests.Similarity;

public sealed class SimilarityFinderTests
{
    private static readonly ImmutableArray<Submission> Class = [.. Enumerable.Range(0, 100).Select(i => Hand($"s{i:00}", IndependentSolutions.Of(i)))];

    private static Submission Hand(string student, string source, Exercise? exercise = null) => new(student, exercise ?? Course.Tax, [new SourceFile("Answer.cs", source)]);

    private static ExerciseSimilarity Compare(params IEnumerable<Submission> submissions) => SimilarityFinder.Compare(Course.Tax, [.. submissions], [], top: 20, cancellation: TestContext.Current.CancellationToken);

    [Fact]
    public void The_hundred_are_distinct() => Assert.Equal(100, Class.Select(s => s.Hash()).Distinct().Count());

    [Fact, Trait("Category", "Soak")]
    public void The_hundred_and_their_disguised_copies_compile()
    {
        StudentCompiler compiler = new(Course.Exercises.ContractsPath);
        Assert.All(Class.SelectMany((s, seed) => new[] { s, Hand("copy", DisguisedCopy.Of(s.Files[0].Text, seed)) }), s =>
            Assert.Equal([], compiler.Compile(s.Files, Course.Tax.Contract.FullName!, TestContext.Current.CancellationToken).Errors.Select(e => e.ToString())));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(77)]
    public void A_renamed_reordered_reformatted_copy_is_found_among_a_hundred_and_no_independent_pair_ranks_above_it(int original) => FindsTheCopyOf(original);

    [Fact, Trait("Category", "Soak")]
    public void Whichever_of_the_hundred_was_copied_it_is_found_first() => Assert.All(Enumerable.Range(0, 100), FindsTheCopyOf);

    private static void FindsTheCopyOf(int original)
    {
        ExerciseSimilarity found = Compare(Class.Append(Hand("copy", DisguisedCopy.Of(Class[original].Files[0].Text, seed: original))));
        Assert.Equal(("copy", Class[original].Student), (found.Pairs[0].A.Name, found.Pairs[0].B.Name));
        string seen = $"{original}: the copy {found.Pairs[0].Score:0.0} ({found.Pairs[0].Shared} of {found.Pairs[0].Of}), the next pair {found.Pairs[1].Score:0.0}, of 100 below {found.NinetyNinth:0.0}, of 2 below {found.Median:0.0}";
        TestContext.Current.TestOutputHelper?.WriteLine(seen);
        Assert.True(found.Pairs[0].Score > 1.2 * found.Pairs[1].Score, seen);
    }

    [Fact]
    public void A_disguised_copy_of_the_reference_is_traced_to_it()
    {
        string copy = DisguisedCopy.Of(File.ReadAllText(Course.Tax.ReferencePath), seed: 5);
        SimilarPair first = Compare(Class.Append(Hand("copy", copy))).WithSources[0];
        Assert.Equal(("copy", ComparedKind.Reference), (first.A.Name, first.B.Kind));
        Assert.InRange(first.Score, 80, 100);
    }

    [Fact]
    public void What_is_taken_out_of_the_library_is_traced_to_its_file()
    {
        string path = Repository.Path("lib", "EsxCourse.Memory", "Allocation", "IdleMemoryTax.cs");
        SourceFile[] library = [.. Directory.GetFiles(Path.GetDirectoryName(path)!, "*.cs").Select(f => new SourceFile(Path.GetFileName(f), File.ReadAllText(f)))];
        ExerciseSimilarity found = SimilarityFinder.Compare(Course.Tax, [.. Class, Hand("reader", DisguisedCopy.Of(File.ReadAllText(path), 3))], library, 20, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(("reader", "IdleMemoryTax.cs"), (found.WithSources[0].A.Name, found.WithSources[0].B.Name));
    }

    [Fact]
    public void Stubs_share_nothing() =>
        Assert.Empty(Compare(Hand("ann", File.ReadAllText(Course.Tax.StubPath)), Hand("ben", File.ReadAllText(Course.Tax.StubPath))).Pairs);

    [Fact]
    public void A_braced_body_reads_like_an_arrow_and_a_type_like_var()
    {
        const string Arrow = "class A { int Sum(int[] xs) => xs.Where(x => x > 1).Select(x => x * 2 + 7).Sum(); }", Braced = "class B { public static long Total(int[] all)\n{\n return all.Where(a => a > 1).Select(a => a * 2 + 7).Sum();\n} }";
        SimilarPair pair = Assert.Single(Compare(Hand("ann", Arrow), Hand("ben", Braced)).Pairs);
        Assert.Equal(pair.Of, pair.Shared);
    }

    [Fact]
    public void The_order_of_submissions_does_not_matter() =>
        Assert.Equal(SimilarityJson.Write([Compare(Class.Take(20))]), SimilarityJson.Write([Compare(Class.Take(20).Reverse())]));

    [Fact]
    public void Hostile_sources_are_compared_like_others_in_no_time_to_speak_of()
    {
        string brackets = new('(', 300_000), dollars = string.Concat(Enumerable.Repeat("$\"{", 100_000)), directive = $"#if {new string('(', 200_000)}\n", same = string.Concat(Enumerable.Repeat("x = x;", 80_000));
        string[] hostile = [brackets, dollars, directive, same, same + "y", "\"", "/*", "'", "\0\u202e#region", "#", "$@\"", "@$", "@$\"", "\"\"\"", "class", new string('[', 400_000) + "{", "0x 1e999 99999999999999999999999 'ab' \\u0061"];
        ExerciseSimilarity found = Compare(hostile.Select((text, i) => Hand($"h{i}", text)).Concat(Class.Take(10)));
        Assert.Equal(hostile.Length + 10, found.Compared);
        string page = SimilarityPage.Write([found]);
        Assert.DoesNotContain('\u202e', page);
        Assert.Contains("only its beginning was compared", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_and_sources_are_escaped_and_nobody_is_accused()
    {
        const string Nasty = "<script>alert(1)</script>";
        string page = SimilarityPage.Write([Compare(Hand(Nasty, $"// {Nasty}\n{Class[0].Files[0].Text}"), Hand("ben", Class[0].Files[0].Text))]);
        Assert.DoesNotContain("<script", page, StringComparison.Ordinal);
        Assert.Contains("Look for yourself", page, StringComparison.Ordinal);
        Assert.DoesNotContain(["cheat", "plagiar", "copied", "suspicio", "guilt", "stole"], word => page.Contains(word, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Every_run_that_is_marked_reads_the_same_on_both_sides()
    {
        ExerciseSimilarity found = Compare(Class.Take(30));
        Assert.All(found.Pairs, pair => Assert.All(pair.Runs, run => Assert.Equal(
            pair.A.Tokens.Skip(run.StartA).Take(run.Length).Select(t => t.Symbol), pair.B.Tokens.Skip(run.StartB).Take(run.Length).Select(t => t.Symbol))));
    }
}
