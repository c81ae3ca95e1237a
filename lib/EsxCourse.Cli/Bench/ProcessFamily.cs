using System.Globalization;

namespace EsxCourse.Cli.Bench;

/// <summary>This process and all that descend from it, as Linux shows them in /proc; elsewhere, this process alone.</summary>
internal static class ProcessFamily
{
    /// <summary>Memory that nobody shares with them, in MB: what would be free if they were gone.</summary>
    public static double PrivateMegabytes()
    {
        if (!OperatingSystem.IsLinux())
            return Environment.WorkingSet / 1e6;
        List<int> family = [Environment.ProcessId];
        for (int i = 0; i < family.Count; i++)
            family.AddRange(ChildrenOf(family[i]));
        return family.Sum(AnonymousKilobytes) / 1000.0;
    }

    private static IEnumerable<int> ChildrenOf(int pid)
    {
        try
        {
            return [.. Directory.GetDirectories($"/proc/{pid}/task").SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(child => int.Parse(child, CultureInfo.InvariantCulture))];
        }
        catch (IOException)
        {
            return [];   // It ended meanwhile.
        }
    }

    private static long AnonymousKilobytes(int pid)
    {
        try
        {
            const string Key = "RssAnon:";
            return File.ReadLines($"/proc/{pid}/status").FirstOrDefault(line => line.StartsWith(Key, StringComparison.Ordinal)) is string line
                ? long.Parse(line[Key.Length..^"kB".Length], CultureInfo.InvariantCulture)
                : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
