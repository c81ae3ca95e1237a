namespace Homework;

/// <summary>Your solution to 10-hot-io-remapping. Fill in the five methods; README.md says what each must do.</summary>
public sealed class HotIoRemapping : IHotIoRemapping
{
    public void Start(IMachineMemory memory, IReadOnlyList<Mpn> pmap, HeatRules rules) => throw new NotImplementedException();

    public TransferOutcome Transfer(Ppn page) => throw new NotImplementedException();

    public void Cool() => throw new NotImplementedException();

    public int Heat(Ppn page) => throw new NotImplementedException();

    public Mpn Backing(Ppn page) => throw new NotImplementedException();
}
