using System.Buffers;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;

namespace EsxCourse.Cli.Tests.Exercises;

/// <summary>The students' copy holds no answer to anything that is graded: every file of it is searched, assemblies by their bytes and by the names in their metadata.</summary>
[Collection(StudentsCopyTests.Name)]
public sealed partial class ReleaseTests(StudentsCopy copy)
{
    [Fact]
    public void No_text_of_a_solution_a_hidden_check_a_mutant_or_a_key_is_in_any_file()
    {
        string[] secrets = [.. HiddenHints(), .. ReferenceClasses(), .. Mutants(), .. GradedQuizzes(), Encoding.Latin1.GetString(StudentsCopy.Secret)];
        Assert.True(secrets.Length > 300, $"Only {secrets.Length} strings to look for.");
        // In UTF-8 as in text files and names, and in UTF-16 as in the strings of assemblies.
        SearchValues<string> anywhere = SearchValues.Create(
            [.. secrets.SelectMany(s => new[] { Latin(Encoding.UTF8.GetBytes(s)), Latin(Encoding.Unicode.GetBytes(s)) }).Distinct()], StringComparison.Ordinal);
        List<string> found = [];
        foreach (string file in Files())
        {
            string bytes = Latin(File.ReadAllBytes(file));
            int at = bytes.AsSpan().IndexOfAny(anywhere);
            if (at >= 0)
                found.Add($"{Path.GetRelativePath(copy.Root, file)}: {bytes[at..Math.Min(bytes.Length, at + 80)].Replace("\0", "")}");
        }

        Assert.Empty(found);
    }

    [Fact]
    public void No_assembly_defines_or_names_a_class_that_is_behind_meta()
    {
        HashSet<string> behind = [.. Sources(".meta").SelectMany(DeclaredTypes)];
        behind.ExceptWith(Directory.GetDirectories(Repository.Path("exercises")).SelectMany(e => Given(e)).SelectMany(DeclaredTypes));
        Assert.True(behind.Count > 60, $"Only {behind.Count} classes to look for.");
        List<string> found = [];
        int assemblies = 0;
        foreach (string file in Files().Where(f => f.EndsWith(".dll", StringComparison.Ordinal)))
        {
            using PEReader reader = new(File.OpenRead(file));
            if (!reader.HasMetadata)
                continue;
            assemblies++;
            MetadataReader names = reader.GetMetadataReader();
            IEnumerable<(StringHandle Namespace, StringHandle Name)> types = names.TypeDefinitions.Select(names.GetTypeDefinition).Select(t => (t.Namespace, t.Name))
                .Concat(names.TypeReferences.Select(names.GetTypeReference).Select(t => (t.Namespace, t.Name)));
            found.AddRange(types.Select(t => $"{names.GetString(t.Namespace)}.{names.GetString(t.Name)}").Where(behind.Contains).Select(t => $"{Path.GetFileName(file)}: {t}"));
        }

        Assert.True(assemblies > 40, $"Only {assemblies} assemblies to look into.");
        Assert.Empty(found);
    }

    [Fact]
    public void Only_files_that_students_need_are_there()
    {
        string[] odd = [.. Files().Select(f => Path.GetRelativePath(copy.Root, f)).Where(f =>
            f.Contains(".meta", StringComparison.Ordinal) || f.Contains("sample", StringComparison.Ordinal) || f.Contains("faux-quiz", StringComparison.Ordinal)
            || f.Contains("mutant", StringComparison.OrdinalIgnoreCase) || f.EndsWith(".pdb", StringComparison.Ordinal) || f.EndsWith(".db", StringComparison.Ordinal) || f.Contains("Tests", StringComparison.Ordinal)
            || (f.EndsWith(".cs", StringComparison.Ordinal) && !Regex.IsMatch(f, @"^exercises/\d\d-[a-z-]+/(world/)?\w+\.cs$", RegexOptions.CultureInvariant)))];
        Assert.Empty(odd);
        Assert.Contains(Files(), f => f.EndsWith("IdleMemoryTax.cs", StringComparison.Ordinal));
        Assert.All(Files().Where(f => f.EndsWith("exercise.yaml", StringComparison.Ordinal)), f => Assert.DoesNotContain("public: false", File.ReadAllText(f), StringComparison.Ordinal));
    }

    private string[] Files() => Directory.GetFiles(copy.Root, "*", SearchOption.AllDirectories);

    private static string Latin(byte[] bytes) => Encoding.Latin1.GetString(bytes);

    private static IEnumerable<string> Sources(string folder) =>
        Directory.GetDirectories(Repository.Path("exercises")).Select(e => Path.Combine(e, folder)).Where(Directory.Exists).SelectMany(f => Directory.GetFiles(f, "*.cs"));

    /// <summary>What students have of an exercise as source.</summary>
    private static IEnumerable<string> Given(string exercise) =>
        Directory.GetFiles(exercise, "*.cs").Concat(Directory.Exists(Path.Combine(exercise, "world")) ? Directory.GetFiles(Path.Combine(exercise, "world"), "*.cs") : []);

    private static IEnumerable<string> DeclaredTypes(string file)
    {
        string text = File.ReadAllText(file);
        string within = Namespace().Match(text).Groups[1].Value;
        return Declaration().Matches(text).Select(m => $"{within}.{m.Groups[1].Value}");
    }

    private static IEnumerable<string> HiddenHints() =>
        Sources(".meta").SelectMany(f => Hint().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value);

    private static IEnumerable<string> ReferenceClasses() =>
        Sources(".meta").SelectMany(DeclaredTypes).Select(t => t[(t.LastIndexOf('.') + 1)..]).Where(t => t.StartsWith("Reference", StringComparison.Ordinal));

    /// <summary>By name and by the mistake that the first line names.</summary>
    private static IEnumerable<string> Mutants() =>
        Sources(Path.Combine(".meta", "mutants")).SelectMany(f => new[] { Path.GetFileNameWithoutExtension(f), File.ReadLines(f).First()["// Mutant: ".Length..] }).Where(s => s.Length > 10);

    /// <summary>The long lines of graded quizzes: questions, explanations, the key.</summary>
    private static IEnumerable<string> GradedQuizzes() =>
        ((string[])["faux-quiz.yaml", "faux-quiz.answers.yaml"]).SelectMany(name => File.ReadLines(Repository.Path("exercises", "quizzes", name))).Select(l => l.Trim()).Where(l => l.Length > 60);

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Namespace();

    [GeneratedRegex(@"^(?:public|internal) (?:static |sealed |abstract |partial |readonly )*(?:class|record struct|record|struct|interface|enum) (\w+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();

    [GeneratedRegex("string Hint => \"([^\"]+)\";")]
    private static partial Regex Hint();
}
