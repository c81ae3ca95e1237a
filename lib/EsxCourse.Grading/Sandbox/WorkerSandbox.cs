using System.Diagnostics;
using EsxCourse.Contracts;
using EsxCourse.Grading.Worker.Lockdown;

namespace EsxCourse.Grading.Sandbox;

// How a worker is started, from the outside in:
//
//   empty environment -> prlimit (address space, CPU, file size, descriptors, no core) -> bwrap (all namespaces its own, nothing of the
//   machine in sight but the .NET runtime, a dozen system libraries, the worker and the contracts, all read-only) -> dotnet worker, which
//   then locks its system calls itself (Worker/Lockdown).
//
// Neither step needs rights of root. The environment is empty because bwrap's own process shows it to the sandbox in /proc.

/// <summary>Knows how to start a locked-in worker on this machine.</summary>
public sealed class WorkerSandbox
{
    private const string Install = "install it with 'apt-get install bubblewrap util-linux'";

    // What the runtime links, and OpenSSL, which it loads when a student hashes a page.
    private static readonly string[] Libraries =
    [
        "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1", "libssl.so.3", "libcrypto.so.3",
    ];

    private static readonly string[] LibraryFolders = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"];

    private readonly string prlimit;
    private readonly string[] arguments;
    private readonly SandboxLimits limits;

    private WorkerSandbox(string prlimit, string[] arguments, SandboxLimits limits)
    {
        this.prlimit = prlimit;
        this.arguments = arguments;
        this.limits = limits;
    }

    /// <summary>Why grading cannot be sandboxed here; null when it can.</summary>
    /// <returns>The missing thing and how to get it.</returns>
    public static BadInputException? Missing()
    {
        if (!SeccompFilter.KnowsThisMachine)
            return new BadInputException("sandbox", "student code is graded on x64 Linux only", "run this on such a machine, or on Windows inside WSL");
        return Missing("bwrap") ?? Missing("prlimit");
    }

    /// <summary>Makes the sandbox for one course's contracts.</summary>
    /// <param name="contracts">Path of the exercises' contract assembly.</param>
    /// <param name="limits">What a worker may use.</param>
    /// <returns>The sandbox; no process is started yet.</returns>
    /// <exception cref="BadInputException">A tool that the sandbox is made of is not installed.</exception>
    public static WorkerSandbox For(string contracts, SandboxLimits limits)
    {
        if (Missing() is BadInputException missing)
            throw missing;
        string worker = Path.Combine(AppContext.BaseDirectory, "EsxCourse.Grading.Worker.dll");
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        string dotnet = Path.GetFullPath(Path.Combine(runtime, "../../.."));
        const string Inside = "/worker/";
        string contractsInside = Inside + Path.GetFileName(contracts);
        List<string> arguments =
        [
            $"--as={(long)limits.AddressSpaceMegabytes << 20}", $"--cpu={limits.CpuSeconds}", $"--fsize={(long)limits.FileMegabytes << 20}",
            $"--nofile={limits.OpenFiles}", "--core=0", "--", Find("bwrap")!,
            "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try", "--disable-userns",
            "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "worker", "--uid", "65534", "--gid", "65534",
        ];
        void Show(string path, string at) => arguments.AddRange(["--ro-bind", path, at]);
        foreach (string library in Libraries)
            if (LibraryFolders.Select(folder => Path.Combine(folder, library)).FirstOrDefault(File.Exists) is string found)
                Show(found, found);
        Show("/lib64/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2");
        Show(Path.Combine(dotnet, "dotnet"), "/dotnet/dotnet");
        Show(Path.Combine(dotnet, "host"), "/dotnet/host");
        Show(runtime, "/dotnet/shared/Microsoft.NETCore.App/" + Path.GetFileName(runtime));
        Show(worker, Inside + "EsxCourse.Grading.Worker.dll");
        Show(Path.ChangeExtension(worker, ".runtimeconfig.json"), Inside + "EsxCourse.Grading.Worker.runtimeconfig.json");
        Show(Path.Combine(AppContext.BaseDirectory, "EsxCourse.Contracts.dll"), Inside + "EsxCourse.Contracts.dll");
        Show(contracts, contractsInside);
        arguments.AddRange(
        [
            "--proc", "/proc", "--dev-bind", "/dev/null", "/dev/null", "--size", $"{(long)limits.TmpfsMegabytes << 20}", "--tmpfs", "/tmp", "--remount-ro", "/",
            "--chdir", "/tmp", "/dotnet/dotnet", "exec", Inside + "EsxCourse.Grading.Worker.dll", contractsInside,
        ]);
        return new WorkerSandbox(Find("prlimit")!, [.. arguments], limits);
    }

    /// <summary>Starts one worker. The calling thread must outlive it: the kernel kills the sandbox when the thread that made it ends.</summary>
    internal Process Start()
    {
        ProcessStartInfo start = new(prlimit, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        };
        start.Environment.Clear();
        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)limits.HeapMegabytes << 20).ToString("x");
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";   // The runtime's double mapping needs files larger than we allow.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["MALLOC_ARENA_MAX"] = "2";   // Each arena would take 64 MB of the address space.
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        start.Environment["DOTNET_TieredCompilation_BackgroundWorkerTimeoutMs"] = "0";
        return Process.Start(start)!;
    }

    private static BadInputException? Missing(string tool) =>
        Find(tool) is null ? new BadInputException(tool, "not found on the PATH, and student code is never run without a sandbox", Install) : null;

    private static string? Find(string tool) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, tool)).FirstOrDefault(File.Exists);
}
