namespace Homework;

/// <summary>Your solution to 11-admission-control. Fill in the seven methods; README.md says what each must do.</summary>
public sealed class AdmissionControl : IAdmission
{
    public void Start(HostSize host) => throw new NotImplementedException();

    public Answer PowerOn(VmId vm, PageCount min, PageCount max) => throw new NotImplementedException();

    public bool PowerOff(VmId vm) => throw new NotImplementedException();

    public Answer ChangeMin(VmId vm, PageCount min) => throw new NotImplementedException();

    public PageCount FreeMemory() => throw new NotImplementedException();

    public PageCount FreeSwap() => throw new NotImplementedException();

    public PageCount? LargestMin(PageCount max) => throw new NotImplementedException();
}
