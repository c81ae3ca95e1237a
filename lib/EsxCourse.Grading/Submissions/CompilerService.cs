using System.Collections.Immutable;
using EsxCourse.Grading.Worker.Lockdown;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Submissions;

// The process in which submissions are compiled. A compiler can be brought down by what it reads: ten thousand brackets overflow its stack,
// and .NET cannot survive that. So it runs apart, and its parent (CompilerProcess) outlives it.
//
//   usage: dotnet EsxCourse.Grading.dll CONTRACTS.dll      (frames on descriptors 0 and 1, as a worker's)

/// <summary>Compiles for the grader until it closes the pipe.</summary>
internal static class CompilerService
{
    /// <summary>Enough for any sane nesting; a stack overflow prints every frame, so a larger one only takes longer to die.</summary>
    private const int StackBytes = 2 << 20;

    /// <summary>Serves on this process's pipe.</summary>
    /// <param name="contracts">Path of the contracts.</param>
    public static void Run(string contracts)
    {
        Tether.ToParent();
        Thread thread = new(() => Serve(contracts), StackBytes);
        thread.Start();
        thread.Join();
    }

    private static void Serve(string contracts)
    {
        using Stream requests = Console.OpenStandardInput(), replies = Console.OpenStandardOutput();
        StudentCompiler compiler = new(contracts);
        compiler.Compile([new SourceFile("Warm.cs", "class Warm { public Func<int, string> F = x => $\"{x}\"; }")], "EsxCourse.Contracts.Ppn", CancellationToken.None);
        Send(FrameKind.Hello, 0, CompiledSubmission.Failed());
        byte[] length = new byte[4];
        while (requests.ReadAtLeast(length, length.Length, throwOnEndOfStream: false) == length.Length)
        {
            byte[] rest = new byte[Frame.RestLength(length, Frame.MaxRequestBytes)];
            requests.ReadExactly(rest);
            Frame request = Frame.Parse(rest);
            WireReader reader = new(request.Body);
            string contract = reader.Text();
            SourceFile[] files = new SourceFile[reader.Count()];
            for (int i = 0; i < files.Length; i++)
                files[i] = new SourceFile(reader.Text(), reader.Text());
            Send(FrameKind.Result, request.CallId, Compile(compiler, [.. files], contract));
        }

        void Send(FrameKind kind, int callId, CompiledSubmission compiled)
        {
            WireWriter body = Frame.Begin(CompilerProcess.MaxReplyBytes);
            compiled.Write(body);
            replies.Write(Frame.End(body, kind, callId).Span);
        }
    }

    private static CompiledSubmission Compile(StudentCompiler compiler, ImmutableArray<SourceFile> files, string contract)
    {
        try
        {
            return compiler.Compile(files, contract, CancellationToken.None);
        }
        catch (InsufficientExecutionStackException)
        {
            return CompiledSubmission.Failed(CompilerProcess.TooMuch);
        }
    }
}
