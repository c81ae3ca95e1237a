using System.Text;
using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Simulation;

/// <summary>Many touches at once, the hot way, against the plain ways, on machines short of memory with everything going on.</summary>
public sealed class HotTouchTests
{
    private enum Way { Hot, Plain, OneByOne }

    [Fact]
    public void A_batch_of_touches_comes_to_the_same_as_one_touch_after_another()
    {
        long hits = 0, others = 0;
        Gen.Int[0, 1_000_000].Sample(
            seed =>
            {
                (string hot, EsxHost host) = Run(seed, Way.Hot);
                Assert.Equal(Run(seed, Way.OneByOne).Seen, hot);
                Assert.Equal(Run(seed, Way.Plain).Seen, hot);
                Assert.Null(host.FindFault());
                hits += host.Vms.Sum(vm => vm.Outcomes[Outcome.Hit]);
                others += host.Vms.Sum(vm => vm.Outcomes[Outcome.SwapIn] + vm.Outcomes[Outcome.GuestFault] + vm.Outcomes[Outcome.SampleTouched]);
            },
            iter: 60,
            threads: 1);
        Assert.True(hits > 100_000 && others > 1_000, $"{hits} hits, {others} touches that were more than that");
    }

    [Fact]
    public void A_page_that_the_process_does_not_have_is_refused_before_any_is_touched()
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(1_000) });
        VirtualMachine vm = host.AddVm(new VmOptions("vm", new PageCount(500)));
        GuestProcess process = host.StartProcess(vm, "p", new PageCount(10));
        Assert.Throws<ArgumentOutOfRangeException>(() => host.Touch(vm, process, [new Vpn(0), new Vpn(10)], AccessKind.Read));
        Assert.Equal(0, vm.Outcomes[Outcome.GuestFault]);
        Assert.Equal(2, host.Touch(vm, process, [new Vpn(0), new Vpn(9)], AccessKind.Read));
    }

    private static (string Seen, EsxHost Host) Run(int seed, Way way)
    {
        Random random = new(seed);
        EsxHost host = new(new HostOptions
        {
            MachineMemory = new PageCount(600),
            Seed = (ulong)seed,
            OverheadPerVm = PageCount.Zero,
            VictimRule = (VictimRule)random.Next(4),
            Sampling = new() { PagesPerPeriod = 20, PeriodSeconds = 1 },
            RebalanceSeconds = 2,
            Sharing = random.Next(2) == 0 ? null : new SharingOptions { PagesPerSecondPerVm = 100, PagesPerSecond = 200 },
        })
        {
            TakesHotPath = way == Way.Hot,
        };
        List<(VirtualMachine Vm, GuestProcess Process)> players = [];
        for (int i = 0; i < 2; i++)
        {
            VirtualMachine vm = host.AddVm(new VmOptions($"vm{i}", new PageCount(400))
            {
                Guest = new GuestOptions { Replacement = random.Next(3) == 0 ? ReplacementPolicy.Lru : ReplacementPolicy.Clock, KernelBase = new PageCount(2) },
            });
            players.Add((vm, host.StartProcess(vm, "p", new PageCount(450))));
        }

        StringBuilder seen = new();
        for (int step = 0; step < 40; step++)
        {
            (VirtualMachine vm, GuestProcess process) = players[random.Next(players.Count)];
            AccessKind kind = random.Next(4) == 0 ? AccessKind.Write : AccessKind.Read;
            int start = random.Next(450), width = random.Next(1, 200);
            Vpn[] vpns = [.. Enumerable.Range(0, random.Next(400)).Select(_ => new Vpn((start + random.Next(width)) % 450))];
            int found = way == Way.OneByOne ? vpns.Count(vpn => host.Touch(vm, process, vpn, kind)) : host.Touch(vm, process, vpns, kind);
            seen.Append(found).Append(' ');
            if (random.Next(3) == 0)
                host.Step();
        }

        seen.Append(host.Report());
        foreach ((VirtualMachine vm, GuestProcess process) in players)
        {
            seen.Append(host.Hosted(vm).SpentNanoseconds).AppendJoin(' ', host.Snapshot(vm).States);
            for (int vpn = process.FirstVpn; vpn < process.FirstVpn + process.Length; vpn++)
                seen.Append(' ').Append(RandomMachine.ContentsOf(host, host.Hosted(vm), vpn));
        }

        return (seen.ToString(), host);
    }
}
