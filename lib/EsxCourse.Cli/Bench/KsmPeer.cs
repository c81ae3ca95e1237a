using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;

namespace EsxCourse.Cli.Bench;

/// <summary>What KSM came to.</summary>
/// <param name="PagesPerSecond">Pages over the time until it saved all that it ever would; null if that cannot be said.</param>
/// <param name="Saved">Pages that it saved in the end.</param>
/// <param name="Note">How it was measured.</param>
/// <param name="WhyNot">Why it could not be.</param>
internal sealed record KsmResult(double? PagesPerSecond, long? Saved, string? Note, string? WhyNot)
{
    public static KsmResult Not(string why) => new(null, null, null, why);
}

// Kernel Samepage Merging: the sharing that Linux has for its own VMs. It keeps two trees ordered by contents instead of a hash table, and merges a page
// only when its checksum was the same on two rounds, so it needs some rounds to converge. Saved are pages_sharing (users of a merged page beyond
// the first) and ksm_zero_pages (those that use the kernel's own zero page). max_page_sharing (256 by default) costs a copy for
// each 256 users of one page; here no page but the zero page has more than eight.

/// <summary>KSM on the pages of a <see cref="RealMemory"/>, which stay where they are.</summary>
internal static class KsmPeer
{
    private const int Mergeable = 12, Unmergeable = 13;   // MADV_MERGEABLE, MADV_UNMERGEABLE

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(80), LookEvery = TimeSpan.FromMilliseconds(10);

    private static long Saved => KsmSettings.Number("pages_sharing") + KsmSettings.Number("ksm_zero_pages");

    public static async Task<KsmResult> MeasureAsync(RealMemory memory, CancellationToken stop)
    {
        if (!KsmSettings.Exists("run"))
            return KsmResult.Not("KSM is not compared: this system's kernel has none.");
        if (!Environment.IsPrivilegedProcess)
            return KsmResult.Not("KSM is not compared: only root may switch it on.");
        if (!KsmSettings.Exists("ksm_zero_pages"))
            return KsmResult.Not("KSM is not compared: this kernel does not count the zero pages that it saves.");
        try
        {
            using KsmSettings settings = new();
            return await RunAsync(memory, stop);
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return KsmResult.Not($"KSM is not compared: its settings may not be written here ({refused.Message}).");
        }
    }

    private static async Task<KsmResult> RunAsync(RealMemory memory, CancellationToken stop)
    {
        long before = Saved;
        KsmClock clock = KsmClock.Start();
        try
        {
            if (!AdviseAll(memory, Mergeable))
                return KsmResult.Not("KSM is not compared: this kernel refuses to merge a process's memory.");
            long rounds = KsmSettings.Number("full_scans"), saved = 0, savedAtRound = -1;
            TimeSpan reached = default;
            long start = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(LookEvery, stop);
                long roundsNow = KsmSettings.Number("full_scans"), now = Saved - before;
                if (now != saved)
                    (saved, reached) = (now, clock.Elapsed);
                if (roundsNow == rounds)
                    continue;
                // A whole round that saved nothing more, after one that did: it is as good as it gets.
                if (saved > 0 && savedAtRound == saved)
                    return new KsmResult(memory.Pages / reached.TotalSeconds, saved, $"KSM took {reached.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s of {clock.Unit}.", null);
                (rounds, savedAtRound) = (roundsNow, saved);
            }

            return KsmResult.Not($"KSM did not converge within {Patience.TotalSeconds:0} s.");
        }
        finally
        {
            AdviseAll(memory, Unmergeable);
        }
    }

    private static bool AdviseAll(RealMemory memory, int advice)
    {
        bool all = true;
        for (int vm = 0; vm < RealMemory.Vms; vm++)
        {
            (nint address, nuint length) = memory.RangeOf(vm);
            all &= Advise(address, length, advice) == 0;
        }

        return all;
    }

    [DllImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Advise(nint address, nuint length, int advice);
}

/// <summary>Processor time of the kernel's thread that does the merging; where it cannot be seen (in a container), plain time.</summary>
internal sealed class KsmClock
{
    private const double TicksPerSecond = 100;   // USER_HZ, the same on all of Linux's machines that .NET runs on.

    private readonly string? thread;
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly double before;

    private KsmClock(string? thread) => (this.thread, before) = (thread, thread is null ? 0 : Ticks(thread));

    public string Unit => thread is null ? "time" : "processor time";

    public TimeSpan Elapsed => thread is null ? Stopwatch.GetElapsedTime(start) : TimeSpan.FromSeconds((Ticks(thread) - before) / TicksPerSecond);

    public static KsmClock Start() => new(Directory.EnumerateDirectories("/proc").FirstOrDefault(IsKsmThread));

    private static bool IsKsmThread(string folder)
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "comm")).Trim() == "ksmd";
        }
        catch (IOException)
        {
            return false;   // No process, or one that ended meanwhile.
        }
    }

    // The 14th and 15th field; the second is the name in parentheses.
    private static double Ticks(string folder) =>
        File.ReadAllText(Path.Combine(folder, "stat")).Split(") ")[^1].Split(' ')[11..13].Sum(ticks => double.Parse(ticks, CultureInfo.InvariantCulture));
}
