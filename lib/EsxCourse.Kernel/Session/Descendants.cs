using System.Diagnostics;

namespace EsxCourse.Kernel.Session;

/// <summary>The processes that this one started, and those that they started: what a process must end before itself.</summary>
/// <remarks>.NET can kill another process with its tree, but not its own tree alone. Read from /proc; elsewhere than on Linux nothing is found.</remarks>
internal static class Descendants
{
    public static void Kill()
    {
        if (!OperatingSystem.IsLinux())
            return;
        Dictionary<int, List<int>> children = [];
        foreach (string folder in Directory.GetDirectories("/proc"))
            if (int.TryParse(Path.GetFileName(folder), out int id) && ParentOf(folder) is { } parent)
                (children.TryGetValue(parent, out List<int>? own) ? own : children[parent] = []).Add(id);
        Queue<int> open = new([Environment.ProcessId]);
        while (open.TryDequeue(out int id))
            foreach (int child in children.GetValueOrDefault(id) ?? [])
            {
                open.Enqueue(child);
                try
                {
                    Process.GetProcessById(child).Kill();
                }
                catch (Exception gone) when (gone is ArgumentException or InvalidOperationException or System.ComponentModel.Win32Exception)
                {
                }
            }
    }

    /// <summary>The fourth field of /proc/ID/stat; the second is a name in brackets that may hold anything.</summary>
    private static int? ParentOf(string folder)
    {
        try
        {
            string stat = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
