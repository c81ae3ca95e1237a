using System.Diagnostics;
using EsxCourse.Contracts;
using EsxCourse.Grading.Submissions;
using EsxCourse.Grading.Worker.Lockdown;

namespace EsxCourse.Grading.Sandbox;

// The two programs that touch what students hand in, each locked in with what it needs and no more:
//
//   worker     runs a submission       sees the units and the contracts
//   compiler   reads submissions       sees those, Roslyn, and the SDK's description of .NET
//
// Neither sees checks, references, the gradebook, the course's secret or another submission. Compiling runs no student code, but a compiler
// that reads hostile text for a living should not be able to do more than that either.

/// <summary>Knows how to start locked-in processes on this machine.</summary>
public sealed class WorkerSandbox : IDisposable
{
    private const string WorkerName = "EsxCourse.Grading.Worker", CompilerName = "EsxCourse.Grading", UnitsName = "EsxCourse.Contracts";

    private static readonly string[] Roslyn = ["Microsoft.CodeAnalysis.dll", "Microsoft.CodeAnalysis.CSharp.dll"];

    private readonly string contracts;
    private readonly SandboxLimits limits;
    private readonly ILockedCommand? worker;
    private readonly ILockedCommand? compiler;
    private readonly CgroupTree? groups;
    private readonly AccountFolder? copies;

    private WorkerSandbox(string contracts, SandboxLimits limits)
    {
        (this.contracts, this.limits) = (contracts, limits);
        StudentCompiler.ReferenceFolder();
    }

    private WorkerSandbox(string contracts, SandboxLimits limits, CgroupTree? groups)
        : this(contracts, limits)
    {
        this.groups = groups;
        (string[] forWorker, string[] forCompiler) = Files(contracts);
        string references = StudentCompiler.ReferenceFolder();
        worker = new SandboxCommand(Kit($"{WorkerName}.dll"), limits, forWorker.Select(Shown), [$"--threads={limits.Threads}", SandboxCommand.Seen(contracts)]);
        compiler = new SandboxCommand(
            Kit($"{CompilerName}.dll"), SandboxLimits.Compiler, [.. forCompiler.Select(Shown), (references, "/dotnet" + references[SandboxCommand.DotnetFolder.Length..])],
            [SandboxCommand.Seen(contracts)]);
    }

    private WorkerSandbox(string contracts, SandboxLimits limits, IReadOnlyList<string> hidden)
        : this(contracts, limits)
    {
        (string[] forWorker, string[] forCompiler) = Files(contracts);
        copies = new AccountFolder(forWorker.Union(forCompiler));
        try
        {
            AccountFolder.Check([typeof(object).Assembly.Location, StudentCompiler.ReferenceFolder(), copies.At(contracts)], hidden);
        }
        catch
        {
            copies.Dispose();
            throw;
        }

        worker = new AccountCommand(AccountCommand.Workers, copies.At($"{WorkerName}.dll"), limits, [$"--threads={limits.Threads}", copies.At(contracts)]);
        compiler = new AccountCommand(AccountCommand.Compilers, copies.At($"{CompilerName}.dll"), SandboxLimits.Compiler, [copies.At(contracts)]);
    }

    /// <summary>Whether nothing is around student code.</summary>
    public bool IsUnsafe => worker is null;

    /// <summary>What this machine allows beyond what is always there, in a few words.</summary>
    public string Description =>
        worker is null ? "no sandbox: plain child processes"
        : worker is not SandboxCommand around ? "accounts of their own, prlimit, seccomp (no namespaces can be made here)"
        : $"bubblewrap, prlimit, seccomp{(around.RootBecomesNobody ? ", as nobody" : "")}; "
            + groups switch
            {
                null => "no control groups (cgroup v2 is not ours to use here)",
                { Limits: true } => "control groups limit memory and processes",
                _ => "control groups count CPU time only (their memory and process limits are not to be had here)",
            };

    /// <summary>Why grading cannot be sandboxed here; null when it can.</summary>
    /// <returns>The missing thing and how to get it.</returns>
    public static BadInputException? Missing() => SandboxTools.Missing();

    /// <summary>Makes the sandboxes for one course's contracts.</summary>
    /// <param name="contracts">Path of the exercises' contract assembly.</param>
    /// <param name="limits">What a worker may use.</param>
    /// <param name="hiddenFromAccounts">Where no namespaces can be made: use accounts that may not read these folders; null to refuse then.</param>
    /// <returns>The sandbox; no process is started yet.</returns>
    /// <exception cref="BadInputException">A tool that the sandbox is made of, or the SDK to compile with, is not installed; or an account could read what it must not.</exception>
    public static WorkerSandbox For(string contracts, SandboxLimits limits, IReadOnlyList<string>? hiddenFromAccounts = null) =>
        hiddenFromAccounts is not null && !SandboxTools.MakesNamespaces() ? ByAccount(contracts, limits, hiddenFromAccounts)
        : Missing() is BadInputException missing ? throw missing : new WorkerSandbox(contracts, limits, CgroupTree.TryMake());

    /// <summary>The sandbox for where no namespaces can be made (AccountCommand.cs).</summary>
    internal static WorkerSandbox ByAccount(string contracts, SandboxLimits limits, IReadOnlyList<string> hidden) =>
        SeccompFilter.KnowsThisMachine ? new WorkerSandbox(contracts, limits, hidden) : throw Missing()!;

    /// <summary>No sandbox: the same programs as plain child processes, on any system, for code that one trusts as one's own.</summary>
    /// <param name="contracts">Path of the exercises' contract assembly.</param>
    /// <param name="limits">Of these only the heap is held; calls, CPU time and waiting are counted as ever.</param>
    /// <returns>What stands for a sandbox.</returns>
    /// <exception cref="BadInputException">The SDK to compile with is not installed.</exception>
    public static WorkerSandbox None(string contracts, SandboxLimits limits) => new(contracts, limits);

    /// <inheritdoc/>
    public void Dispose()
    {
        groups?.Dispose();
        copies?.Dispose();
    }

    /// <summary>Starts one worker. The calling thread must outlive it: see <see cref="StarterThread"/>.</summary>
    internal WorkerProcess StartWorker()
    {
        if (worker is null)
            return new WorkerProcess(StartPlain(WorkerName, limits, "--unlocked"), inSandbox: false, maxThreads: limits.Threads);
        Cgroup? group = groups?.Make(limits);
        return new WorkerProcess(worker.Start(group), worker.IsAround, group, maxThreads: limits.Threads);
    }

    /// <summary>Starts a compiler. The calling thread must outlive it.</summary>
    internal WorkerProcess StartCompiler() =>
        new(compiler?.Start(group: null) ?? StartPlain(CompilerName, SandboxLimits.Compiler), inSandbox: compiler is { IsAround: true }, maxReplyBytes: CompilerProcess.MaxReplyBytes);

    private Process StartPlain(string program, SandboxLimits limits, params string[] arguments) =>
        Process.Start(SandboxCommand.Plain(
            Path.Combine(SandboxCommand.DotnetFolder, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"), ["exec", Kit($"{program}.dll"), .. arguments, contracts], limits))!;

    private static (string[] Worker, string[] Compiler) Files(string contracts)
    {
        string[] common = [Kit($"{WorkerName}.dll"), Kit($"{UnitsName}.dll"), contracts];
        return ([.. common, Kit($"{WorkerName}.runtimeconfig.json")], [.. common, Kit($"{CompilerName}.dll"), Kit($"{CompilerName}.runtimeconfig.json"), .. Roslyn.Select(Kit)]);
    }

    private static string Kit(string file) => Path.Combine(AppContext.BaseDirectory, file);

    private static (string Path, string At) Shown(string path) => (path, SandboxCommand.Seen(path));
}
