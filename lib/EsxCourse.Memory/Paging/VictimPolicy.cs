using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Paging;

// Which page of a VM the host pages out (OSDI '02 §3.3). The host cannot know what matters to the guest. Worse: whatever clever
// rule it uses, the guest uses too, and so both pick the same page: the host writes P out, the guest picks P for its own swap, P is
// read in only to be written out again. ESX therefore picks at random, which at least does not agree with the guest.

/// <summary>By which rule the host chooses the pages that it pages out.</summary>
public enum VictimRule
{
    /// <summary>Any page, all equally likely: what ESX does, so as not to interfere with the guest's own replacement.</summary>
    Random,

    /// <summary>A clock over the VM's pages.</summary>
    Clock,

    /// <summary>The page not touched for the longest time: the rule that agrees with the guest's.</summary>
    Lru,

    /// <summary>The page touched last: the worst that a host could do to a guest.</summary>
    Adversarial,
}

/// <summary>Chooses a VM's pages to page out. One for each VM.</summary>
internal abstract class VictimPolicy(VirtualMachine vm)
{
    /// <summary>The VM whose pages are chosen.</summary>
    protected VirtualMachine Vm { get; } = vm;

    public static VictimPolicy For(VictimRule rule, VirtualMachine vm, RandomStream random) => rule switch
    {
        VictimRule.Random => new RandomVictims(vm, random),
        VictimRule.Clock => new ClockVictims(vm),
        VictimRule.Lru => new LruVictims(vm),
        VictimRule.Adversarial => new AdversarialVictims(vm),
        _ => throw new ArgumentOutOfRangeException(nameof(rule), rule, "No such rule."),
    };

    /// <summary>Whether the rule wants to hear of every touch.</summary>
    public virtual bool WantsTouches => false;

    /// <summary>A page was touched and is mapped.</summary>
    public virtual void Touched(Ppn ppn)
    {
    }

    /// <summary>The next page to page out; null if no page of the VM is mapped and not on its way already.</summary>
    public abstract Ppn? Next();

    /// <summary>Whether a page can be paged out: mapped, private, and not being written already.</summary>
    protected bool MayGo(int ppn) => Vm.Pmap.StateOf(new Ppn(ppn)) == PmapState.Mapped && (Vm.Pmap.MarksOf(new Ppn(ppn)) & PageMarks.PagingOut) == 0;

    private sealed class RandomVictims(VirtualMachine vm, RandomStream random) : VictimPolicy(vm)
    {
        public override Ppn? Next()
        {
            // A random place, and the first candidate from there on: exactly uniform only while nearly all pages are candidates, so try a few times first.
            for (int attempt = 0; attempt < 32; attempt++)
                if (random.Below(Vm.Pmap.Length) is int ppn && MayGo(ppn))
                    return new Ppn(ppn);
            int start = random.Below(Vm.Pmap.Length);
            for (int i = 0; i < Vm.Pmap.Length; i++)
                if (MayGo((start + i) % Vm.Pmap.Length))
                    return new Ppn((start + i) % Vm.Pmap.Length);
            return null;
        }
    }

    private sealed class ClockVictims(VirtualMachine vm) : VictimPolicy(vm)
    {
        private int hand;

        public override Ppn? Next()
        {
            for (int steps = 0; steps < 2 * Vm.Pmap.Length; steps++)
            {
                Ppn ppn = new(hand);
                hand = hand + 1 == Vm.Pmap.Length ? 0 : hand + 1;
                if (!MayGo(ppn.Value))
                    continue;
                ref PageMarks marks = ref Vm.Pmap.MarksOf(ppn);
                if ((marks & PageMarks.Accessed) == 0)
                    return ppn;
                marks &= ~PageMarks.Accessed;
            }

            return null;
        }
    }

    // Exact LRU over all pages that were ever touched; pages that cannot go are passed over.
    private sealed class LruVictims(VirtualMachine vm) : VictimPolicy(vm)
    {
        private readonly LruReplacement order = new(vm.Pmap.Length);

        public override bool WantsTouches => true;

        public override void Touched(Ppn ppn) => order.Touch(ppn.Value);

        public override Ppn? Next() => order.Victim(MayGo) is int ppn and >= 0 ? new Ppn(ppn) : null;
    }

    // The most recently touched pages, kept in a small ring; when it has none left, any mapped page.
    private sealed class AdversarialVictims(VirtualMachine vm) : VictimPolicy(vm)
    {
        private readonly int[] recent = new int[256];
        private int last;

        public override bool WantsTouches => true;

        public override void Touched(Ppn ppn) => recent[last = (last + 1) & 255] = ppn.Value;

        public override Ppn? Next()
        {
            for (int back = 0; back < recent.Length; back++)
                if (recent[(last - back) & 255] is int ppn && MayGo(ppn))
                    return new Ppn(ppn);
            for (int ppn = 0; ppn < Vm.Pmap.Length; ppn++)
                if (MayGo(ppn))
                    return new Ppn(ppn);
            return null;
        }
    }
}
