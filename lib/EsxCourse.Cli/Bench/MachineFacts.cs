using System.Runtime.InteropServices;

namespace EsxCourse.Cli.Bench;

/// <summary>What the figures were measured on. Without it they say nothing to anybody else.</summary>
/// <param name="Processor">The processor's model.</param>
/// <param name="Cores">Logical processors that this process may use.</param>
/// <param name="MemoryGiB">Memory that this process may use, in GiB.</param>
/// <param name="System">Operating system.</param>
/// <param name="Runtime">.NET's version.</param>
/// <param name="Load">The one-minute load average before the run: above a few tenths, the figures are disturbed. Null where the system has none.</param>
internal sealed record MachineFacts(string Processor, int Cores, double MemoryGiB, string System, string Runtime, double? Load)
{
    public static MachineFacts Now() => new(
        FromProc("/proc/cpuinfo", "model name") ?? RuntimeInformation.ProcessArchitecture.ToString(),
        Environment.ProcessorCount,
        Math.Round(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0, 1),
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        File.Exists("/proc/loadavg") ? double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], global::System.Globalization.CultureInfo.InvariantCulture) : null);

    public override string ToString() =>
        FormattableString.Invariant($"{Processor}, {Cores} cores, {MemoryGiB} GiB; {System}; {Runtime}{(Load is { } load ? $"; load {load:0.0} before the run" : "")}");

    private static string? FromProc(string file, string key) => File.Exists(file)
        ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(key, StringComparison.Ordinal))?.Split(':', 2)[1].Trim()
        : null;
}
