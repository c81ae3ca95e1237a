using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Sharing;

// Content-based page sharing (OSDI '02 §4): pages with equal contents are backed by one machine page, copy-on-write, whoever owns
// them and however they came to be equal. No guest is asked or changed.
//
//   scan a private page: hash it, look the hash up
//     no match           leave a hint
//     shared frame       compare in full -> use that frame, free one's own
//     hint               hash the hinted page again
//                          another hash: the hint is stale, drop it and look on
//                          the same:     compare in full -> both pages share the hinted one's frame
//     equal hash, unequal contents: a false match; the scanned page is left alone from now on
//   write a shared page: the writer gets a copy (BreakSharing)
//
// Always: a page is Shared in its pmap exactly if its machine page is a shared frame, and the frame's count is the number of pages
// that map it; contents that are shared never change; a stale hint never shares anything, since every match is compared.
// Compared with ESX: pages are scanned once a second in one go instead of in idle cycles; frames are never read by devices while
// they are scanned.

internal sealed class ContentSharing
{
    private readonly MachineMemory machine;
    private readonly PageContents contents;
    private readonly PageMapper mapper;
    private readonly SimulatedTime time;
    private readonly SharingOptions options;
    private readonly PageHash hash;
    private readonly ulong seed;
    private readonly ScanBatch batch;
    private readonly List<Scanned> vms = [];
    private readonly byte[] buffer = new byte[PageCount.PageSizeBytes];
    private readonly byte[] other = new byte[PageCount.PageSizeBytes];
    private int firstOfTurn;

    public ContentSharing(MachineMemory machine, PageContents contents, PageMapper mapper, SimulatedTime time, SharingOptions options, ulong seed)
    {
        this.machine = machine;
        this.contents = contents;
        this.mapper = mapper;
        this.time = time;
        this.options = options.Checked();
        this.seed = seed;
        hash = options.Hash ?? ContentHash.OfBytes;
        batch = new ScanBatch(this);
        Table = new SharingTable(machine.FrameCount, largestCountInFrame: options.LargestCountInFrame);
        machine.SharedFrames = Table;
    }

    // A VM under scan; the index in `vms` is the VM's number, also after it is gone.
    private sealed record Scanned(VirtualMachine Vm, ScanOrder? Order, ulong Salt, LargePages? Large);

    public SharingTable Table { get; }

    /// <summary>Time that the host's processor spent on sharing.</summary>
    public long CpuNanoseconds { get; private set; }

    /// <summary>A VM is there to be scanned. VMs come in the order of their numbers.</summary>
    public void Add(VirtualMachine vm)
    {
        if (vm.Id.Value > Table.LargestVm || vm.Pmap.Length - 1 > Table.LargestPpn)
            Table.Widen();
        vms.Add(new Scanned(
            vm,
            ScanOrder.For(options.Scan, vm, new RandomStream(seed, $"sharing scan {vm.Id}")),
            options.SaltPerVm ? RandomStream.Mix(seed ^ (ulong)(vm.Id.Value + 1)) | 1 : 0,
            options.LargePagePages > 1 ? new LargePages(vm, options.LargePagePages, time) : null));
    }

    /// <summary>A second's worth of scanning: no VM more than its rate, all together no more than the system's.</summary>
    /// <param name="rateOf">How many pages of a VM at most, where that is less than the host's rate for each; null for that rate.</param>
    public void ScanForOneSecond(Func<VirtualMachine, int>? rateOf = null)
    {
        int left = options.PagesPerSecond;
        // Whoever was not reached last time is first this time.
        for (int turn = 0; turn < vms.Count && left > 0; turn++)
        {
            Scanned scanned = vms[(firstOfTurn + turn) % vms.Count];
            if (scanned.Order is null || !scanned.Vm.IsPoweredOn)
                continue;
            int pages = Math.Min(left, Math.Min(options.PagesPerSecondPerVm, rateOf?.Invoke(scanned.Vm) ?? int.MaxValue));
            for (; pages > 0 && scanned.Order.Next() is { } ppn; pages--, left--)
                Scan(scanned.Vm, ppn);
            if (left == 0)
                firstOfTurn = (firstOfTurn + turn + 1) % vms.Count;
        }
    }

    /// <summary>Tries to share each of these pages, in this order: many at once are faster than one by one.</summary>
    public void Scan(ReadOnlySpan<GuestPage> pages) => batch.Scan(pages);

    /// <summary>Tries to share one page.</summary>
    /// <returns>Whether its machine page was freed.</returns>
    public bool Scan(VirtualMachine vm, Ppn ppn) => Scan(vm, ppn, null);

    /// <summary>Tries to share a page whose hash was worked out before.</summary>
    public bool Scan(GuestPage page, ulong key) => Scan(vms[page.Vm.Value].Vm, page.Ppn, key);

    /// <summary>A page will be scanned soon: first its pmap entry is needed.</summary>
    public void ReadAheadEntry(GuestPage page) => vms[page.Vm.Value].Vm.Pmap.ReadAheadEntry(page.Ppn);

    /// <summary>Then all that is known about its machine page.</summary>
    public void ReadAheadFrame(Mpn mpn)
    {
        machine.ReadAheadFrame(mpn);
        Table.ReadAheadFrame(mpn);
    }

    /// <summary>Then the frame that it may match, and what the page of that frame holds.</summary>
    public void ReadAheadMatch(ulong key)
    {
        if (Table.ReadAheadMatch(key) is { } match)
            machine.ReadAheadContents(match);
    }

    /// <summary>The machine page of a page that may be shared; null for one that may not.</summary>
    public Mpn? FrameToShare(GuestPage page) =>
        vms[page.Vm.Value].Vm is var vm && ScanOrder.MayShare(vm, page.Ppn) ? vm.Pmap.MpnOf(page.Ppn) : null;

    /// <summary>The hash of a VM's machine page, salt included. Counts and costs nothing in simulated time: the scan itself does.</summary>
    public ulong HashOf(VmId vm, Mpn mpn) => Hash(machine.ContentsOf(mpn), vms[vm.Value].Salt);

    /// <summary>The bytes of a machine page where they lie; nothing if it only has a seed.</summary>
    public ReadOnlySpan<byte> RealBytesOf(Mpn mpn) => machine.ContentsOf(mpn) is { IsImported: true } real ? contents.Read(real, []) : [];

    private bool Scan(VirtualMachine vm, Ppn ppn, ulong? hashed)
    {
        Scanned scanned = vms[vm.Id.Value];
        if (!ScanOrder.MayShare(vm, ppn))
            return false;
        vm.Outcomes.Count(Outcome.SharingScan);
        if (scanned.Large?.IsLarge(ppn) == true)
        {
            vm.Outcomes.Count(Outcome.LargePageNotShared);
            return false;
        }

        Mpn mpn = vm.Pmap.MpnOf(ppn);
        Spend(options.Costs.HashNanoseconds);
        ulong key = hashed ?? Hash(machine.ContentsOf(mpn), scanned.Salt);
        Mpn? next;
        for (Mpn? match = Table.FirstMatch(key); match is { } found; match = next)
        {
            Spend(options.Costs.TableStepNanoseconds);
            next = Table.NextMatch(found, key); // Asked before a stale hint is dropped.
            if (found == mpn || (Table.IsHint(found) && !HintStands(found, key)))
                continue;
            if (!EqualInFull(mpn, found))
                return FalseMatch(vm, ppn, found);
            Share(vm, ppn, found, key);
            return true;
        }

        Spend(options.Costs.TableStepNanoseconds);
        Table.AddHint(key, mpn, vm.Id, ppn);
        vm.Outcomes.Count(Outcome.PageHinted);
        time.Observer?.On(new PageHinted(time.Now, vm.Id, ppn, mpn));
        return false;
    }

    /// <summary>A page is about to be paged out: it is tried for sharing first (OSDI '02 §4.3); a large page is broken for it.</summary>
    /// <returns>Whether its machine page was freed.</returns>
    public bool ScanBeforePageOut(VirtualMachine vm, Ppn ppn)
    {
        vms[vm.Id.Value].Large?.BreakAround(ppn);
        return Scan(vm, ppn);
    }

    /// <summary>Whether a write to a shared page needs a copy: not if nobody else uses it any more.</summary>
    public bool NeedsCopy(VirtualMachine vm, Ppn ppn) => Table.Count(vm.Pmap.MpnOf(ppn)) > 1;

    /// <summary>The last user of a shared page writes it: it is the user's own again.</summary>
    public void MakePrivate(VirtualMachine vm, Ppn ppn)
    {
        Mpn mpn = vm.Pmap.MpnOf(ppn);
        mapper.MakePrivate(vm, ppn);
        Broken(vm, ppn, mpn, mpn);
    }

    /// <summary>A shared page is written: the writer gets a page of its own.</summary>
    /// <param name="vm">Who writes.</param>
    /// <param name="ppn">The shared page.</param>
    /// <param name="copy">A frame just allocated; it gets the shared contents, unless all of them are about to be overwritten.</param>
    /// <param name="overwritten">Whether they are.</param>
    public void BreakSharing(VirtualMachine vm, Ppn ppn, Mpn copy, bool overwritten)
    {
        Mpn mpn = vm.Pmap.MpnOf(ppn);
        machine.Write(copy, overwritten ? ContentSeed.Zero : machine.ContentsOf(mpn));
        long steps = Table.OverflowSteps;
        mapper.BreakSharing(vm, ppn, copy);
        vm.Outcomes.Count(Outcome.SharingOverflow, Table.OverflowSteps - steps);
        Broken(vm, ppn, mpn, copy);
    }

    /// <summary>A page was written, shared or not.</summary>
    public void Written(VirtualMachine vm, Ppn ppn)
    {
        if (vms[vm.Id.Value].Order is not { WantsWrites: true } order)
            return;
        Spend(options.Costs.NoteWriteNanoseconds);
        order.Written(ppn);
    }

    /// <summary>Memory is short: the next large page of a VM is broken, so that its pages may be shared.</summary>
    /// <returns>Whether there was one.</returns>
    public bool BreakLargePage(VirtualMachine vm) => vms[vm.Id.Value].Large?.BreakNext() ?? false;

    /// <summary>Large pages that a VM still has.</summary>
    public int LargePagesOf(VirtualMachine vm) => vms[vm.Id.Value].Large?.Count ?? 0;

    /// <summary>What sharing saves now. O(frames).</summary>
    public SharingReport Report() => SharingReport.Of(Table, machine, contents, CpuNanoseconds);

    // Whether the hinted page is still there and has the hash that was looked up. A stale hint is dropped.
    private bool HintStands(Mpn hinted, ulong key)
    {
        (VmId id, Ppn ppn) = Table.HintOwner(hinted);
        Scanned owner = vms[id.Value];
        bool there = owner.Vm.StateOf(ppn) == PmapState.Mapped && owner.Vm.Pmap.MpnOf(ppn) == hinted;
        Spend(there ? options.Costs.HashNanoseconds : 0);
        ulong now = there ? Hash(machine.ContentsOf(hinted), owner.Salt) : 0;
        if (!there || !Table.HintHolds(hinted, now))
        {
            Table.DropHint(hinted);
            owner.Vm.Outcomes.Count(Outcome.StaleHint);
            time.Observer?.On(new StaleHintDropped(time.Now, id, ppn, hinted));
            return false;
        }

        // The upper half of two hashes agrees once in four thousand million pages without the lower: another page's hint, and a good one.
        // A page on its way to the disk, or with a false match behind it, is no partner, but its hint is not stale for that.
        return now == key && ScanOrder.MayShare(owner.Vm, ppn);
    }

    private void Share(VirtualMachine vm, Ppn ppn, Mpn shared, ulong key)
    {
        if (Table.IsHint(shared))
        {
            (VmId owner, Ppn ownerPpn) = Table.HintOwner(shared);
            Table.AddShared(key, shared);
            mapper.MarkShared(vms[owner.Value].Vm, ownerPpn);
            Shared(vms[owner.Value].Vm, ownerPpn, shared);
        }

        long steps = Table.OverflowSteps;
        Table.DropHint(vm.Pmap.MpnOf(ppn));
        Table.AddReference(shared);
        mapper.Share(vm, ppn, shared);
        vm.Outcomes.Count(Outcome.SharingOverflow, Table.OverflowSteps - steps);
        Shared(vm, ppn, shared);
    }

    private void Shared(VirtualMachine vm, Ppn ppn, Mpn mpn)
    {
        bool zero = contents.IsZero(machine.ContentsOf(mpn));
        vm.Outcomes.Count(zero ? Outcome.ZeroPageShared : Outcome.PageShared);
        time.Observer?.On(new PageShared(time.Now, vm.Id, ppn, mpn, Table.Count(mpn), zero));
    }

    private void Broken(VirtualMachine vm, Ppn ppn, Mpn from, Mpn to) =>
        time.Observer?.On(new SharingBroken(time.Now, vm.Id, ppn, from, to, Table.Count(from)));

    private bool FalseMatch(VirtualMachine vm, Ppn ppn, Mpn match)
    {
        vm.Pmap.MarksOf(ppn) |= PageMarks.FalseMatch;
        vm.Outcomes.Count(Outcome.FalseMatch);
        time.Observer?.On(new FalseMatchFound(time.Now, vm.Id, ppn, match));
        return false;
    }

    private ulong Hash(ContentSeed page, ulong salt)
    {
        if (options.Hash is null && !page.IsImported)
            return PageHashes.Salted(ContentHash.Of(page), salt); // the same as below, without the bytes
        return PageHashes.Salted(hash(contents.Read(page, buffer)), salt);
    }

    // Generated pages are equal exactly if their seeds are; real ones must be read.
    private bool EqualInFull(Mpn left, Mpn right)
    {
        Spend(options.Costs.CompareNanoseconds);
        (ContentSeed one, ContentSeed two) = (machine.ContentsOf(left), machine.ContentsOf(right));
        return one == two || ((one.IsImported || two.IsImported) && contents.Read(one, buffer).SequenceEqual(contents.Read(two, other)));
    }

    private void Spend(long nanoseconds) => CpuNanoseconds += nanoseconds;
}
