using System.Collections.Immutable;
using EsxCourse.Contracts;

namespace EsxCourse.Memory.Simulation;

// What a VM does all day. A workload is described by one of these records and run by WorkloadRun: it makes processes and opens
// files in its guest, and then touches their pages one after another, with some time to think between two touches.

/// <summary>What a VM does.</summary>
/// <remarks>The cases: idle, steady, phased, dbench, toucher, boot, image, database, network.</remarks>
public abstract record WorkloadOptions
{
    /// <summary>Touches of pages for each second of VM time, if none of them had to wait.</summary>
    public double TouchesPerSecond { get; init; } = 2_000;

    /// <summary>Which part of the touches writes, from 0 to 1.</summary>
    public double Writes { get; init; } = 0.3;

    /// <summary>What written pages hold.</summary>
    public ContentMix Contents { get; init; } = new();

    /// <summary>The most operations in a second of VM time.</summary>
    internal virtual double MostPerSecond => TouchesPerSecond;

    internal virtual WorkloadOptions Checked()
    {
        if (!(TouchesPerSecond is > 0 and <= 1e9))
            throw new ArgumentException($"TouchesPerSecond is {TouchesPerSecond}; it lies above 0, up to 10^9.");
        if (!(Writes is >= 0 and <= 1))
            throw new ArgumentException($"Writes is {Writes}; it is a part of all touches, from 0 to 1.");
        Contents.Checked();
        return this;
    }

    /// <summary>Checks a number of pages.</summary>
    /// <param name="pages">The number.</param>
    /// <param name="what">What it is called.</param>
    /// <exception cref="ArgumentException">It is below 1.</exception>
    protected static void AtLeastOnePage(PageCount pages, string what)
    {
        if (pages.Value < 1)
            throw new ArgumentException($"{what} is {pages}; it is at least one page.");
    }
}

/// <summary>What the pages of a workload hold; the rest is unlike any other page.</summary>
/// <param name="Zero">Which part is zeroes.</param>
/// <param name="Common">Which part comes from the operating system's image, and so is the same in all VMs of that image.</param>
public sealed record ContentMix(double Zero = 0.02, double Common = 0.1)
{
    internal ContentMix Checked() => Zero >= 0 && Common >= 0 && Zero + Common <= 1
        ? this
        : throw new ArgumentException($"A mix of contents has parts from 0 whose sum is at most 1; it is {this}.");
}

/// <summary>Next to nothing: a few pages, now and then.</summary>
public sealed record IdleWorkload : WorkloadOptions
{
    /// <summary>Ten touches a second.</summary>
    public IdleWorkload() => TouchesPerSecond = 10;

    /// <summary>The few pages.</summary>
    public PageCount Pages { get; init; } = new(64);

    internal override WorkloadOptions Checked()
    {
        AtLeastOnePage(Pages, nameof(Pages));
        return base.Checked();
    }
}

/// <summary>A working set of constant size, touched at random.</summary>
/// <param name="Pages">The size of the working set.</param>
public sealed record SteadyWorkload(PageCount Pages) : WorkloadOptions
{
    internal override WorkloadOptions Checked()
    {
        AtLeastOnePage(Pages, nameof(Pages));
        return base.Checked();
    }
}

/// <summary>A stretch of time with one working set.</summary>
/// <param name="Seconds">How long it lasts, in seconds since the guest booted; the last one lasts for ever.</param>
/// <param name="Pages">The size of the working set; none to do nothing.</param>
public readonly record struct WorkloadPhase(double Seconds, PageCount Pages);

/// <summary>Working sets that change over time, touched at random.</summary>
/// <param name="Phases">One after another.</param>
public sealed record PhasedWorkload(ImmutableArray<WorkloadPhase> Phases) : WorkloadOptions
{
    internal override WorkloadOptions Checked()
    {
        CheckPhases(Phases);
        return base.Checked();
    }

    internal static void CheckPhases(ImmutableArray<WorkloadPhase> phases)
    {
        if (phases.IsDefaultOrEmpty || phases.Any(p => !(p.Seconds > 0) || p.Pages.Value < 0))
            throw new ArgumentException("Phases are at least one, each of more than 0 seconds and no fewer than 0 pages.");
    }
}

/// <summary>The paper's "toucher": working sets that change over time, each swept from end to end again and again.</summary>
/// <param name="Phases">One after another.</param>
/// <remarks>OSDI '02 §5.3, figure 6.</remarks>
public sealed record ToucherWorkload(ImmutableArray<WorkloadPhase> Phases) : WorkloadOptions
{
    /// <summary>Pages of everything else that runs: touched at random, one touch in sixteen.</summary>
    public PageCount Background { get; init; }

    /// <summary>Whether the guest has a thread that zeroes freed pages, as Windows does: when a phase without pages begins, all that was touched before is written once more.</summary>
    public bool ZeroPageThread { get; init; }

    internal override WorkloadOptions Checked()
    {
        PhasedWorkload.CheckPhases(Phases);
        if (Background.Value < 0)
            throw new ArgumentException($"Background is {Background}; it starts at 0.");
        return base.Checked();
    }
}

/// <summary>A file server's load like dbench's: clients that read and write files through the page cache.</summary>
/// <param name="Files">All the files' pages; more of them than memory can cache makes memory count.</param>
/// <remarks>OSDI '02 §3.2, figure 2.</remarks>
public sealed record DbenchWorkload(PageCount Files) : WorkloadOptions
{
    /// <summary>Pages of the clients' own memory, touched one time in four.</summary>
    public PageCount Clients { get; init; } = new(64);

    internal override WorkloadOptions Checked()
    {
        AtLeastOnePage(Files, nameof(Files));
        AtLeastOnePage(Clients, nameof(Clients));
        return base.Checked();
    }
}

/// <summary>Starts up: touches so many pages once, in order, and then idles on a few of them.</summary>
/// <param name="Pages">The pages of all that is started.</param>
public sealed record BootWorkload(PageCount Pages) : WorkloadOptions
{
    internal override WorkloadOptions Checked()
    {
        AtLeastOnePage(Pages, nameof(Pages));
        return base.Checked();
    }
}

/// <summary>A system whose memory holds equal pages for three reasons: zeroes, the operating system's image, and copies of libraries.</summary>
/// <param name="Pages">All pages: loaded once, in order; then a few of them at random go on being read and written.</param>
/// <remarks>
/// OSDI '02 §4.4, figure 4. Image pages are the same in each VM of an image, once in each. Library pages are drawn from a common pool, with
/// repetition: some come twice within a VM, and the more VMs, the more of the pool is met again. The rest is unlike any other page.
/// </remarks>
public sealed record ImageWorkload(PageCount Pages) : WorkloadOptions
{
    /// <summary>Pages of zeroes.</summary>
    public PageCount Zero { get; init; }

    /// <summary>Pages of the image.</summary>
    public PageCount Image { get; init; }

    /// <summary>Pages drawn from the pool of libraries.</summary>
    public PageCount Library { get; init; }

    /// <summary>Distinct pages in that pool.</summary>
    public PageCount LibraryPool { get; init; } = new(1);

    /// <summary>Which part of the writes goes to zero, image and library pages, from 0 to 1. They hold the same kind of contents again.</summary>
    public double SharedWrites { get; init; } = 0.01;

    /// <summary>How many pages it loads in a second, before it touches them at its own rate. course choice: 10 MB/s, a disk of its time.</summary>
    internal const int LoadedPerSecond = 2_560;

    internal override double MostPerSecond => Math.Max(LoadedPerSecond, TouchesPerSecond);

    internal override WorkloadOptions Checked()
    {
        AtLeastOnePage(Pages, nameof(Pages));
        AtLeastOnePage(LibraryPool, nameof(LibraryPool));
        if (Zero.Value < 0 || Image.Value < 0 || Library.Value < 0 || Zero + Image + Library > Pages || !(SharedWrites is >= 0 and <= 1))
            throw new ArgumentException($"Zero ({Zero}), Image ({Image}) and Library ({Library}) start at 0 and fit into Pages ({Pages}); SharedWrites ({SharedWrites}) lies between 0 and 1.");
        return base.Checked();
    }
}

/// <summary>A database: loads its tables, lies idle, and is queried late, over all of its data at once.</summary>
/// <param name="Tables">The pages of its tables.</param>
/// <param name="QueryAtSeconds">When the query begins, in seconds since the guest booted.</param>
/// <param name="QuerySeconds">How long it lasts.</param>
/// <remarks>OSDI '02 §6.3, figure 8: the SQL server.</remarks>
public sealed record DatabaseWorkload(PageCount Tables, double QueryAtSeconds, double QuerySeconds) : WorkloadOptions
{
    internal override WorkloadOptions Checked()
    {
        AtLeastOnePage(Tables, nameof(Tables));
        if (!(QueryAtSeconds >= 0) || !(QuerySeconds >= 0))
            throw new ArgumentException($"The query begins at {QueryAtSeconds} s for {QuerySeconds} s; neither is below 0.");
        return base.Checked();
    }
}

/// <summary>A network server: fills a buffer of a small ring and sends it, again and again; some packets leave from pages of files instead.</summary>
/// <param name="Ring">The pages of the ring.</param>
/// <remarks>OSDI '02 §7: the network transmit path. <see cref="WorkloadOptions.Writes"/> has no meaning here.</remarks>
public sealed record NetworkWorkload(PageCount Ring) : WorkloadOptions
{
    /// <summary>Pages of the file cache that packets may leave from.</summary>
    public PageCount Files { get; init; }

    /// <summary>Which part of the packets leaves from there, from 0 to 1. course choice: 2 %, hardly any page of them twice.</summary>
    public double FromFiles { get; init; } = 0.02;

    internal override WorkloadOptions Checked()
    {
        AtLeastOnePage(Ring, nameof(Ring));
        if (Files.Value < 0 || !(FromFiles is >= 0 and <= 1))
            throw new ArgumentException($"Files is {Files}, FromFiles {FromFiles}; they start at 0, and FromFiles ends at 1.");
        return base.Checked();
    }
}
