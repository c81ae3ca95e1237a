using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using EsxCourse.Grading.Tests.Attacks;

namespace EsxCourse.Grading.Tests.Gradescope;

// What Gradescope does with an autograder, done to a bare Debian (debootstrap) in a folder: unpack it into /autograder/source, run setup.sh once as root with a
// network, then run_autograder as root for each submission. The kit outside is out of sight there: chroot, a process namespace, a /proc of its own.
//
//   as in a container     the capabilities that Docker leaves root, and no namespaces to be made (Linux lets nobody make them in a chroot)
//   with namespaces       the same root by pivot_root, in which bubblewrap may do its work

/// <summary>A bare Debian with the autograder of 07-idle-memory-tax set up in it. Made once for all tests of a class.</summary>
public sealed class BareDebian : IAsyncLifetime
{
    private const string Capabilities = "-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+net_bind_service,+net_raw,+sys_chroot,+mknod,+audit_write,+setfcap";
    private const string Pivot = "mount --bind \"$0\" \"$0\" && mount -t proc proc \"$0/proc\" && cd \"$0\" && pivot_root . mnt && umount -l /mnt && exec \"$@\"";

    private static readonly string[] Apart = ["unshare", "--mount", "--pid", "--fork", "--kill-child"];

    private readonly TemporaryFolder place = new();

    private string Root => place.File("root");

    public async ValueTask InitializeAsync()
    {
        Course.RequireSandbox();
        RequiredTool.Need("debootstrap");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root can make a Debian in a folder.");
        string zip = place.File("autograder.zip");
        await SucceedAsync("dotnet", GradeCommandRun.Esx, "exercise", "gradescope", Course.Tax.Slug, "--out", zip);

        string suite = File.ReadLines("/etc/os-release").Single(l => l.StartsWith("VERSION_CODENAME=", StringComparison.Ordinal)).Split('=')[1];
        string registries = await SucceedAsync("apt-get", "indextargets", "--format", "$(CODENAME) $(REPO_URI)", "Created-By: Packages", "Component: main");
        string proxy = await SucceedAsync("apt-config", "dump", "Acquire::http::Proxy");
        string[] through = proxy.Split('"') is [_, string address, ..] ? [$"http_proxy={address}"] : [];
        await SucceedAsync(["env", .. through, "debootstrap", "--variant=minbase", suite, Root, registries.Split('\n').First(r => r.StartsWith($"{suite} ", StringComparison.Ordinal)).Split(' ')[1]]);
        await File.WriteAllTextAsync(Path.Combine(Root, "etc/apt/apt.conf.d/99proxy"), proxy);
        foreach (string file in new[] { "/etc/resolv.conf", "/etc/hosts" })
            File.Copy(file, Root + file, overwrite: true);

        foreach (string folder in new[] { "source", "submission", "results" })
            Directory.CreateDirectory($"{Root}/autograder/{folder}");
        await ZipFile.ExtractToDirectoryAsync(zip, $"{Root}/autograder/source");
        File.Copy($"{Root}/autograder/source/run_autograder", $"{Root}/autograder/run_autograder");
        await SucceedAsync([.. Apart, $"--mount-proc={Root}/proc", "chroot", Root, "sh", "/autograder/source/setup.sh"]);
    }

    public ValueTask DisposeAsync()
    {
        place.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Has a submission graded.</summary>
    /// <param name="withNamespaces">Whether namespaces can be made in there.</param>
    /// <param name="files">What is handed in: names and texts.</param>
    /// <returns>What results.json holds, and what the autograder printed for the instructor.</returns>
    internal async Task<(JsonElement Results, string Printed)> GradeAsync(bool withNamespaces, params (string Name, string Text)[] files)
    {
        string submission = $"{Root}/autograder/submission";
        Directory.Delete(submission, recursive: true);
        Directory.CreateDirectory(submission);
        foreach ((string name, string text) in files)
            await File.WriteAllTextAsync(Path.Combine(submission, name), text);
        File.Delete($"{Root}/autograder/results/results.json");
        const string Run = "/autograder/run_autograder";
        string printed = await SucceedAsync(withNamespaces
            ? [.. Apart, "sh", "-c", Pivot, Root, Run]
            : [.. Apart, $"--mount-proc={Root}/proc", "setpriv", $"--bounding-set={Capabilities}", "chroot", Root, Run]);
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllTextAsync($"{Root}/autograder/results/results.json"));
        return (json.RootElement.Clone(), printed);
    }

    /// <summary>Does something to the machine's files, given the path of its root.</summary>
    internal void Change(Action<string> change) => change(Root);

    private static async Task<string> SucceedAsync(params string[] command)
    {
        ProcessStartInfo start = new(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Repository.Root };
        (int exitCode, string output, string errors) = await GradeCommandRun.RunAsync(start);
        Assert.True(exitCode == 0, $"{string.Join(' ', command)} ended with {exitCode}: {output[^Math.Min(output.Length, 2000)..]}{errors}");
        return output;
    }
}
