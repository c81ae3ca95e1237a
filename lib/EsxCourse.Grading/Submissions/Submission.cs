using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Submissions;

/// <summary>A source file as it was handed in.</summary>
/// <param name="Name">Its name, without folders.</param>
/// <param name="Text">What it says.</param>
public sealed record SourceFile(string Name, string Text);

/// <summary>What one student handed in for one exercise.</summary>
/// <param name="Student">Who: the name of the folder or file.</param>
/// <param name="Exercise">Which exercise it answers.</param>
/// <param name="Files">The sources, ordered by name.</param>
/// <param name="Refusal">Why it is not even compiled, as the end of a sentence "The submission …"; null when it is.</param>
public sealed record Submission(string Student, Exercise Exercise, ImmutableArray<SourceFile> Files, string? Refusal = null)
{
    /// <summary>SHA-256 over names and texts, in hexadecimal: two submissions with one hash are the same.</summary>
    public string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in Files.SelectMany(f => new[] { f.Name, f.Text }))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
