using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.HotIo;

/// <summary>Pages cool, so that few transfers over a long time make no page hot.</summary>
public sealed class Cooling : Check<IHotIoRemapping>
{
    /// <inheritdoc/>
    public override string Hint => "At the end of a period every page of the VM, low or high, keeps half its heat, rounded down.";

    /// <inheritdoc/>
    protected override void Run(IHotIoRemapping student, CheckRun run)
    {
        TransferRun vm = new(student, run, lowPages: 3, pages: 9, [0, 7, 8], new HeatRules(6, 1));
        for (int i = 0; i < 5; i++)
        {
            vm.Transfer(1, TransferOutcome.Bounced);
            vm.Transfer(0, TransferOutcome.Direct);
        }

        // By hand: 5, halved to 2 and to 1; four more are 5 again, halved to 2; three more are 5: never 6.
        vm.Cool();
        vm.Cool();
        for (int i = 0; i < 4; i++)
            vm.Transfer(1, TransferOutcome.Bounced);
        vm.Cool();
        for (int i = 0; i < 3; i++)
            vm.Transfer(1, TransferOutcome.Bounced);
    }
}

/// <summary>Where low memory is full, the coldest low page makes room, if the hot one leads it by enough.</summary>
public sealed class MakingRoom : Check<IHotIoRemapping>
{
    /// <inheritdoc/>
    public override string Hint => "Which low page of the VM is coldest (the first on a tie)? Without a lead, two pages that are alike would drive each other out for ever.";

    /// <inheritdoc/>
    protected override void Run(IHotIoRemapping student, CheckRun run)
    {
        int warm = run.Inputs.Whole(1, 2);
        TransferRun vm = new(student, run, lowPages: 3, pages: 8, [0, 1, 2, 6], new HeatRules(3, 2));
        for (int i = 0; i < 5; i++)
            vm.Transfer(0);
        for (int i = 0; i < 2; i++)
            vm.Transfer(1);
        for (int i = 0; i < 2 + warm; i++)
            vm.Transfer(2);
        for (int i = 0; i < 3; i++)
            vm.Transfer(3, TransferOutcome.Bounced);
        vm.Transfer(3, TransferOutcome.Remapped);
        vm.Transfer(1, TransferOutcome.Bounced);
        for (int i = 0; i < 4; i++)
            vm.Transfer(1);
    }
}

/// <summary>Two low pages are equally cold.</summary>
public sealed class ATie : Check<IHotIoRemapping>
{
    /// <inheritdoc/>
    public override string Hint => "On a tie the first page of the VM goes.";

    /// <inheritdoc/>
    protected override void Run(IHotIoRemapping student, CheckRun run)
    {
        TransferRun vm = new(student, run, lowPages: 2, pages: 6, [1, 0, 5], new HeatRules(2, 1));
        vm.Transfer(2, TransferOutcome.Bounced);
        vm.Transfer(2, TransferOutcome.Remapped);
    }
}

/// <summary>Without a place to go to, nothing moves.</summary>
public sealed class NoRoomAnywhere : Check<IHotIoRemapping>
{
    /// <inheritdoc/>
    public override string Hint => "The page that makes room needs a free high page first. And where other VMs have all low memory, this one has no page to drive out.";

    /// <inheritdoc/>
    protected override void Run(IHotIoRemapping student, CheckRun run)
    {
        TransferRun full = new(student, run, lowPages: 2, pages: 4, [0, 1, 2, 3], new HeatRules(2, 1));
        for (int i = 0; i < run.Inputs.Whole(3, 5); i++)
            full.Transfer(3, TransferOutcome.Bounced);

        TransferRun others = new(run.Another<IHotIoRemapping>(), run, lowPages: 2, pages: 6, [3, 4], new HeatRules(2, 1));
        others.OthersTakeLowMemory();
        for (int i = 0; i < 4; i++)
            others.Transfer(0, TransferOutcome.Bounced);
    }
}

/// <summary>A ring of hot buffers, files that are read now and then, and periods that end.</summary>
public sealed class NetworkAndFiles : Check<IHotIoRemapping>
{
    /// <inheritdoc/>
    public override string Hint => "Write down heat and place of every page before the transfer that is shown.";

    /// <inheritdoc/>
    protected override void Run(IHotIoRemapping student, CheckRun run)
    {
        int low = run.Inputs.Whole(2, 4), pages = 12, ring = run.Inputs.Whole(2, 4);
        int[] pmap = [.. Enumerable.Range(0, 14).OrderBy(_ => run.Inputs.Whole(0, 1_000_000)).Take(8)];
        TransferRun vm = new(student, run, low, pages + 2, pmap, new HeatRules(run.Inputs.Whole(2, 4), run.Inputs.Whole(1, 3)));
        for (int i = 0; i < 90; i++)
        {
            if (i % 30 == 29)
                vm.Cool();
            vm.Transfer(run.Inputs.Chance(70) ? run.Inputs.Whole(0, ring - 1) : run.Inputs.Whole(0, 7));
        }
    }
}
