using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// What an administrator, a lecturer or a scenario does to a host from outside. Every change of a parameter makes the host work out
// its targets anew (OSDI '02 §6.3).

public sealed partial class EsxHost
{
    /// <summary>Starts a process inside a VM's guest.</summary>
    /// <param name="vm">The VM; its guest must be running.</param>
    /// <param name="name">What the process is called.</param>
    /// <param name="pages">How many virtual pages it has.</param>
    /// <returns>The process, none of its pages touched.</returns>
    public GuestProcess StartProcess(VirtualMachine vm, string name, PageCount pages) => Hosted(vm).Guest.StartProcess(name, pages);

    /// <summary>Touches a page of a process: the whole way from VPN to MPN.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="process">A process of its guest.</param>
    /// <param name="vpn">The virtual page, from 0, within the process.</param>
    /// <param name="kind">Read or write; a write changes the contents.</param>
    /// <returns>False if the guest had no page to give.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The process has no such page, or does not run any more.</exception>
    public bool Touch(VirtualMachine vm, GuestProcess process, Vpn vpn, AccessKind kind)
    {
        RequirePage(process, vpn);
        RequirePower(vm);
        return TouchVirtual(Hosted(vm), process.FirstVpn + vpn.Value, kind, NextContents(vm, kind));
    }

    /// <summary>Touches a "physical" page of a VM directly, past its guest's page tables: as a kernel bug or a reboot would.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="ppn">The page.</param>
    /// <param name="kind">Read or write; a write changes the contents.</param>
    /// <returns>What the host had to do.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The VM has no such page.</exception>
    /// <exception cref="ArgumentException">The VM is powered off.</exception>
    public Outcome Touch(VirtualMachine vm, Ppn ppn, AccessKind kind)
    {
        vm.StateOf(ppn);
        RequirePower(vm);
        Outcome outcome = Access(Hosted(vm), ppn, kind, overwritten: false);
        if (kind == AccessKind.Write)
            machine.Write(vm.Pmap.MpnOf(ppn), NextContents(vm, kind));
        return outcome;
    }

    /// <summary>Sets a balloon's target by hand; the driver sees it at its next poll.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="pages">Pages that the balloon should hold; null lets the host decide again.</param>
    public void SetBalloonTarget(VirtualMachine vm, PageCount? pages) => Hosted(vm).ManualBalloonTarget = pages;

    /// <summary>Switches a guest's balloon driver on or off. Switched off it keeps what it holds and answers nothing.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="enabled">Whether it shall run.</param>
    public void EnableBalloonDriver(VirtualMachine vm, bool enabled)
    {
        if (Hosted(vm).Driver is { } driver)
            driver.IsEnabled = enabled;
    }

    /// <summary>Gives a VM more or fewer shares.</summary>
    /// <param name="vm">The VM.</param>
    /// <param name="shares">Its shares from now on.</param>
    /// <exception cref="ArgumentException">Shares are negative.</exception>
    public void SetShares(VirtualMachine vm, Shares shares)
    {
        vm.Parameters = (vm.Parameters with { Shares = shares }).Checked();
        Rebalance();
    }

    /// <summary>Sets the tax rate of the host.</summary>
    /// <param name="taxRate">τ from now on.</param>
    public void SetTaxRate(TaxRate taxRate)
    {
        TaxRate = taxRate;
        Rebalance();
    }

    /// <summary>Crashes a guest: it stops dead and answers nothing until it is rebooted. Its memory stays as it is.</summary>
    /// <param name="vm">The VM.</param>
    public void CrashGuest(VirtualMachine vm)
    {
        if (vm.IsPoweredOn)
            Hosted(vm).Guest.Crash();
    }

    /// <summary>Reboots a guest: processes, page cache and swap area are gone, and so is its memory of a balloon; the host's is not.</summary>
    /// <param name="vm">The VM.</param>
    public void RebootGuest(VirtualMachine vm)
    {
        HostedVm hosted = Hosted(vm);
        if (!vm.IsPoweredOn)
            return;
        ForgetTrappedBlocks(hosted);
        vm.Shadow.DropAll();
        hosted.Guest.Reboot();
        hosted.Driver?.Forget();
        hosted.Channel.GuestRebooted();
        if (!hosted.Options.Guest.ZeroesMemoryAtBoot)
            while (Boot(hosted))
            {
            }
    }

    /// <summary>Powers a VM off: all its memory is free, at once.</summary>
    /// <param name="vm">The VM.</param>
    public void RemoveVm(VirtualMachine vm)
    {
        HostedVm hosted = Hosted(vm);
        if (!vm.IsPoweredOn)
            return;
        vm.IsPoweredOn = false;
        ForgetTrappedBlocks(hosted);
        vm.Shadow.DropAll();
        hosted.Guest.Reboot();
        hosted.Driver?.Forget();
        hosted.Channel.GuestRebooted();
        for (int ppn = 0; ppn < vm.Pmap.Length; ppn++)
            if (vm.Pmap.StateOf(new Ppn(ppn)) != PmapState.Unbacked)
                mapper.Discard(vm, new Ppn(ppn));
        foreach (Mpn mpn in hosted.OverheadFrames)
            machine.Release(mpn);
        hosted.OverheadFrames.Clear();
        coloring?.Remove(vm);
        vm.Target = PageCount.Zero;
        hosted.Channel.Target = PageCount.Zero;
        Rebalance();
        Time.Observer?.On(new VmRemoved(Now, vm.Id));
    }

    private static void RequirePage(GuestProcess process, Vpn vpn)
    {
        if (process.Exited || (uint)vpn.Value >= (uint)process.Length)
            throw NoSuchPage(process, vpn);
    }

    private static ArgumentOutOfRangeException NoSuchPage(GuestProcess process, Vpn vpn) =>
        new(nameof(vpn), vpn, $"Process {process.Name} has {(process.Exited ? "ended" : $"virtual pages 0 to {process.Length - 1}")}.");

    private static void RequirePower(VirtualMachine vm)
    {
        if (!vm.IsPoweredOn)
            throw new ArgumentException($"{vm.Name} is powered off and touches nothing.", nameof(vm));
    }

    // What the next touch by hand writes: nothing seen before. Reads count, too, and write nothing.
    private ContentSeed NextContents(VirtualMachine vm, AccessKind kind)
    {
        touchesByHand++;
        return kind == AccessKind.Write ? ContentSeed.Of(1_000 + (ulong)vm.Id.Value, (ulong)touchesByHand) : ContentSeed.Zero;
    }

    private long touchesByHand;

    private void ForgetTrappedBlocks(HostedVm hosted)
    {
        foreach (int slot in hosted.TrappedBlocks.Values)
            swap.Release(slot);
        hosted.TrappedBlocks.Clear();
    }
}
