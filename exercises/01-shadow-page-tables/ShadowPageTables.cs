namespace Homework;

/// <summary>Your solution to 01-shadow-page-tables. Fill in the seven methods; README.md says what each must do.</summary>
public sealed class ShadowPageTables : IShadowPageTables
{
    public void Start(IVmMemory memory) => throw new NotImplementedException();

    public TouchOutcome Read(int space, Vpn page) => throw new NotImplementedException();

    public TouchOutcome Write(int space, Vpn page) => throw new NotImplementedException();

    public void GuestWroteEntry(int space, Vpn page) => throw new NotImplementedException();

    public void GuestEndedSpace(int space) => throw new NotImplementedException();

    public void BackingChanged(Ppn page) => throw new NotImplementedException();

    public ShadowEntry? Entry(int space, Vpn page) => throw new NotImplementedException();
}
