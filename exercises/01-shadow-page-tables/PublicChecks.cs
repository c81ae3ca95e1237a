using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Shadow;

/// <summary>The first touch fills the shadow table, the next one goes through.</summary>
public sealed class FillThenDirect : Check<IShadowPageTables>
{
    /// <inheritdoc/>
    public override string Hint => "Guest table, then pmap, then the shadow entry. Where the guest maps nothing, the fault is the guest's.";

    /// <inheritdoc/>
    protected override void Run(IShadowPageTables student, CheckRun run)
    {
        ShadowRun vm = new(student, run, spaces: 1, virtualPages: 3, physicalPages: 2, accessedBits: true);
        vm.Map(0, 0, 0, writable: true, dirty: true);
        vm.Map(0, 1, 1, writable: true, dirty: true);
        vm.Read(0, 0, TouchOutcome.HiddenFault);
        vm.Read(0, 0, TouchOutcome.Direct);
        vm.Write(0, 1, TouchOutcome.HiddenFault);
        vm.Write(0, 1, TouchOutcome.Direct);
        vm.Read(0, 2, TouchOutcome.GuestFault);
        vm.Write(0, 2, TouchOutcome.GuestFault);
    }
}

/// <summary>A shadow entry lives as long as the guest's entry, and no longer.</summary>
public sealed class TheGuestChangesItsTable : Check<IShadowPageTables>
{
    /// <inheritdoc/>
    public override string Hint => "The guest wrote one entry: that one goes. The next touch finds the guest's new entry.";

    /// <inheritdoc/>
    protected override void Run(IShadowPageTables student, CheckRun run)
    {
        ShadowRun vm = new(student, run, spaces: 1, virtualPages: 3, physicalPages: 3);
        vm.Map(0, 0, 0, writable: true, dirty: true);
        vm.Map(0, 1, 1, writable: true, dirty: true);
        vm.Read(0, 0, TouchOutcome.HiddenFault);
        vm.Read(0, 1, TouchOutcome.HiddenFault);
        vm.Map(0, 0, 2, writable: true, dirty: true);
        vm.Read(0, 1, TouchOutcome.Direct);
        vm.Read(0, 0, TouchOutcome.HiddenFault);
        vm.Unmap(0, 1);
        vm.Read(0, 1, TouchOutcome.GuestFault);
    }
}
