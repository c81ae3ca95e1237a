using System.Collections.Immutable;

namespace EsxCourse.Grading.Submissions;

/// <summary>What the compiler, or the grader before it, finds wrong with a submission.</summary>
/// <param name="File">The student's file; empty when it is about the whole.</param>
/// <param name="Line">The line in it, from 1; 0 when it is about the whole.</param>
/// <param name="Message">What is wrong.</param>
public sealed record CompileError(string File, int Line, string Message)
{
    /// <summary>As compilers write it: place, then message.</summary>
    public override string ToString() => File.Length == 0 ? Message : $"{File}:{Line}: {Message}";
}

/// <summary>A submission as an assembly, or why it is none.</summary>
/// <param name="Assembly">The assembly; empty when it did not compile.</param>
/// <param name="Symbols">Its line numbers (portable PDB).</param>
/// <param name="ClassName">Full name of the class that implements the contract.</param>
/// <param name="Errors">What is wrong; empty when it compiled.</param>
internal sealed record CompiledSubmission(byte[] Assembly, byte[] Symbols, string ClassName, ImmutableArray<CompileError> Errors)
{
    public static CompiledSubmission Failed(params ImmutableArray<CompileError> errors) => new([], [], "", errors);
}
