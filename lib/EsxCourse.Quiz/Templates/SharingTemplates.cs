using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Simulation;
using EsxCourse.Memory.Virtualization;
using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Templates;

// What sharing saves, found out by running a host: VMs touch pages, the scanner goes over all of them, and the report is read (OSDI '02 §4).
internal static class SharingTemplates
{
    private const int VmPages = 64;

    private static readonly string[] Sources = ["slide: Content-based Sharing", "§4.1", "§4.3"];

    public static IReadOnlyList<ItemTemplate> All { get; } =
    [
        new("pages-reclaimed", "sharing", "Machine pages that sharing frees", Sources, Reclaimed),
        new("pages-after-writes", "sharing", "What copy-on-write takes back", Sources, AfterWrites),
    ];

    private static NumberDraft Reclaimed(SeedStream draw)
    {
        (int vms, int zero, int own) = (draw.Between(2, 5), draw.Between(4, 12), draw.Between(3, 9));
        SharingReport report = Run(vms, zero, own, written: 0, salted: false), salted = Run(vms, zero, own, written: 0, salted: true);
        return new NumberDraft(
            $"Each of {vms} VMs has read {zero} new pages (all zero) and written {own} pages with content that nobody else has. The scanner has been over everything. How many machine pages has sharing freed?",
            report.Reclaimed.Value, 0, "pages", "All zero pages of all VMs share one machine page; the others match nothing.")
        {
            Traps =
            [
                new(report.Shared.Value, "counted shared for freed", "So many pages share; one machine page for them all must stay."),
                new(salted.Reclaimed.Value, "shared within each VM only", "Content does not care whose it is: one zero page serves all VMs (unless they are salted, as vSphere does today)."),
                new(zero * (vms - 1), "shared between VMs only", "Pages of one VM share with each other too."),
                new((vms * (zero + own)) - 1, "shared everything", "Pages of different content are never shared."),
            ],
            Worked = [$"{vms} x {zero} = {vms * zero} zero pages share: {report.Shared.Value}", $"one machine page stays: {report.Reclaimed.Value} are freed", $"the {vms * own} written pages match nothing"],
        };
    }

    private static NumberDraft AfterWrites(SeedStream draw)
    {
        (int vms, int zero) = (draw.Between(2, 4), draw.Between(6, 12));
        int written = draw.Between(2, zero - 2);
        SharingReport before = Run(vms, zero, own: 0, written: 0, salted: false), after = Run(vms, zero, own: 0, written, salted: false);
        return new NumberDraft(
            $"Each of {vms} VMs has {zero} pages of zeroes, and all of them share one machine page. Now the first VM writes to {written} of its pages. How many machine pages does sharing still save?",
            after.Reclaimed.Value, 0, "pages", "Each write gives the writer a private copy; the others go on sharing.")
        {
            Traps =
            [
                new(before.Reclaimed.Value, "forgot the copies", "Each written page needs a machine page of its own now."),
                new(0, "broke all sharing", "Only the written pages leave; the frame stays for the others."),
                new(before.Reclaimed.Value - (written * vms), "copied for every VM", "Only the writer's pages are copied."),
                new(after.Shared.Value, "counted shared for saved", "One machine page of those that share has to stay."),
            ],
            Worked = [$"before: {vms * zero} pages in one machine page, {before.Reclaimed.Value} saved", $"{written} writes make {written} private copies", $"after: {after.Shared.Value} pages share, {after.Reclaimed.Value} saved"],
        };
    }

    private static SharingReport Run(int vms, int zero, int own, int written, bool salted)
    {
        EsxHost host = new(new HostOptions { MachineMemory = new PageCount(16 * VmPages), Sharing = new SharingOptions { PagesPerSecondPerVm = VmPages, PagesPerSecond = 16 * VmPages, Scan = ScanPolicy.Sequential, SaltPerVm = salted } });
        VirtualMachine[] machines = [.. Enumerable.Range(1, vms).Select(number => host.AddVm(new VmOptions($"VM {number}", new PageCount(VmPages)) { Guest = new GuestOptions { KernelFraction = 0, KernelBase = PageCount.Zero } }))];
        foreach (VirtualMachine vm in machines)
            for (int ppn = 0; ppn < zero + own; ppn++)
                host.Touch(vm, new Ppn(ppn), ppn < zero ? AccessKind.Read : AccessKind.Write);
        for (int second = 0; second < 4; second++)
            host.Step();
        for (int ppn = 0; ppn < written; ppn++)
            host.Touch(machines[0], new Ppn(ppn), AccessKind.Write);
        return host.SharingReport()!.Value;
    }
}
