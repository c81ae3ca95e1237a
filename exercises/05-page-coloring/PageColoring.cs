namespace Homework;

/// <summary>Your solution to 05-page-coloring. Fill in the five methods; README.md says what each must do.</summary>
public sealed class PageColoring : IColoring
{
    public void Start(PageCount frames, int colors) => throw new NotImplementedException();

    public Mpn? Allocate(VmId vm, Ppn page) => throw new NotImplementedException();

    public void Free(Mpn frame) => throw new NotImplementedException();

    public IReadOnlyList<ColorRun> Partition(IReadOnlyList<int> weights) => throw new NotImplementedException();

    public int Misplaced() => throw new NotImplementedException();
}
