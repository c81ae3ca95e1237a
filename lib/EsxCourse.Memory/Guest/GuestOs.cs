using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;

namespace EsxCourse.Memory.Guest;

// The guest operating system: an unmodified system that manages what it believes to be its machine's memory. Ballooning works
// because it has a replacement policy of its own, and double paging hurts for the same reason.
//
//   table[vpn]   4 bytes  the page table: PPN >= 0 present, -1 never touched (or clean in its file), -2-slot in the swap area
//   use[ppn]     1 byte   free, kernel, anonymous, page cache, balloon
//   link[ppn]    4 bytes  the VPN that a page serves; of a free page, the next one on the free list, a stack
//   replacement  1 byte (clock) or 8 (LRU)
//
// Always: table[vpn] = ppn exactly if link[ppn] = vpn and use[ppn] is anonymous or page cache; a page is on the free list exactly
// if its use is free; a swap slot belongs to one VPN or is free. An anonymous page is zeroed by the guest before its first use.
// Left out: read-ahead, shared memory between processes, guest huge pages, and swap slots that stay valid after a page-in.

/// <summary>What a guest is doing.</summary>
public enum GuestState
{
    /// <summary>Booting: kernel structures are set up (and memory is zeroed); no driver runs yet.</summary>
    Booting,

    /// <summary>Up.</summary>
    Running,

    /// <summary>Crashed: nothing runs, nothing answers.</summary>
    Crashed,
}

/// <summary>A guest operating system: page tables, page cache, anonymous memory, replacement and swap of its own.</summary>
public sealed class GuestOs
{
    /// <summary>What the simulator keeps for each "physical" page, without the replacement's own.</summary>
    public const int BytesPerPage = sizeof(byte) + sizeof(byte) + sizeof(int);

    private const int NeverTouched = -1;

    private enum PageUse : byte { Free, Kernel, Anonymous, PageCache, Balloon }

    private readonly VmId vm;
    private readonly GuestOptions options;
    private readonly IGuestMachine machine;
    private readonly SimulatedTime time;
    private readonly OutcomeCounts counts;

    private readonly PageUse[] use;
    private readonly bool[] dirty;
    private readonly int[] link;
    private readonly int swapSlots;
    private readonly int kernelPages;
    private readonly Stack<int> freedSlots = new();
    private readonly List<GuestProcess> processes = [];
    private readonly Dictionary<string, (int FirstBlock, int Pages)> files = [];
    private readonly Func<int, bool> mayGo;
    private IPageReplacement replacement = null!;
    private int[] table = [];
    private int tableLength;
    private int freeTop;
    private int freeCount;
    private int usedSlots;
    private int nextFileBlock;
    private int bootedPages;

    internal GuestOs(VmId vm, PageCount size, GuestOptions options, IGuestMachine machine, SimulatedTime time, OutcomeCounts counts)
    {
        this.vm = vm;
        this.options = options.Checked();
        this.machine = machine;
        this.time = time;
        this.counts = counts;
        int pages = (int)size.Value;
        use = new PageUse[pages];
        dirty = new bool[pages];
        link = new int[pages];
        swapSlots = (int)(options.SwapArea?.Value ?? 2 * size.Value);
        nextFileBlock = swapSlots;
        kernelPages = Math.Min(pages / 2, (int)options.KernelBase.Value + (int)(pages * options.KernelFraction));
        mayGo = ppn => use[ppn] == PageUse.PageCache || HasSwapSlot;
        Reset();
    }

    /// <summary>What it is doing.</summary>
    public GuestState State { get; private set; }

    /// <summary>The size of its "physical" memory.</summary>
    public PageCount Size => new(use.Length);

    /// <summary>Pages on its free list.</summary>
    public PageCount Free => new(freeCount);

    /// <summary>Pages that its own structures take: they grow with its configured memory, and stay when it is ballooned (figure 2).</summary>
    public PageCount KernelPages => new(kernelPages);

    /// <summary>Pages that the balloon driver holds, as the guest knows it.</summary>
    public PageCount BalloonPages { get; private set; }

    /// <summary>The most that it lets the driver have.</summary>
    public PageCount BalloonLimit => new((long)(use.Length * options.MaximumBalloon));

    /// <summary>Pages in its own swap area.</summary>
    public PageCount SwappedPages => new(usedSlots);

    /// <summary>Blocks below this belong to the swap area; the monitor can tell (a trapped paging disk).</summary>
    internal int SwapBlocks => swapSlots;

    private bool HasSwapSlot => usedSlots < swapSlots;

    /// <summary>Does one page's worth of booting: kernel structures, then zeroing if this guest does that.</summary>
    /// <returns>Whether there is more to do; when not, the guest runs.</returns>
    internal bool BootPage()
    {
        int last = options.ZeroesMemoryAtBoot ? use.Length : kernelPages;
        if (State != GuestState.Booting)
            return false;
        if (bootedPages < last)
        {
            int ppn = bootedPages++;
            machine.Store(new Ppn(ppn), ppn < kernelPages ? ContentSeed.Of(options.Image, (ulong)ppn) : ContentSeed.Zero);
            return true;
        }

        State = GuestState.Running;
        counts.Count(Outcome.GuestBoot);
        time.Observer?.On(new GuestBooted(time.Now, vm));
        return false;
    }

    /// <summary>Stops dead. Memory stays as it is; nothing is answered any more.</summary>
    internal void Crash()
    {
        State = GuestState.Crashed;
        counts.Count(Outcome.GuestCrash);
        time.Observer?.On(new GuestCrashed(time.Now, vm));
    }

    /// <summary>Starts over: processes, page cache and swap are gone, and it has forgotten that some pages were in a balloon.</summary>
    internal void Reboot() => Reset();

    /// <summary>Starts a process with so many virtual pages, none of them touched.</summary>
    internal GuestProcess StartProcess(string name, PageCount pages) => AddProcess(name, (int)pages.Value, firstBlock: -1);

    /// <summary>Opens a file; the first time it is made, with contents by block.</summary>
    internal GuestProcess OpenFile(string name, PageCount pages, Action<int, int> write)
    {
        if (!files.TryGetValue(name, out (int FirstBlock, int Pages) file))
        {
            file = (nextFileBlock, (int)pages.Value);
            nextFileBlock += file.Pages;
            files.Add(name, file);
            for (int page = 0; page < file.Pages; page++)
                write(page, file.FirstBlock + page);
        }

        return AddProcess(name, file.Pages, file.FirstBlock);
    }

    /// <summary>Ends a process: its pages and swap slots are free.</summary>
    internal void Exit(GuestProcess process)
    {
        for (int vpn = process.FirstVpn; vpn < process.FirstVpn + process.Length; vpn++)
        {
            int entry = table[vpn];
            if (entry >= 0)
            {
                Unmap(vpn, entry, NeverTouched);
                PushFree(entry);
            }
            else if (entry < NeverTouched)
            {
                FreeSlot(-2 - entry);
            }

            table[vpn] = NeverTouched;
        }

        process.Exited = true;
    }

    /// <summary>Looks a virtual page up as the hardware would, and notes the reference for the guest's replacement.</summary>
    /// <returns>The PPN; -1 if the guest has to handle a fault.</returns>
    internal int Reference(int vpn, bool write)
    {
        int ppn = table[vpn];
        if (ppn < 0)
            return -1;
        if (Clock is { } clock)
            clock.Touch(ppn); // nearly always, and without a virtual call
        else
            replacement.Touch(ppn);
        if (write)
            dirty[ppn] = true;
        return ppn;
    }

    /// <summary>Which page a touch of a virtual page would come to, if finding that out needs no disk and evicts nothing. Changes nothing.</summary>
    /// <returns>The PPN; -1 if it takes more than that.</returns>
    internal int Foresee(int vpn) =>
        table[vpn] >= 0 ? table[vpn]
        : table[vpn] == NeverTouched && freeCount > 0 && !ProcessOf(vpn).IsFile ? freeTop
        : -1;

    /// <summary>Looks virtual pages up without noting a reference, up to the first that is not there.</summary>
    /// <returns>How many were there; their PPNs are in <paramref name="ppns"/>.</returns>
    internal int LookUp(int firstVpn, ReadOnlySpan<Vpn> vpns, Span<int> ppns)
    {
        ReadOnlySpan<int> entries = table;
        for (int i = 0; i < vpns.Length && i < ppns.Length; i++)
            if ((ppns[i] = entries[firstVpn + vpns[i].Value]) < 0)
                return i;
        return vpns.Length;
    }

    /// <summary>The guest's clock; null if its replacement is another.</summary>
    internal ClockReplacement? Clock { get; private set; }

    /// <summary>The guest's own page fault: finds a page, evicting if need be, and fills it.</summary>
    /// <returns>The PPN; -1 if there is no page to be had.</returns>
    internal int Fault(int vpn, bool write)
    {
        counts.Count(Outcome.GuestFault);
        int ppn = TakePage(mayEvict: true);
        if (ppn < 0)
        {
            counts.Count(Outcome.GuestOutOfMemory);
            return -1;
        }

        int entry = table[vpn];
        GuestProcess process = ProcessOf(vpn);
        bool fromDisk = entry < NeverTouched || process.IsFile;
        if (entry < NeverTouched)
        {
            machine.DiskRead(-2 - entry, new Ppn(ppn));
            FreeSlot(-2 - entry);
            counts.Count(Outcome.GuestPageIn);
        }
        else if (process.IsFile)
        {
            machine.DiskRead(process.FirstBlock + vpn - process.FirstVpn, new Ppn(ppn));
            counts.Count(Outcome.GuestFileRead);
        }
        else
        {
            machine.Store(new Ppn(ppn), ContentSeed.Zero);
        }

        table[vpn] = ppn;
        link[ppn] = vpn;
        use[ppn] = process.IsFile ? PageUse.PageCache : PageUse.Anonymous;
        dirty[ppn] = write;
        replacement.Add(ppn);
        time.Observer?.On(new GuestFaulted(time.Now, vm, new Vpn(vpn), new Ppn(ppn), fromDisk));
        return ppn;
    }

    /// <summary>The balloon driver asks for a page.</summary>
    /// <param name="mayEvict">Whether the guest may evict one of its own for it (a sleeping allocation).</param>
    /// <param name="ppn">The page.</param>
    /// <returns>Whether it got one.</returns>
    internal bool TryAllocateForBalloon(bool mayEvict, out Ppn ppn)
    {
        ppn = default;
        if (BalloonPages >= BalloonLimit)
            return false;
        int page = TakePage(mayEvict);
        if (page < 0)
            return false;
        use[page] = PageUse.Balloon;
        BalloonPages += new PageCount(1);
        ppn = new Ppn(page);
        return true;
    }

    /// <summary>The balloon driver gives a page back.</summary>
    internal void FreeFromBalloon(Ppn ppn)
    {
        if (use[ppn.Value] != PageUse.Balloon)
            throw new InvalidOperationException($"{vm} {ppn} is not the balloon driver's.");
        BalloonPages -= new PageCount(1);
        PushFree(ppn.Value);
    }

    /// <summary>Whether the driver holds this page. For the invariant check.</summary>
    internal bool IsBalloonPage(Ppn ppn) => use[ppn.Value] == PageUse.Balloon;

    /// <summary>The PPN behind a virtual page, or null: without noting a reference.</summary>
    internal Ppn? Translate(int vpn) => table[vpn] >= 0 ? new Ppn(table[vpn]) : null;

    /// <summary>The virtual page that a PPN serves, or null.</summary>
    internal int? OwnerOf(Ppn ppn) => use[ppn.Value] is PageUse.Anonymous or PageUse.PageCache ? link[ppn.Value] : null;

    /// <summary>The disk block where a virtual page is while it is not in memory, or null where it never was on disk.</summary>
    internal int? BlockOf(int vpn) =>
        table[vpn] < NeverTouched ? -2 - table[vpn] : ProcessOf(vpn) is { IsFile: true } file ? file.FirstBlock + vpn - file.FirstVpn : null;

    internal int VirtualPages => tableLength;

    /// <summary>What is wrong with the guest's own tables; null if nothing is. O(pages).</summary>
    internal string? FindFault()
    {
        int balloon = 0, free = 0, slots = 0;
        for (int ppn = 0; ppn < use.Length; ppn++)
        {
            balloon += use[ppn] == PageUse.Balloon ? 1 : 0;
            free += use[ppn] == PageUse.Free ? 1 : 0;
            if (use[ppn] is PageUse.Anonymous or PageUse.PageCache && table[link[ppn]] != ppn)
                return $"{vm}: PPN {ppn} serves VPN {link[ppn]}, whose page table entry is {table[link[ppn]]}";
        }

        for (int vpn = 0; vpn < tableLength; vpn++)
        {
            slots += table[vpn] < NeverTouched ? 1 : 0;
            if (table[vpn] >= 0 && OwnerOf(new Ppn(table[vpn])) != vpn)
                return $"{vm}: VPN {vpn} maps PPN {table[vpn]}, which serves VPN {OwnerOf(new Ppn(table[vpn]))}";
        }

        int listed = 0;
        for (int ppn = freeTop; listed < freeCount && use[ppn] == PageUse.Free; ppn = link[ppn])
            listed++;
        return balloon != BalloonPages.Value ? $"{vm}: {balloon} balloon pages, counted {BalloonPages}"
            : free != freeCount ? $"{vm}: {free} free pages, {freeCount} on the free list"
            : listed != freeCount ? $"{vm}: page {listed} of the free list is not free"
            : slots != usedSlots ? $"{vm}: {slots} swapped pages, {usedSlots} slots in use"
            : null;
    }

    private int TakePage(bool mayEvict)
    {
        if (freeCount > 0)
            return PopFree();
        if (!mayEvict)
            return -1;
        int victim = replacement.Victim(mayGo);
        if (victim >= 0)
            Evict(victim);
        return victim;
    }

    private void Evict(int ppn)
    {
        int vpn = link[ppn];
        bool written = true;
        if (use[ppn] == PageUse.Anonymous)
        {
            int slot = freedSlots.TryPop(out int freed) ? freed : usedSlots;
            usedSlots++;
            Unmap(vpn, ppn, -2 - slot);
            machine.DiskWrite(slot, new Ppn(ppn));
            counts.Count(Outcome.GuestPageOut);
        }
        else
        {
            GuestProcess file = ProcessOf(vpn);
            written = dirty[ppn];
            Unmap(vpn, ppn, NeverTouched);
            if (written)
                machine.DiskWrite(file.FirstBlock + vpn - file.FirstVpn, new Ppn(ppn));
            counts.Count(written ? Outcome.GuestFileWrite : Outcome.GuestCacheDrop);
        }

        time.Observer?.On(new GuestEvicted(time.Now, vm, new Ppn(ppn), written));
    }

    private void Unmap(int vpn, int ppn, int entry)
    {
        table[vpn] = entry;
        replacement.Remove(ppn);
        use[ppn] = PageUse.Free;
        machine.PageTableCleared(vpn, new Ppn(ppn));
    }

    private void PushFree(int ppn)
    {
        use[ppn] = PageUse.Free;
        link[ppn] = freeTop;
        freeTop = ppn;
        freeCount++;
    }

    private int PopFree()
    {
        int ppn = freeTop;
        freeTop = link[ppn];
        freeCount--;
        return ppn;
    }

    // Slots 0..usedSlots+freed-1 have been handed out before; freed ones are reused first, so the next new one is their number.
    private void FreeSlot(int slot)
    {
        freedSlots.Push(slot);
        usedSlots--;
    }

    private GuestProcess AddProcess(string name, int pages, int firstBlock)
    {
        GuestProcess process = new(name, tableLength, pages, firstBlock);
        if (table.Length < tableLength + pages)
            Array.Resize(ref table, Math.Max(tableLength + pages, table.Length * 2));
        table.AsSpan(tableLength, pages).Fill(NeverTouched);
        tableLength += pages;
        processes.Add(process);
        machine.AddressSpaceSwitched();
        return process;
    }

    private GuestProcess ProcessOf(int vpn)
    {
        // Processes lie one after another: the last that starts at or before the page has it.
        int low = 0, high = processes.Count - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            if (processes[middle].FirstVpn <= vpn)
                low = middle;
            else
                high = middle - 1;
        }

        return processes[low];
    }

    private void Reset()
    {
        State = GuestState.Booting;
        bootedPages = 0;
        Clock = options.Replacement == ReplacementPolicy.Clock ? new ClockReplacement(use.Length) : null;
        replacement = Clock ?? (IPageReplacement)new LruReplacement(use.Length);
        foreach (GuestProcess process in processes)
            process.Exited = true;
        processes.Clear();
        tableLength = 0;
        freedSlots.Clear();
        usedSlots = 0;
        BalloonPages = PageCount.Zero;
        freeCount = 0;
        Array.Clear(dirty);
        for (int ppn = use.Length - 1; ppn >= kernelPages; ppn--)
            PushFree(ppn);
        for (int ppn = 0; ppn < kernelPages; ppn++)
            use[ppn] = PageUse.Kernel;
    }
}
