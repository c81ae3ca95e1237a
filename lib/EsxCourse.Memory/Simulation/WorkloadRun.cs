using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// Runs a workload inside a guest: one operation after another, each a touch of a virtual page. A trace is the list of these
// operations; everything else of a run follows from them (Trace.cs).
//
// Chance comes in two streams: one for what files hold when they are made, which depends on the boot alone, and one for the
// operations, which a replay does not draw from.

/// <summary>One touch that a workload makes.</summary>
/// <param name="Vpn">The virtual page, counted through the guest's whole address space; -1 to do nothing.</param>
/// <param name="Kind">Read or write.</param>
/// <param name="Contents">What a write leaves there.</param>
/// <param name="ThinkNanoseconds">VM time that passes with it.</param>
internal readonly record struct WorkloadOperation(int Vpn, AccessKind Kind, ContentSeed Contents, long ThinkNanoseconds);

/// <summary>Where a VM's operations come from.</summary>
internal interface IOperationSource
{
    /// <summary>The guest has booted: processes are started, files opened.</summary>
    void Start(GuestOs guest, VirtualDisk disk, int boot);

    /// <summary>The next operation.</summary>
    /// <param name="seconds">VM time since the guest booted.</param>
    WorkloadOperation Next(double seconds);
}

internal sealed class WorkloadRun(WorkloadOptions options, ulong seed, VmId vm, ulong image) : IOperationSource
{
    private readonly RandomStream random = new(seed, $"workload {vm}");
    private readonly long think = (long)Math.Round(1e9 / options.Checked().TouchesPerSecond);
    private GuestProcess memory = null!;
    private GuestProcess? files;
    private int sweep;
    private long written;
    private NetworkTraffic? traffic;
    private int filled = -1;
    private GuestProcess? background;
    private int touched;
    private int zeroed;

    public void Start(GuestOs guest, VirtualDisk disk, int boot)
    {
        sweep = 0;
        filled = -1;
        touched = zeroed = 0;
        memory = guest.StartProcess("workload", LargestSet());
        if (options is NetworkWorkload network)
            traffic = new NetworkTraffic((int)network.Ring.Value, (int)network.Files.Value, network.FromFiles, random);
        if (options is ToucherWorkload { Background.Value: > 0 } toucher)
            background = guest.StartProcess("background", toucher.Background);
        if (options is DbenchWorkload dbench)
        {
            RandomStream contents = new(seed, $"files {vm} boot {boot}");
            files = guest.OpenFile("files", dbench.Files, (page, block) => disk.Write(block, Contents(contents, (ulong)page)));
        }
    }

    public WorkloadOperation Next(double seconds) => options switch
    {
        IdleWorkload idle => Touch(memory, random.Below((int)idle.Pages.Value)),
        SteadyWorkload steady => Touch(memory, random.Below((int)steady.Pages.Value)),
        PhasedWorkload phased => At(phased.Phases, seconds) is int pages and > 0 ? Touch(memory, random.Below(pages)) : Nothing(),
        ToucherWorkload toucher => Toucher(toucher, seconds),
        ImageWorkload image => Image(image),
        BootWorkload boot => sweep < boot.Pages.Value ? Touch(memory, sweep++) : Idle((int)boot.Pages.Value),
        DbenchWorkload dbench => random.Below(4) == 0 ? Touch(memory, random.Below((int)dbench.Clients.Value)) : Touch(files!, FileBlock((int)dbench.Files.Value)),
        DatabaseWorkload database => Database(database, seconds),
        NetworkWorkload => Network(),
        _ => throw new InvalidOperationException($"{options.GetType().Name} has no run."),
    };

    private WorkloadOperation Toucher(ToucherWorkload toucher, double seconds)
    {
        if (background is not null && random.Below(16) == 0)
            return Touch(background, random.Below(background.Length));
        if (At(toucher.Phases, seconds) is int pages and > 0)
        {
            sweep = (sweep + 1) % pages;
            touched = Math.Max(touched, sweep + 1);
            zeroed = 0;
            return Touch(memory, sweep);
        }

        // The process keeps its addresses here; what matters is that each page it had used is written once more.
        return toucher.ZeroPageThread && zeroed < touched
            ? new WorkloadOperation(memory.FirstVpn + zeroed++, AccessKind.Write, ContentSeed.Zero, think)
            : Nothing();
    }

    private WorkloadOperation Image(ImageWorkload load)
    {
        int pages = (int)load.Pages.Value, shared = (int)(load.Zero + load.Image + load.Library).Value;
        if (sweep < pages)
            return new WorkloadOperation(memory.FirstVpn + sweep, AccessKind.Write, ImageContents(load, sweep++), 1_000_000_000L / ImageWorkload.LoadedPerSecond);
        int page = random.Below(pages);
        bool write = random.Chance(load.Writes);
        if (write)
            page = shared == pages || (shared > 0 && random.Chance(load.SharedWrites)) ? random.Below(shared) : shared + random.Below(pages - shared);
        return new WorkloadOperation(memory.FirstVpn + page, write ? AccessKind.Write : AccessKind.Read, write ? ImageContents(load, page) : ContentSeed.Zero, think);
    }

    private ContentSeed ImageContents(ImageWorkload load, int page)
    {
        int zero = (int)load.Zero.Value, common = zero + (int)load.Image.Value;
        return page < zero ? ContentSeed.Zero
            : page < common ? ContentSeed.Of(image, 100_000 + (ulong)(page - zero))
            : page < common + load.Library.Value ? ContentSeed.Of(image, 10_000_000 + (ulong)random.Below((int)load.LibraryPool.Value))
            : ContentSeed.Of(1_000 + (ulong)vm.Value, (ulong)++written << 32);
    }

    // A buffer is written, then sent; a page of a file is sent as it is.
    private WorkloadOperation Network()
    {
        if (filled < 0)
        {
            (int page, bool isRing) = traffic!.Next();
            if (isRing)
            {
                filled = page;
                return new WorkloadOperation(memory.FirstVpn + page, AccessKind.Write, Contents(random, (ulong)++written << 32), think);
            }

            return new WorkloadOperation(memory.FirstVpn + page, AccessKind.Send, ContentSeed.Zero, think);
        }

        WorkloadOperation send = new(memory.FirstVpn + filled, AccessKind.Send, ContentSeed.Zero, think);
        filled = -1;
        return send;
    }

    private WorkloadOperation Database(DatabaseWorkload database, double seconds)
    {
        int pages = (int)database.Tables.Value;
        if (sweep < pages)
            return Touch(memory, sweep++); // loading
        bool querying = seconds >= database.QueryAtSeconds && seconds < database.QueryAtSeconds + database.QuerySeconds;
        return querying ? Touch(memory, random.Below(pages)) : Idle(pages);
    }

    // Files are not all alike: the square of a uniform number makes early blocks hot, so that each cached page more brings less.
    private int FileBlock(int blocks)
    {
        double uniform = random.NextFraction();
        return (int)(uniform * uniform * blocks);
    }

    // An idle system: a few pages, a hundred times slower than when it works.
    private WorkloadOperation Idle(int pages) => Touch(memory, random.Below(Math.Min(pages, 64))) with { ThinkNanoseconds = think * 100 };

    private WorkloadOperation Nothing() => new(-1, AccessKind.Read, ContentSeed.Zero, think);

    private WorkloadOperation Touch(GuestProcess process, int page)
    {
        bool write = random.Chance(options.Writes);
        return new WorkloadOperation(
            process.FirstVpn + page, write ? AccessKind.Write : AccessKind.Read,
            write ? Contents(random, (ulong)++written << 32) : ContentSeed.Zero, think);
    }

    private ContentSeed Contents(RandomStream stream, ulong number)
    {
        double choice = stream.NextFraction();
        return choice < options.Contents.Zero ? ContentSeed.Zero
            : choice < options.Contents.Zero + options.Contents.Common ? ContentSeed.Of(image, 1_000 + (ulong)stream.Below(10_000))
            : ContentSeed.Of(1_000 + (ulong)vm.Value, number);
    }

    private static int At(IReadOnlyList<WorkloadPhase> phases, double seconds)
    {
        for (int i = 0; i < phases.Count - 1; i++)
        {
            if (seconds < phases[i].Seconds)
                return (int)phases[i].Pages.Value;
            seconds -= phases[i].Seconds;
        }

        return (int)phases[^1].Pages.Value;
    }

    private PageCount LargestSet() => options switch
    {
        IdleWorkload idle => idle.Pages,
        SteadyWorkload steady => steady.Pages,
        PhasedWorkload phased => new PageCount(Math.Max(1, phased.Phases.Max(p => p.Pages.Value))),
        ToucherWorkload toucher => new PageCount(Math.Max(1, toucher.Phases.Max(p => p.Pages.Value))),
        BootWorkload boot => boot.Pages,
        ImageWorkload load => load.Pages,
        DbenchWorkload dbench => dbench.Clients,
        DatabaseWorkload database => database.Tables,
        NetworkWorkload network => network.Ring + network.Files,
        _ => new PageCount(1),
    };
}
