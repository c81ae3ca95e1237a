using EsxCourse.Contracts;
using EsxCourse.Memory.Ballooning;
using EsxCourse.Memory.Coloring;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.HotIo;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Reclamation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

/// <summary>A random host, random workloads and random faults, beside a naive model of what every virtual page must hold.</summary>
internal sealed class RandomMachine
{
    private readonly Random random;
    private readonly List<Player> players = [];
    private ulong writes;
    private int added;

    private sealed record Player(VirtualMachine Vm, HostedVm Hosted)
    {
        public GuestProcess Process = null!;
        public GuestProcess File = null!;
        public ulong[] Expected = [];      // by virtual page
        public bool[] Lost = [];           // dirty cache of a file at a crash: whatever the disk has
    }

    public RandomMachine(int seed)
    {
        random = new Random(seed);
        int frames = 1 << random.Next(6, 13);
        frames = random.Next(frames * 3 / 4, frames + 1) | 64;
        Host = new EsxHost(new HostOptions
        {
            MachineMemory = new PageCount(Math.Min(frames, 4096)),
            Seed = (ulong)seed,
            TaxRate = new TaxRate(random.Next(4) * 0.25),
            OverheadPerVm = new PageCount(random.Next(3)),
            VictimRule = (VictimRule)random.Next(4),
            TrapsPagingDisk = random.Next(3) == 0,
            Thresholds = (ThresholdScheme)random.Next(2),
            BalloonRate = random.Next(3) == 0 ? BalloonRate.Default : new BalloonRate { FromFreeList = 64, Slowest = 2, Fastest = 32, Increase = 2, SlowPolls = 2, Release = 16 },
            Sampling = new() { PagesPerPeriod = 20, PeriodSeconds = 1 },
            RebalanceSeconds = 3,
            Sharing = random.Next(4) == 0 ? null : RandomSharing(),
            Coloring = random.Next(3) == 0 ? RandomColoring() : null,
            HotIo = random.Next(2) == 0 ? RandomDevices(Math.Min(frames, 4096)) : null,
        });
        for (int i = random.Next(2, 5); i > 0; i--)
            Add();
    }

    // Weak hashes, small counts and large pages, so that false matches, overflows and breaking come up in a small machine.
    private SharingOptions RandomSharing() => new()
    {
        Scan = (ScanPolicy)random.Next(4),
        PagesPerSecondPerVm = random.Next(200),
        PagesPerSecond = random.Next(400),
        SaltPerVm = random.Next(4) == 0,
        LargePagePages = random.Next(4) == 0 ? 8 : 1,
        LargestCountInFrame = random.Next(2) == 0 ? 3 : SharingTable.LargestCountInFrame,
        Hash = random.Next(3) == 0 ? PageHashes.Truncated(8) : null,
    };

    private ColoringOptions RandomColoring() => new()
    {
        Cache = new CacheGeometry(16 << 10 << random.Next(4), 1 << random.Next(3)),
        Policy = (ColorPolicy)random.Next(2),
        Partition = random.Next(2) == 0,
        RecolorPagesPerSecond = random.Next(20),
        SimulateCache = random.Next(2) == 0,
    };

    // A few low pages, soon hot: so that making room comes up, too.
    private HotIoOptions RandomDevices(int frames)
    {
        int reach = random.Next(3, Math.Max(4, frames / 8));
        return new HotIoOptions
        {
            DeviceReach = new PageCount(reach),
            BouncePages = random.Next(1, 3),
            Threshold = random.Next(1, 4),
            Demotion = (DemotionRule)random.Next(3),
            HalvingSeconds = random.Next(1, 10),
            Iommu = random.Next(8) == 0,
        };
    }

    public EsxHost Host { get; }

    public IEnumerable<OutcomeCounts> Outcomes => Host.Vms.Select(v => v.Outcomes);

    /// <summary>One step: something happens to the machine.</summary>
    public void Step()
    {
        switch (random.Next(100))
        {
            case < 55: Touch(); break;
            case < 73: Host.Step(); break;
            case < 77: Send(); break;
            case < 80: Pop(); break;
            case < 84: Reboot(Any()); break;
            case < 86: Crash(Any()); break;
            case < 87: Remove(); break;
            case < 90: Add(); break;
            case < 92: Host.SetShares(Any().Vm, new Shares(random.Next(1, 2000))); break;
            case < 93: Host.SetTaxRate(new TaxRate(random.Next(20) * 0.05)); break;
            case < 95: Host.EnableBalloonDriver(Any().Vm, random.Next(3) > 0); break;
            default:
                VirtualMachine vm = Any().Vm;
                Host.SetBalloonTarget(vm, random.Next(2) == 0 ? null : new PageCount(random.Next((int)vm.Size.Value)));
                break;
        }
    }

    /// <summary>What is wrong, if anything: the machine's own rules, then every page's contents.</summary>
    public string? FindFault() => Host.FindFault() ?? players.Select(FindWrongContents).FirstOrDefault(fault => fault is not null);

    private Player Any() => players[random.Next(players.Count)];

    private void Add()
    {
        int frames = (int)Host.Machine.FrameCount.Value;
        int size = random.Next(Math.Max(16, frames / 6), Math.Max(24, frames * 3 / 4));
        VmOptions options = new($"vm{added++}", new PageCount(size))
        {
            Min = new PageCount(random.Next(size / 4)),
            Shares = new Shares(random.Next(1, 2000)),
            Guest = new GuestOptions
            {
                Replacement = (ReplacementPolicy)random.Next(2),
                SwapArea = new PageCount(random.Next(3) * size / 2),
                ZeroesMemoryAtBoot = random.Next(6) == 0,
                BootPagesPerSecond = 2000,
                HasBalloonDriver = random.Next(5) > 0,
                MaximumBalloon = random.Next(2) == 0 ? 0.65 : 0.2,
                KernelBase = new PageCount(2),
            },
        };
        VirtualMachine vm;
        try
        {
            vm = Host.AddVm(options);
        }
        catch (BadInputException)
        {
            return; // admission control, or a partitioned cache without a colour left
        }

        Player player = new(vm, Host.Hosted(vm));
        players.Add(player);
        Start(player);
    }

    private void Start(Player player)
    {
        int size = (int)player.Vm.Size.Value;
        bool first = player.Expected.Length == 0;
        ulong[] before = player.Expected;
        player.Process = player.Hosted.Guest.StartProcess("model", new PageCount(size * 5 / 4));
        player.File = player.Hosted.Guest.OpenFile("file", new PageCount(size), (page, block) => player.Hosted.Vm.Disk.Write(block, ContentSeed.Of(9, (ulong)page)));
        player.Expected = new ulong[player.Process.Length + size];
        bool[] lost = new bool[player.Expected.Length];
        for (int page = 0; page < size; page++)
        {
            int vpn = player.File.FirstVpn + page;
            player.Expected[vpn] = first ? ContentSeed.Of(9, (ulong)page).Value : before[vpn];
            lost[vpn] = !first;
        }

        player.Lost = lost;
    }

    // A burst, so that memory really fills up: mostly of one region, so that working sets exist.
    private void Touch()
    {
        Player player = Any();
        if (player.Hosted.Guest.State != GuestState.Running)
        {
            if (player.Hosted.Guest.State == GuestState.Booting)
                Host.Step();
            return;
        }

        int all = player.Expected.Length;
        int start = random.Next(all), width = random.Next(1, all), touches = random.Next(1, 1 + Math.Min(all, 400));
        bool sweep = random.Next(2) == 0;
        for (int i = 0; i < touches; i++)
        {
            int vpn = (start + (sweep ? i : random.Next(width))) % all;
            bool write = random.Next(3) == 0;
            ContentSeed contents = random.Next(10) switch { 0 => ContentSeed.Zero, < 4 => ContentSeed.Of(78, (ulong)random.Next(40)), _ => ContentSeed.Of(77, ++writes) };
            if (!Host.TouchVirtual(player.Hosted, vpn, write ? AccessKind.Write : AccessKind.Read, contents))
                continue; // the guest is out of memory
            if (write)
                (player.Expected[vpn], player.Lost[vpn]) = (contents.Value, false);
            ulong read = Contents(player, vpn);
            if (player.Lost[vpn])
                (player.Expected[vpn], player.Lost[vpn]) = (read, false);
            else if (read != player.Expected[vpn])
                throw new InvalidOperationException($"{player.Vm.Id} VPN {vpn}: read {read:x}, last written {player.Expected[vpn]:x}");
        }
    }

    // Some pages are sent again and again; the network card must see what the page holds.
    private void Send()
    {
        Player player = Any();
        if (player.Hosted.Guest.State != GuestState.Running)
            return;
        int first = random.Next(player.Process.Length), ring = random.Next(1, 9);
        for (int packet = 0; packet < 40; packet++)
        {
            int vpn = player.Process.FirstVpn + (first + packet % ring) % player.Process.Length;
            if (!Host.TouchVirtual(player.Hosted, vpn, AccessKind.Send, ContentSeed.Zero))
                continue;
            ContentSeed seen = Host.Transmit(player.Vm, player.Hosted.Guest.Translate(vpn)!.Value);
            if (seen.Value != player.Expected[vpn])
                throw new InvalidOperationException($"{player.Vm.Id} VPN {vpn}: the card saw {seen}, last written {player.Expected[vpn]:x}");
        }
    }

    private void Pop()
    {
        Player player = Any();
        if (player.Vm.Ballooned == PageCount.Zero)
            return;
        int start = random.Next((int)player.Vm.Size.Value);
        for (int i = 0; i < player.Vm.Size.Value; i++)
        {
            Ppn ppn = new((int)((start + i) % player.Vm.Size.Value));
            if (player.Vm.StateOf(ppn) != PmapState.Ballooned)
                continue;
            Host.Touch(player.Vm, ppn, AccessKind.Read);
            if (!Host.Machine.ContentsOf(player.Vm.MpnOf(ppn)!.Value).IsZero)
                throw new InvalidOperationException($"{player.Vm.Id} {ppn}: a popped page shows what it is not to show");
            return;
        }
    }

    private void Crash(Player player) => Host.CrashGuest(player.Vm);

    private void Reboot(Player player)
    {
        Host.RebootGuest(player.Vm);
        Start(player);
    }

    private void Remove()
    {
        if (players.Count < 3)
            return;
        Player player = Any();
        Host.RemoveVm(player.Vm);
        players.Remove(player);
    }

    private string? FindWrongContents(Player player)
    {
        for (int vpn = 0; vpn < player.Expected.Length; vpn++)
            if (!player.Lost[vpn] && Contents(player, vpn) is ulong read && read != player.Expected[vpn])
                return $"{player.Vm.Id} VPN {vpn} holds {read:x}, last written {player.Expected[vpn]:x}";
        return null;
    }

    private ulong Contents(Player player, int vpn) => ContentsOf(Host, player.Hosted, vpn);

    /// <summary>What a virtual page holds, wherever it is: a frame, the host's swap space, the guest's disk, or nowhere yet.</summary>
    public static ulong ContentsOf(EsxHost host, HostedVm hosted, int vpn)
    {
        Pmap pmap = hosted.Vm.Pmap;
        if (hosted.Guest.Translate(vpn) is { } ppn)
            return pmap.StateOf(ppn) switch
            {
                PmapState.Mapped or PmapState.Shared => host.Machine.ContentsOf(pmap.MpnOf(ppn)).Value,
                PmapState.Swapped => host.Swap.Read(pmap.SlotOf(ppn)).Value,
                PmapState state => throw new InvalidOperationException($"{hosted.Vm.Id} VPN {vpn} is in use and its {ppn} is {state}"),
            };
        if (hosted.Guest.BlockOf(vpn) is not { } block)
            return ContentSeed.Zero.Value;
        return hosted.TrappedBlocks.TryGetValue(block, out int slot) ? host.Swap.Read(slot).Value : hosted.Vm.Disk.Read(block).Value;
    }
}
