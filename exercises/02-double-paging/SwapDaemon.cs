namespace Homework;

/// <summary>Your solution to 02-double-paging. Fill in the five methods; README.md says what each must do.</summary>
public sealed class SwapDaemon : ISwapDaemon
{
    public void Start(IPagedVm vm, int clusterPages) => throw new NotImplementedException();

    public PageCount Reclaim(PageCount target) => throw new NotImplementedException();

    public void Touched(Ppn page) => throw new NotImplementedException();

    public void GuestWrites(Ppn page, int block) => throw new NotImplementedException();

    public void GuestReads(int block, Ppn page) => throw new NotImplementedException();
}
