using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Sharing;

// Which page of a VM is scanned next (OSDI '02 §4.3: "currently … at random"; "more sophisticated approaches are possible", and the
// slide asks for better ones). One order for each VM, kept between seconds.
//
//   random                  no state; reaches every page only in the long run (63 % of n pages after n scans)
//   sequential              one number; every page once a round
//   least recently written  a queue through all pages: a write or a scan sends a page to the end
//
// Only private pages are worth a scan: what is shared already is passed over without a hash.

internal abstract class ScanOrder(VirtualMachine vm)
{
    /// <summary>The VM whose pages are scanned.</summary>
    protected VirtualMachine Vm { get; } = vm;

    // A random order gives up for this second after so many pages that are not private.
    private const int Attempts = 32;

    /// <summary>Bytes a page that the order needs.</summary>
    public virtual int BytesPerPage => 0;

    /// <summary>Whether it wants to hear of writes.</summary>
    public virtual bool WantsWrites => false;

    /// <summary>A page was written.</summary>
    public virtual void Written(Ppn ppn)
    {
    }

    /// <summary>The next page to scan; null when no page of the VM is worth it, as far as was looked.</summary>
    public abstract Ppn? Next();

    /// <summary>An order for a VM; null if the policy scans nothing by itself.</summary>
    public static ScanOrder? For(ScanPolicy policy, VirtualMachine vm, RandomStream random) => policy switch
    {
        ScanPolicy.Random => new RandomOrder(vm, random),
        ScanPolicy.Sequential => new SequentialOrder(vm),
        ScanPolicy.LeastRecentlyWritten => new LeastRecentlyWrittenOrder(vm),
        ScanPolicy.BeforeSwapOnly => null,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "No such scan policy."),
    };

    /// <summary>Whether a page may be shared at all: private, not on its way to the disk, without a false match.</summary>
    public static bool MayShare(VirtualMachine vm, Ppn ppn) =>
        vm.Pmap.StateOf(ppn) == PmapState.Mapped && (vm.Pmap.MarksOf(ppn) & (PageMarks.PagingOut | PageMarks.FalseMatch)) == 0;

    private sealed class RandomOrder(VirtualMachine vm, RandomStream random) : ScanOrder(vm)
    {
        public override Ppn? Next()
        {
            for (int attempt = 0; attempt < Attempts; attempt++)
                if (new Ppn(random.Below(Vm.Pmap.Length)) is var ppn && MayShare(Vm, ppn))
                    return ppn;
            return null;
        }
    }

    private sealed class SequentialOrder(VirtualMachine vm) : ScanOrder(vm)
    {
        private int hand = -1;

        public override Ppn? Next()
        {
            for (int step = 0; step < Vm.Pmap.Length; step++)
            {
                hand = hand + 1 == Vm.Pmap.Length ? 0 : hand + 1;
                if (MayShare(Vm, new Ppn(hand)))
                    return new Ppn(hand);
            }

            return null;
        }
    }

    // A ring through all pages by two int arrays; `head` is the page whose last write or scan is longest ago.
    private sealed class LeastRecentlyWrittenOrder : ScanOrder
    {
        private readonly int[] next;
        private readonly int[] previous;
        private int head;

        public LeastRecentlyWrittenOrder(VirtualMachine vm)
            : base(vm)
        {
            int pages = Vm.Pmap.Length;
            next = new int[pages];
            previous = new int[pages];
            for (int i = 0; i < pages; i++)
                (next[i], previous[i]) = ((i + 1) % pages, (i + pages - 1) % pages);
        }

        public override int BytesPerPage => 2 * sizeof(int);

        public override bool WantsWrites => true;

        public override void Written(Ppn ppn) => MoveToEnd(ppn.Value);

        public override Ppn? Next()
        {
            for (int step = 0; step < next.Length; step++)
            {
                int page = head;
                head = next[head]; // The ring's end lies just before its head: what was first is last now.
                if (MayShare(Vm, new Ppn(page)))
                    return new Ppn(page);
            }

            return null;
        }

        private void MoveToEnd(int page)
        {
            if (page == head)
            {
                head = next[head];
                return;
            }

            next[previous[page]] = next[page];
            previous[next[page]] = previous[page];
            int last = previous[head];
            (next[last], previous[page], next[page], previous[head]) = (page, last, head, page);
        }
    }
}
