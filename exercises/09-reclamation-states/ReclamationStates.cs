namespace Homework;

/// <summary>Your solution to 09-reclamation-states. Fill in the four methods; README.md says what each must do.</summary>
public sealed class ReclamationStates : IReclamation
{
    public void Start(PageCount machine) => throw new NotImplementedException();

    public HostThresholds Thresholds() => throw new NotImplementedException();

    public HostState Tick(PageCount free) => throw new NotImplementedException();

    public IReadOnlyList<VmOrder> Orders(IReadOnlyList<VmSituation> vms) => throw new NotImplementedException();
}
