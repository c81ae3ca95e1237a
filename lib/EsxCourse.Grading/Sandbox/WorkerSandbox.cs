using EsxCourse.Contracts;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading.Sandbox;

// The two programs that touch what students hand in, each locked in with what it needs and no more:
//
//   worker     runs a submission       sees the units and the contracts
//   compiler   reads submissions       sees those, Roslyn, and the SDK's description of .NET
//
// Neither sees checks, references, the gradebook, the course's secret or another submission. Compiling runs no student code, but a compiler
// that reads hostile text for a living should not be able to do more than that either.

/// <summary>Knows how to start locked-in processes on this machine.</summary>
public sealed class WorkerSandbox
{
    private const string WorkerName = "EsxCourse.Grading.Worker", CompilerName = "EsxCourse.Grading", UnitsName = "EsxCourse.Contracts";

    private static readonly string[] Roslyn = ["Microsoft.CodeAnalysis.dll", "Microsoft.CodeAnalysis.CSharp.dll"];

    private readonly SandboxCommand worker;
    private readonly SandboxCommand compiler;

    private readonly SandboxLimits limits;

    private WorkerSandbox(SandboxCommand worker, SandboxCommand compiler, SandboxLimits limits) => (this.worker, this.compiler, this.limits) = (worker, compiler, limits);

    /// <summary>Why grading cannot be sandboxed here; null when it can.</summary>
    /// <returns>The missing thing and how to get it.</returns>
    public static BadInputException? Missing() => SandboxTools.Missing();

    /// <summary>Makes the sandboxes for one course's contracts.</summary>
    /// <param name="contracts">Path of the exercises' contract assembly.</param>
    /// <param name="limits">What a worker may use.</param>
    /// <returns>The sandbox; no process is started yet.</returns>
    /// <exception cref="BadInputException">A tool that the sandbox is made of, or the SDK to compile with, is not installed.</exception>
    public static WorkerSandbox For(string contracts, SandboxLimits limits)
    {
        if (Missing() is BadInputException missing)
            throw missing;
        string[] common = [Kit($"{WorkerName}.dll"), Kit($"{UnitsName}.dll"), contracts];
        string[] forWorker = [.. common, Kit($"{WorkerName}.runtimeconfig.json")];
        string[] forCompiler = [.. common, Kit($"{CompilerName}.dll"), Kit($"{CompilerName}.runtimeconfig.json"), .. Roslyn.Select(Kit)];
        string references = StudentCompiler.ReferenceFolder();
        return new WorkerSandbox(
            new SandboxCommand(Kit($"{WorkerName}.dll"), limits, forWorker.Select(Shown), [$"--threads={limits.Threads}", SandboxCommand.Seen(contracts)]),
            new SandboxCommand(Kit($"{CompilerName}.dll"), SandboxLimits.Compiler, [.. forCompiler.Select(Shown), (references, "/dotnet" + references[SandboxCommand.DotnetFolder.Length..])], [SandboxCommand.Seen(contracts)]),
            limits);
    }

    /// <summary>Starts one worker. The calling thread must outlive it: see <see cref="StarterThread"/>.</summary>
    internal WorkerProcess StartWorker() => new(worker.Start(), maxThreads: limits.Threads);

    /// <summary>Starts a compiler. The calling thread must outlive it.</summary>
    internal WorkerProcess StartCompiler() => new(compiler.Start(), maxReplyBytes: CompilerProcess.MaxReplyBytes);

    private static string Kit(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static (string Path, string At) Shown(string path) => (path, SandboxCommand.Seen(path));
}
