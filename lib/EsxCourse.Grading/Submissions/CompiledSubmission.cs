using System.Collections.Immutable;
using EsxCourse.Grading.Worker.Wire;

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

    /// <summary>Puts it on the pipe from the compiler.</summary>
    public void Write(WireWriter body)
    {
        body.Bytes(Assembly);
        body.Bytes(Symbols);
        body.Text(ClassName);
        body.Int32(Errors.Length);
        foreach (CompileError error in Errors)
        {
            body.Text(error.File);
            body.Int32(error.Line);
            body.Text(error.Message);
        }
    }

    /// <summary>Takes it from there.</summary>
    public static CompiledSubmission Read(WireReader body)
    {
        byte[] assembly = body.Bytes(), symbols = body.Bytes();
        string className = body.Text();
        CompileError[] errors = new CompileError[body.Count()];
        for (int i = 0; i < errors.Length; i++)
            errors[i] = new CompileError(body.Text(), body.Int32(), body.Text());
        body.End();
        return new CompiledSubmission(assembly, symbols, className, [.. errors]);
    }
}
