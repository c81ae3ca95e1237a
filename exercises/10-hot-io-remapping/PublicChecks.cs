using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.HotIo;

/// <summary>Low pages are reached directly, high ones through a copy.</summary>
public sealed class DirectAndBounced : Check<IHotIoRemapping>
{
    /// <inheritdoc/>
    public override string Hint => "The device sees machine pages: look at the MPN, not at the PPN. Every transfer makes the page warmer.";

    /// <inheritdoc/>
    protected override void Run(IHotIoRemapping student, CheckRun run)
    {
        TransferRun vm = new(student, run, lowPages: 4, pages: 12, [1, 9, 10], new HeatRules(100, 1));
        vm.Transfer(0, TransferOutcome.Direct);
        vm.Transfer(1, TransferOutcome.Bounced);
        vm.Transfer(1, TransferOutcome.Bounced);
        vm.Transfer(2, TransferOutcome.Bounced);
        vm.Transfer(0, TransferOutcome.Direct);
    }
}

/// <summary>A page that becomes hot is moved once, contents and all.</summary>
public sealed class AHotPageMoves : Check<IHotIoRemapping>
{
    /// <inheritdoc/>
    public override string Hint => "At the transfer with which the page gets hot: take a low page, copy, give the high one back, and remember where the page is now.";

    /// <inheritdoc/>
    protected override void Run(IHotIoRemapping student, CheckRun run)
    {
        TransferRun vm = new(student, run, lowPages: 4, pages: 12, [8, 9], new HeatRules(3, 1));
        vm.Transfer(1, TransferOutcome.Bounced);
        vm.Transfer(1, TransferOutcome.Bounced);
        vm.Transfer(1, TransferOutcome.Remapped);
        vm.Transfer(1, TransferOutcome.Direct);
        vm.Transfer(0, TransferOutcome.Bounced);
    }
}
