using System.Globalization;
using System.Text;
using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Paging;
using EsxCourse.Memory.Simulation;

namespace EsxCourse.Memory.Tests.Simulation;

// Every kind of workload on random hosts under pressure. The model of memory is fed by the trace: what a workload wrote last to a
// page is what the page must hold, wherever it is by then.
public sealed class RandomWorkloadTests
{
    private const int Hosts = 60, Seconds = 25;

    private sealed class Model : TextWriter
    {
        public Dictionary<(int Vm, int Vpn), ulong> LastWritten { get; } = [];

        public override Encoding Encoding => Encoding.UTF8;

        // A line of a trace: VM, r or w, VPN, contents, thinking.
        public override void Write(string? value)
        {
            string[] parts = value!.Split(' ');
            if (parts[1] == "w")
                LastWritten[(int.Parse(parts[0]), int.Parse(parts[2]))] = ulong.Parse(parts[3], NumberStyles.HexNumber);
        }
    }

    [Fact]
    public void What_a_workload_wrote_last_is_what_its_page_holds_after_every_second() => Gen.Int[0, int.MaxValue - 1].Sample(
        seed =>
        {
            Random random = new(seed);
            int frames = random.Next(256, 2048);
            EsxHost host = new(new HostOptions
            {
                MachineMemory = new PageCount(frames),
                Seed = (ulong)seed,
                VictimRule = (VictimRule)random.Next(4),
                TrapsPagingDisk = random.Next(2) == 0,
                Sampling = new() { PeriodSeconds = 2 },
                RebalanceSeconds = 4,
                BalloonRate = new() { Slowest = 8, Fastest = 64 },
            });
            Model model = new();
            host.TraceWriter = new TraceWriter(model);
            for (int i = 0; i < 4; i++)
                host.AddVm(RandomVm(random, $"vm{i}", frames / 2));
            for (int second = 0; second < Seconds; second++)
            {
                if (random.Next(20) == 0)
                    host.CrashGuest(host.Vms[random.Next(4)]);
                host.Step();
                Assert.True(host.FindFault() is null, $"seed {seed}, second {second}: {host.FindFault()}");
                foreach (((int vm, int vpn), ulong contents) in model.LastWritten)
                    Assert.True(
                        RandomMachine.ContentsOf(host, host.Hosted(host.Vms[vm]), vpn) == contents,
                        $"seed {seed}, second {second}: VM{vm + 1} VPN {vpn} does not hold {contents:x}, written last");
            }

            Assert.NotEmpty(model.LastWritten);
        },
        iter: Hosts, threads: 1);

    private static VmOptions RandomVm(Random random, string name, int size)
    {
        PageCount Pages(int most) => new(random.Next(1, most));
        WorkloadPhase[] phases = [new(3, Pages(size)), new(4, PageCount.Zero), new(3, Pages(size))];
        WorkloadOptions workload = random.Next(7) switch
        {
            0 => new IdleWorkload { Pages = Pages(size) },
            1 => new SteadyWorkload(Pages(size * 5 / 4)),
            2 => new PhasedWorkload([.. phases]),
            3 => new ToucherWorkload([.. phases]),
            4 => new DbenchWorkload(Pages(size * 2)) { Clients = Pages(size / 2) },
            5 => new BootWorkload(Pages(size)),
            _ => new DatabaseWorkload(Pages(size), QueryAtSeconds: 10, QuerySeconds: 10),
        };
        return new VmOptions(name, new PageCount(size))
        {
            Min = new PageCount(random.Next(size / 4)),
            Guest = new()
            {
                Replacement = (Memory.Guest.ReplacementPolicy)random.Next(2),
                ZeroesMemoryAtBoot = random.Next(3) == 0,
                BootPagesPerSecond = 200,
                HasBalloonDriver = random.Next(4) > 0,
            },
            Workload = workload with { TouchesPerSecond = random.Next(50, 3000) },
        };
    }
}
