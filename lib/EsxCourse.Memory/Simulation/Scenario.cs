using System.Collections.Immutable;
using EsxCourse.Contracts;
using EsxCourse.Memory.Alternatives;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Sharing;

namespace EsxCourse.Memory.Simulation;

// A scenario: a host, the VMs that run on it, and what happens to them when. Written as YAML (ScenarioFile.cs says how), run by
// ScenarioRun.

/// <summary>A VM of a scenario, and when it is powered on.</summary>
/// <param name="StartSeconds">When, in seconds since the scenario began.</param>
/// <param name="Options">The VM.</param>
public sealed record ScheduledVm(int StartSeconds, VmOptions Options)
{
    /// <summary>Where it is written, for messages: <c>file:line</c>; empty if it was built in code.</summary>
    public string Place { get; init; } = "";
}

/// <summary>Something that happens to the host of a scenario.</summary>
/// <param name="AtSeconds">When, in seconds since the scenario began.</param>
public abstract record ScenarioEvent(int AtSeconds);

/// <summary>A VM is powered off and removed.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Vm">Its name.</param>
public sealed record RemoveVmEvent(int AtSeconds, string Vm) : ScenarioEvent(AtSeconds);

/// <summary>A VM gets more or fewer shares.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Vm">Its name.</param>
/// <param name="Shares">Its shares from then on.</param>
public sealed record SetSharesEvent(int AtSeconds, string Vm, Shares Shares) : ScenarioEvent(AtSeconds);

/// <summary>The tax rate changes.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="TaxRate">τ from then on.</param>
public sealed record SetTaxRateEvent(int AtSeconds, TaxRate TaxRate) : ScenarioEvent(AtSeconds);

/// <summary>A guest crashes.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Vm">Its VM's name.</param>
public sealed record CrashEvent(int AtSeconds, string Vm) : ScenarioEvent(AtSeconds);

/// <summary>A guest reboots.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Vm">Its VM's name.</param>
public sealed record RebootEvent(int AtSeconds, string Vm) : ScenarioEvent(AtSeconds);

/// <summary>A guest's balloon driver is switched on or off.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Vm">Its VM's name.</param>
/// <param name="Enabled">Whether it runs from then on.</param>
public sealed record BalloonDriverEvent(int AtSeconds, string Vm, bool Enabled) : ScenarioEvent(AtSeconds);

/// <summary>A balloon's target is set by hand.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Vm">Its VM's name.</param>
/// <param name="Target">What the balloon should hold; null lets the host decide again.</param>
public sealed record BalloonTargetEvent(int AtSeconds, string Vm, PageCount? Target) : ScenarioEvent(AtSeconds);

/// <summary>The guest touches a page of its balloon, as a buggy kernel would: the balloon pops.</summary>
/// <param name="AtSeconds">When.</param>
/// <param name="Vm">Its VM's name.</param>
public sealed record PopBalloonEvent(int AtSeconds, string Vm) : ScenarioEvent(AtSeconds);

/// <summary>One way to run a scenario that compares several: what is different from the others.</summary>
/// <param name="Name">What it is called in the table.</param>
public sealed record ScenarioVariant(string Name)
{
    /// <summary>Which pages the host pages out; null as the scenario has it.</summary>
    public VictimRule? VictimRule { get; init; }

    /// <summary>Whether the guests' paging disks are trapped; null as the scenario has it.</summary>
    public bool? TrapsPagingDisk { get; init; }

    /// <summary>Whether all guests have the balloon driver, or none; null as the scenario has it.</summary>
    public bool? BalloonDrivers { get; init; }

    /// <summary>τ; null as the scenario has it.</summary>
    public TaxRate? TaxRate { get; init; }

    /// <summary>Sharing, as a whole; null as the scenario has it.</summary>
    public SharingOptions? Sharing { get; init; }

    /// <summary>Colours, as a whole; null as the scenario has them.</summary>
    public ColoringOptions? Coloring { get; init; }

    /// <summary>Devices, as a whole; null as the scenario has them.</summary>
    public HotIoOptions? HotIo { get; init; }
}

/// <summary>A host, its VMs, and what happens to them over time.</summary>
/// <param name="Name">What it shows, in a few words.</param>
/// <param name="Host">The host.</param>
/// <param name="Vms">The VMs.</param>
/// <param name="Events">What happens, by time.</param>
/// <param name="Seconds">How long it runs.</param>
public sealed record Scenario(string Name, HostOptions Host, ImmutableArray<ScheduledVm> Vms, ImmutableArray<ScenarioEvent> Events, int Seconds)
{
    /// <summary>The YAML that it was read from; empty if it was built in code.</summary>
    public string Text { get; init; } = "";

    /// <summary>Also compares who steps in under ESX, Xen and Arrakis on one workload; null if it does not.</summary>
    public InterpositionOptions? Interposition { get; init; }

    /// <summary>The ways in which it is to be run and compared; none for a scenario that is run once.</summary>
    public ImmutableArray<ScenarioVariant> Variants { get; init; } = [];

    /// <summary>The scenario as one variant has it.</summary>
    /// <param name="variant">The variant.</param>
    /// <returns>A scenario to run once.</returns>
    public Scenario As(ScenarioVariant variant) => this with
    {
        Name = variant.Name,
        Variants = [],
        Host = Host with
        {
            VictimRule = variant.VictimRule ?? Host.VictimRule,
            TrapsPagingDisk = variant.TrapsPagingDisk ?? Host.TrapsPagingDisk,
            TaxRate = variant.TaxRate ?? Host.TaxRate,
            Sharing = variant.Sharing ?? Host.Sharing,
            Coloring = variant.Coloring ?? Host.Coloring,
            HotIo = variant.HotIo ?? Host.HotIo,
        },
        Vms = [.. Vms.Select(v => v with
        {
            Options = v.Options with { Guest = v.Options.Guest with { HasBalloonDriver = variant.BalloonDrivers ?? v.Options.Guest.HasBalloonDriver } },
        })],
    };

    /// <summary>Reads a scenario from a YAML file.</summary>
    /// <param name="file">The file.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="BadInputException">The file cannot be read or says something that cannot be; with file and line.</exception>
    public static Scenario Load(string file)
    {
        try
        {
            return Parse(file, File.ReadAllText(file));
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(file, "cannot be read", "name a scenario file, for example one of notebooks/scenarios", cause);
        }
    }

    /// <summary>Reads a scenario from YAML text.</summary>
    /// <param name="place">Where the text comes from, for messages.</param>
    /// <param name="text">The YAML.</param>
    /// <returns>The scenario.</returns>
    /// <exception cref="BadInputException">It says something that cannot be; with place and line.</exception>
    public static Scenario Parse(string place, string text) => new ScenarioFile(place, text).Read();
}
