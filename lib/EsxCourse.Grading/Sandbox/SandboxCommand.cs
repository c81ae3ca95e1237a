using System.Diagnostics;

namespace EsxCourse.Grading.Sandbox;

// How a program is locked in, from the outside in:
//
//   empty environment -> [sh: enters its control group] -> [setpriv: root becomes nobody] -> prlimit (address space, CPU, file size,
//     descriptors, no core) -> bwrap (all namespaces its own; in sight are the .NET runtime, a dozen system libraries and the files named here, all read-only)
//     -> dotnet PROGRAM.dll, which then locks its system calls itself (Worker/Lockdown)
//
// No step needs rights of root. The environment is empty because bwrap's own process shows it to the sandbox in /proc. Root becomes nobody
// where nobody may read the kit's files: then even a hole in bwrap or the kernel leads to no more than that.

/// <summary>Starts one of our programs locked in.</summary>
internal interface ILockedCommand
{
    /// <summary>Whether the process that is started is around the program, or the program itself.</summary>
    bool IsAround { get; }

    /// <summary>Starts it.</summary>
    /// <param name="group">In this control group, if any.</param>
    Process Start(Cgroup? group);
}

/// <summary>The command that starts one of our programs locked in by namespaces.</summary>
internal sealed class SandboxCommand : ILockedCommand
{
    private const string Inside = "/kit/";

    // What the runtime links, and OpenSSL, which it loads when a student hashes a page.
    private static readonly string[] Libraries =
    [
        "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "libgcc_s.so.1", "libstdc++.so.6", "libz.so.1", "libssl.so.3", "libcrypto.so.3",
    ];

    private static readonly string[] LibraryFolders = ["/lib/x86_64-linux-gnu", "/usr/lib/x86_64-linux-gnu", "/lib64", "/usr/lib64", "/lib", "/usr/lib"];

    private readonly string[] command;
    private readonly SandboxLimits limits;

    /// <param name="program">Our program, beside this one.</param>
    /// <param name="limits">What it may use.</param>
    /// <param name="files">What it sees beside the runtime: paths here, and where it sees them.</param>
    /// <param name="arguments">What it is told.</param>
    public SandboxCommand(string program, SandboxLimits limits, IEnumerable<(string Path, string At)> files, IEnumerable<string> arguments)
    {
        this.limits = limits;
        string runtime = Path.GetDirectoryName(typeof(object).Assembly.Location)!, dotnet = DotnetFolder;
        List<(string Path, string At)> shown = [];
        foreach (string library in Libraries)
            if (LibraryFolders.Select(folder => Path.Combine(folder, library)).FirstOrDefault(File.Exists) is string found)
                shown.Add((found, "/lib/x86_64-linux-gnu/" + library));
        shown.Add(("/lib64/ld-linux-x86-64.so.2", "/lib64/ld-linux-x86-64.so.2"));
        shown.Add((Path.Combine(dotnet, "dotnet"), "/dotnet/dotnet"));
        shown.Add((Path.Combine(dotnet, "host"), "/dotnet/host"));
        shown.Add((runtime, "/dotnet/shared/Microsoft.NETCore.App/" + Path.GetFileName(runtime)));
        shown.AddRange(files);
        RootBecomesNobody = Environment.IsPrivilegedProcess && SandboxTools.NobodyMayRead(shown.Select(f => f.Path));
        List<string> chain = RootBecomesNobody ? [SandboxTools.Find("setpriv")!, .. SandboxTools.AsNobody] : [];
        chain.AddRange(
        [
            .. Limited(limits), SandboxTools.Find("bwrap")!,
            "--unshare-user", "--unshare-ipc", "--unshare-pid", "--unshare-net", "--unshare-uts", "--unshare-cgroup-try",
            "--die-with-parent", "--new-session", "--cap-drop", "ALL", "--hostname", "worker", "--uid", "65534", "--gid", "65534",
        ]);
        if (SandboxTools.BubblewrapTakes("--disable-userns"))
            chain.Add("--disable-userns");
        foreach ((string path, string at) in shown)
            chain.AddRange(["--ro-bind", path, at]);
        chain.AddRange(
        [
            "--proc", "/proc", "--dev-bind", "/dev/null", "/dev/null", "--dev-bind", "/dev/urandom", "/dev/urandom", "--size", $"{(long)limits.TmpfsMegabytes << 20}", "--tmpfs", "/tmp", "--remount-ro", "/",
            "--chdir", "/tmp", "/dotnet/dotnet", "exec", Seen(program), .. arguments,
        ]);
        command = [.. chain];
    }

    /// <summary>The folder that .NET is installed in.</summary>
    public static string DotnetFolder { get; } = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "../../.."));

    /// <summary>Whether root gives up its rights before it starts this.</summary>
    public bool RootBecomesNobody { get; }

    /// <summary>Where a file of the kit is seen from inside.</summary>
    public static string Seen(string path) => Inside + Path.GetFileName(path);

    /// <inheritdoc/>
    public bool IsAround => true;

    /// <inheritdoc/>
    public Process Start(Cgroup? group) => Start([.. command], limits, group);

    /// <summary>Starts a command that sets limits.</summary>
    public static Process Start(List<string> chain, SandboxLimits limits, Cgroup? group)
    {
        group?.Enter(chain);
        ProcessStartInfo start = Plain(chain[0], chain[1..], limits);
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";   // The runtime's double mapping needs files larger than we allow.
        start.Environment["MALLOC_ARENA_MAX"] = "2";   // Each arena would take 64 MB of the address space.
        return Process.Start(start)!;
    }

    /// <summary>The words that set the limits of what follows.</summary>
    public static string[] Limited(SandboxLimits limits) =>
    [
        SandboxTools.Find("prlimit")!,
        $"--as={(long)limits.AddressSpaceMegabytes << 20}", $"--cpu={limits.CpuSeconds}", $"--fsize={(long)limits.FileMegabytes << 20}",
        $"--nofile={limits.OpenFiles}", "--core=0", "--",
    ];

    /// <summary>How one of our programs is started when nothing is around it.</summary>
    public static ProcessStartInfo Plain(string program, IEnumerable<string> arguments, SandboxLimits limits)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        if (!OperatingSystem.IsWindows())
        {
            start.WorkingDirectory = "/";
            start.Environment.Clear();
        }

        start.Environment["DOTNET_GCHeapHardLimit"] = ((long)limits.HeapMegabytes << 20).ToString("x");
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_PROCESSOR_COUNT"] = "1";
        start.Environment["DOTNET_TieredCompilation_BackgroundWorkerTimeoutMs"] = "0";
        return start;
    }
}
