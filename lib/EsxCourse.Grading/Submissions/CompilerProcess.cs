using EsxCourse.Grading.Calls;
using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Submissions;

// The grader's end of the compiler (CompilerService): one process for all submissions, since it is warm then, and a fresh one when it dies.
//
// Always: a submission on which a fresh compiler dies, or which needs more than its CPU time, is at fault; a compiler that dies after others
// have used it proves nothing, so the submission gets a fresh one first.

/// <summary>Compiles submissions in a process that may die of them. Used by several threads, one at a time.</summary>
internal sealed class CompilerProcess : IDisposable
{
    /// <summary>An assembly and its symbols, with room.</summary>
    public const int MaxReplyBytes = 8 << 20;

    private const double CpuSeconds = 5;
    private static readonly CallLimits Limits = new(TimeSpan.FromSeconds(60), CpuSeconds);
    private readonly Lock turn = new();
    private readonly WorkerSandbox sandbox;
    private readonly StarterThread starter;
    private WorkerProcess? process;
    private bool isUsed;
    private int compiled;

    /// <param name="sandbox">What the compiler is started in.</param>
    /// <param name="starter">Where; outlives this.</param>
    public CompilerProcess(WorkerSandbox sandbox, StarterThread starter)
    {
        (this.sandbox, this.starter) = (sandbox, starter);
        process = starter.Run(sandbox.StartCompiler);   // It warms up while the first workers start.
    }

    /// <summary>What is said of a submission that the compiler died of.</summary>
    public static CompileError TooMuch { get; } = new("", 0, "it is too much for the compiler, which died of it (does it nest too deeply?)");

    /// <summary>Compiles one submission.</summary>
    /// <exception cref="GraderBrokeException">The compiler cannot be started.</exception>
    public CompiledSubmission Compile(Submission submission, CancellationToken cancellation)
    {
        lock (turn)
        {
            while (true)
            {
                cancellation.ThrowIfCancellationRequested();
                Start();
                bool fresh = !isUsed;
                isUsed = true;
                try
                {
                    return Ask(submission);
                }
                catch (StudentFault fault)
                {
                    Stop();
                    if (fresh && fault.Kind == FaultKind.NoAnswer)
                        throw new GraderBrokeException("the compiler does not answer", fault);
                    if (fault.Kind == FaultKind.OutOfLimits)
                        return CompiledSubmission.Failed(new CompileError("", 0, $"the compiler needed more than {CpuSeconds:0} s for it and was stopped"));
                    if (fresh)
                        return CompiledSubmission.Failed(TooMuch);
                }
            }
        }
    }

    public void Dispose() => Stop();

    private CompiledSubmission Ask(Submission submission)
    {
        WireWriter body = Frame.Begin(Frame.MaxRequestBytes);
        body.Text(submission.Exercise.Contract.FullName!);
        body.Int32(submission.Files.Length);
        foreach (SourceFile file in submission.Files)
        {
            body.Text(file.Name);
            body.Text(file.Text);
        }

        CallClock clock = new(process!, Limits);
        process!.Send(Frame.End(body, FrameKind.Load, ++compiled), clock);
        Frame reply = process.Read(clock);
        if (reply.Kind != FrameKind.Result || reply.CallId != compiled)
            throw StudentFault.Breach("an answer of the compiler to something else");
        return CompiledSubmission.Read(new WireReader(reply.Body));
    }

    /// <summary>Starts the compiler if it does not run, and waits until it is warm.</summary>
    private void Start()
    {
        process ??= starter.Run(sandbox.StartCompiler);
        try
        {
            process.ExpectHello(Limits.Wall);
        }
        catch (StudentFault fault)
        {
            string words = process.FirstWords;
            Stop();
            throw new GraderBrokeException($"the compiler did not start: it {fault.Message}{(words.Length > 0 ? $" ({words})" : "")}", fault);
        }
    }

    private void Stop()
    {
        process?.Dispose();
        (process, isUsed) = (null, false);
    }
}
