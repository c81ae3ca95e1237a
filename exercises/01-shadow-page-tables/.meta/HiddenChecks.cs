using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Shadow;

/// <summary>The host takes, moves and shares pages that the guest maps at several places.</summary>
public sealed class ThePmapChanges : Check<IShadowPageTables>
{
    /// <inheritdoc/>
    public override string Hint => "The guest may map one page at many places, in one address space and in others. All their shadow entries go, and no others.";

    /// <inheritdoc/>
    protected override void Run(IShadowPageTables student, CheckRun run)
    {
        ShadowRun vm = new(student, run, spaces: 2, virtualPages: 4, physicalPages: 3);
        int alias = run.Inputs.Whole(2, 3);
        vm.Map(0, 0, 1, writable: true, dirty: true);
        vm.Map(0, alias, 1, writable: false, dirty: false);
        vm.Map(1, 1, 1, writable: true, dirty: true);
        vm.Map(1, 0, 2, writable: true, dirty: true);
        for (int round = 0; round < 3; round++)
        {
            vm.Read(0, 0, TouchOutcome.HiddenFault);
            vm.Read(0, alias, TouchOutcome.HiddenFault);
            vm.Read(1, 1, TouchOutcome.HiddenFault);
            vm.Read(1, 0, round == 0 ? TouchOutcome.HiddenFault : TouchOutcome.Direct);
            if (round == 0)
                vm.HostMoves(1);
            else
                vm.HostTakes(1);
        }

        vm.Unmap(0, alias);
        vm.Map(0, alias, 2, writable: true, dirty: true);
        vm.Read(0, alias, TouchOutcome.HiddenFault);
        vm.HostMoves(1);
        vm.Read(0, alias, TouchOutcome.Direct);
    }
}

/// <summary>Pages that the host has taken come back at a touch that the guest permits.</summary>
public sealed class NotInMemory : Check<IShadowPageTables>
{
    /// <inheritdoc/>
    public override string Hint => "First the guest's table, then the pmap. What the guest forbids brings nothing into memory.";

    /// <inheritdoc/>
    protected override void Run(IShadowPageTables student, CheckRun run)
    {
        ShadowRun vm = new(student, run, spaces: 1, virtualPages: 3, physicalPages: 2);
        vm.Map(0, 0, 0, writable: true, dirty: true);
        vm.Map(0, 1, 1, writable: false, dirty: false);
        vm.HostTakes(0);
        vm.HostTakes(1);
        vm.Write(0, 1, TouchOutcome.GuestFault);
        vm.Read(0, 2, TouchOutcome.GuestFault);
        vm.Read(0, 1, TouchOutcome.HiddenFault);
        vm.Write(0, 0, TouchOutcome.HiddenFault);
        vm.Write(0, 0, TouchOutcome.Direct);
        vm.Write(0, 1, TouchOutcome.GuestFault);
        vm.Read(0, 1, TouchOutcome.Direct);
    }
}

/// <summary>Read-only for the guest, and read-only for the host: two reasons, two outcomes.</summary>
public sealed class WriteProtection : Check<IShadowPageTables>
{
    /// <inheritdoc/>
    public override string Hint => "A read of a shared page leaves it shared. A write that the guest permits breaks the sharing, and what else maps the page? One that it forbids does nothing.";

    /// <inheritdoc/>
    protected override void Run(IShadowPageTables student, CheckRun run)
    {
        ShadowRun vm = new(student, run, spaces: 2, virtualPages: 3, physicalPages: 3);
        vm.Map(0, 0, 0, writable: true, dirty: true);
        vm.Map(0, 1, 0, writable: false, dirty: false);
        vm.Map(1, 2, 0, writable: true, dirty: run.Inputs.Chance(50));
        vm.Map(1, 0, 1, writable: true, dirty: true);
        vm.HostShares(0);
        vm.Read(1, 0, TouchOutcome.HiddenFault);
        vm.Read(0, 0, TouchOutcome.HiddenFault);
        vm.Read(0, 1, TouchOutcome.HiddenFault);
        vm.Read(1, 2, TouchOutcome.HiddenFault);
        vm.Write(0, 1, TouchOutcome.GuestFault);
        vm.Read(0, 1, TouchOutcome.Direct);
        vm.Write(0, 0, TouchOutcome.HiddenFault);
        vm.Write(0, 0, TouchOutcome.Direct);
        vm.Read(1, 0, TouchOutcome.Direct);
        vm.Read(0, 1, TouchOutcome.HiddenFault);
        vm.Read(1, 2, TouchOutcome.HiddenFault);
        vm.HostShares(0);
        vm.Write(1, 2, TouchOutcome.HiddenFault);
    }
}

/// <summary>The guest reads its dirty bits, so the first write to a clean page must set one.</summary>
public sealed class DirtyBits : Check<IShadowPageTables>
{
    /// <inheritdoc/>
    public override string Hint => "The processor sets bits in the shadow table, which the guest never sees. The first write to a clean page must come to you.";

    /// <inheritdoc/>
    protected override void Run(IShadowPageTables student, CheckRun run)
    {
        ShadowRun vm = new(student, run, spaces: 1, virtualPages: 2, physicalPages: 2, accessedBits: true);
        vm.Map(0, 0, 0, writable: true, dirty: false);
        vm.Map(0, 1, 1, writable: true, dirty: true);
        vm.Read(0, 0, TouchOutcome.HiddenFault);
        vm.Read(0, 1, TouchOutcome.HiddenFault);
        vm.Write(0, 1, TouchOutcome.Direct);
        vm.Write(0, 0, TouchOutcome.HiddenFault);
        vm.Write(0, 0, TouchOutcome.Direct);
        for (int i = 0; i < run.Inputs.Whole(1, 3); i++)
        {
            vm.Clean(0, 0);
            vm.Write(0, 0, TouchOutcome.HiddenFault);
            vm.Write(0, 0, TouchOutcome.Direct);
        }
    }
}

/// <summary>The same page number means another page in another address space, and after one has ended.</summary>
public sealed class AddressSpaces : Check<IShadowPageTables>
{
    /// <inheritdoc/>
    public override string Hint => "VPNs of different address spaces do not mix. The number of a space that has ended may come again, with another table.";

    /// <inheritdoc/>
    protected override void Run(IShadowPageTables student, CheckRun run)
    {
        ShadowRun vm = new(student, run, spaces: 3, virtualPages: 3, physicalPages: 4);
        int page = run.Inputs.Whole(0, 2), ended = run.Inputs.Whole(0, 2);
        for (int space = 0; space < 3; space++)
        {
            vm.Map(space, page, space, writable: true, dirty: true);
            vm.Write(space, page, TouchOutcome.HiddenFault);
        }

        vm.End(ended);
        vm.Read(ended, page, TouchOutcome.GuestFault);
        vm.Map(ended, page, 3, writable: true, dirty: true);
        for (int space = 0; space < 3; space++)
            vm.Read(space, page, space == ended ? TouchOutcome.HiddenFault : TouchOutcome.Direct);
    }
}

/// <summary>Everything at once.</summary>
public sealed class ABusyVm : Check<IShadowPageTables>
{
    /// <inheritdoc/>
    public override string Hint => "Write down both tables for the page that is named, and each shadow entry that comes from it.";

    /// <inheritdoc/>
    protected override void Run(IShadowPageTables student, CheckRun run)
    {
        const int Spaces = 2, Virtual = 5, Physical = 4;
        ShadowRun vm = new(student, run, Spaces, Virtual, Physical, accessedBits: true);
        for (int i = 0; i < 160; i++)
        {
            int space = run.Inputs.Whole(0, Spaces - 1), page = run.Inputs.Whole(0, Virtual - 1), physical = run.Inputs.Whole(0, Physical - 1);
            Action step = run.Inputs.Whole(0, 19) switch
            {
                <= 2 => () => vm.Map(space, page, physical, writable: run.Inputs.Chance(75), dirty: run.Inputs.Chance(25)),
                3 => () => vm.Clean(space, page),
                4 => () => vm.Unmap(space, page),
                5 => () => vm.HostMoves(physical),
                6 => () => vm.HostTakes(physical),
                7 or 8 => () => vm.HostShares(physical),
                9 when run.Inputs.Chance(30) => () => vm.End(space),
                <= 14 => () => vm.Read(space, page),
                _ => () => vm.Write(space, page),
            };
            step();
        }
    }
}
