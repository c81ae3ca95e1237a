using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using EsxCourse.Grading.Exercises;

namespace EsxCourse.Grading.Submissions;

/// <summary>A source file as it was handed in.</summary>
/// <param name="Name">Its name; with the folders within the submission where there are any, and with the cell for a notebook. Holds no colon.</param>
/// <param name="Text">What it says.</param>
public sealed record SourceFile(string Name, string Text);

/// <summary>When and how a submission came.</summary>
/// <param name="At">When it was handed in.</param>
/// <param name="IsCertain">Whether somebody says so (a learning platform, a file of times); otherwise a file's own time does, which copying changes.</param>
/// <param name="Source">The file, folder or archive that it lay in, for people.</param>
public sealed record HandIn(DateTimeOffset At, bool IsCertain, string? Source)
{
    /// <summary>Nothing is known.</summary>
    public static HandIn Unknown { get; } = new(DateTimeOffset.UnixEpoch, false, null);

    /// <summary>The student's full name; null if it is not known.</summary>
    public string? Name { get; init; }

    /// <summary>The student's number in Canvas; null if it is not known.</summary>
    public string? CanvasId { get; init; }

    /// <summary>Whether the platform marked it as late without saying by how much.</summary>
    public bool IsMarkedLate { get; init; }
}

/// <summary>What one student handed in for one exercise.</summary>
/// <param name="Student">Who: the name of the folder or file.</param>
/// <param name="Exercise">Which exercise it answers.</param>
/// <param name="Files">The sources, ordered by name.</param>
/// <param name="Refusal">Why it is not even compiled, as the end of a sentence "The submission …"; null when it is.</param>
public sealed record Submission(string Student, Exercise Exercise, ImmutableArray<SourceFile> Files, string? Refusal = null)
{
    /// <summary>When and how it came; the default says nothing.</summary>
    public HandIn HandIn { get; init; } = HandIn.Unknown;

    /// <summary>What its author should know about how it was read, a sentence each; no points hang on it.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>SHA-256 over names and texts (and why it is refused), in hexadecimal: two submissions with one hash are the same.</summary>
    public string Hash()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in Files.SelectMany(f => new[] { f.Name, f.Text }).Concat(Refusal is null ? [] : [Refusal]))
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
