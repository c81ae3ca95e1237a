using System.Runtime.InteropServices;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Sharing;

namespace EsxCourse.Cli.Bench;

/// <summary>
/// The memory of eight VMs as real bytes: of ten pages one is zero, four are the same in all VMs (an operating system), and five are the VM's own. Each VM's
/// memory begins at a page of this machine's, as a real VM's does, so that the kernel can share it, too.
/// </summary>
internal sealed class RealMemory
{
    public const int Vms = 8;

    private const int PageSize = PageCount.PageSizeBytes;
    private const ulong Common = 1, OwnOfVm = 2;

    private readonly byte[][] arrays = new byte[Vms][];
    private readonly Memory<byte>[] images = new Memory<byte>[Vms];

    public RealMemory(int pagesOfVm, CancellationToken stop)
    {
        PagesOfVm = pagesOfVm;
        PageContents contents = new();
        for (int vm = 0; vm < Vms; vm++)
        {
            stop.ThrowIfCancellationRequested();
            arrays[vm] = GC.AllocateUninitializedArray<byte>((pagesOfVm + 1) * PageSize, pinned: true);
            int start = (int)(PageSize - (Address(vm, 0) % PageSize)) % PageSize;
            images[vm] = arrays[vm].AsMemory(start, pagesOfVm * PageSize);
            for (int page = 0; page < pagesOfVm; page++)
                Fill(PageOf(new GuestPage(new VmId(vm), new Ppn(page))), ContentsOf(vm, page), contents);
        }
    }

    public int PagesOfVm { get; }

    public int Pages => Vms * PagesOfVm;

    public ReadOnlyMemory<byte> ImageOf(int vm) => images[vm];

    public Span<byte> PageOf(GuestPage page) => images[page.Vm.Value].Span.Slice(page.Ppn.Value * PageSize, PageSize);

    /// <summary>Where a VM's memory lies in this process, and how long it is. It does not move.</summary>
    public (nint Address, nuint Length) RangeOf(int vm) =>
        MemoryMarshal.TryGetArray<byte>(images[vm], out ArraySegment<byte> segment) ? (Address(vm, segment.Offset), (nuint)segment.Count) : default;

    /// <summary>All pages, VM by VM.</summary>
    public GuestPage[] InOrder() => [.. Enumerable.Range(0, Pages).Select(i => new GuestPage(new VmId(i / PagesOfVm), new Ppn(i % PagesOfVm)))];

    /// <summary>All pages of all VMs, shuffled; always in the same way.</summary>
    public GuestPage[] AtRandom()
    {
        GuestPage[] pages = InOrder();
        RandomStream random = new(1, "bench sharing");
        for (int left = pages.Length; left > 1; left--)
        {
            int chosen = random.Below(left);
            (pages[left - 1], pages[chosen]) = (pages[chosen], pages[left - 1]);
        }

        return pages;
    }

    /// <summary>Every bit turned: the memory manager knows its own made-up pages when it sees them, and would not hash their bytes.</summary>
    private static void Fill(Span<byte> page, ContentSeed seed, PageContents contents)
    {
        contents.Expand(seed, page);
        if (seed.IsZero)
            return;
        foreach (ref ulong word in MemoryMarshal.Cast<byte, ulong>(page))
            word = ~word;
    }

    private static ContentSeed ContentsOf(int vm, int page) => (page % 10) switch
    {
        0 => ContentSeed.Zero,
        < 5 => ContentSeed.Of(Common, (ulong)page),
        _ => ContentSeed.Of(OwnOfVm + (ulong)vm, (ulong)page),
    };

    private nint Address(int vm, int offset) => Marshal.UnsafeAddrOfPinnedArrayElement(arrays[vm], offset);
}
