using System.Diagnostics;

namespace EsxCourse.Cli.Bench;

// KSM's settings belong to the machine, so they are given back whatever happens: a child process, which does nothing but wait for the end of its
// input, writes the old values. The input ends when Dispose closes it, and when this process is gone, be it by Ctrl-C, by a fault or by kill -9.
// If KSM was idle and had merged nothing before, the child also lets it unmerge what it holds, which can then only be ours.

/// <summary>KSM at full speed, until it is disposed.</summary>
internal sealed class KsmSettings : IDisposable
{
    private const string Folder = "/sys/kernel/mm/ksm";

    // The script's arguments: whether to unmerge, then pairs of a setting and its old value. Ignored signals stay ignored in `cat`.
    private const string Restore = """
        trap '' INT TERM HUP QUIT
        cat > /dev/null
        cd "$1" || exit 1
        [ "$2" = idle ] && echo 2 > run
        shift 2
        while [ $# -ge 2 ]; do echo "$2" > "$1"; shift 2; done
        """;

    private static readonly (string Name, string Value)[] FullSpeed =
        [("advisor_mode", "none"), ("pages_to_scan", "100000"), ("sleep_millisecs", "0"), ("use_zero_pages", "1"), ("run", "1")];

    private readonly Process restorer;

    /// <summary>Notes the present settings, and sets others.</summary>
    /// <exception cref="IOException">A setting could not be written; those before it are restored.</exception>
    /// <exception cref="UnauthorizedAccessException">The same.</exception>
    public KsmSettings()
    {
        (string Name, string Value)[] wanted = [.. FullSpeed.Where(setting => Exists(setting.Name))];
        // Last set, first restored: pages_to_scan cannot be written while an advisor is at work.
        string[] old = [.. wanted.Reverse().SelectMany(setting => new[] { setting.Name, Read(setting.Name) })];
        string before = Read("run") != "1" && Number("pages_shared") + Number("ksm_zero_pages") == 0 ? "idle" : "busy";
        restorer = Process.Start(new ProcessStartInfo("sh", ["-c", Restore, "restore", Folder, before, .. old]) { RedirectStandardInput = true })!;
        try
        {
            foreach ((string name, string value) in wanted)
                File.WriteAllText(Path.Combine(Folder, name), value);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public static bool Exists(string name) => File.Exists(Path.Combine(Folder, name));

    /// <summary>A counter of KSM's; 0 where this kernel has none of that name.</summary>
    public static long Number(string name) => Exists(name) ? long.Parse(Read(name), System.Globalization.CultureInfo.InvariantCulture) : 0;

    public void Dispose()
    {
        restorer.StandardInput.Close();
        restorer.WaitForExit();
        restorer.Dispose();
    }

    /// <summary>A setting's value; of a choice, which shows all values, the one in brackets.</summary>
    private static string Read(string name)
    {
        string text = File.ReadAllText(Path.Combine(Folder, name)).Trim();
        int open = text.IndexOf('[', StringComparison.Ordinal);
        return open < 0 ? text : text[(open + 1)..text.IndexOf(']', StringComparison.Ordinal)];
    }
}
