namespace Homework;

/// <summary>Your solution to 06-page-sharing. Fill in the five methods; README.md says what each must do.</summary>
public sealed class PageSharing : IPageSharing
{
    public void Start(IMachine machine, int largestCount) => throw new NotImplementedException();

    public IReadOnlyList<ScanAnswer> Scan(IReadOnlyList<ScannedPage> batch) => throw new NotImplementedException();

    public bool Write(Mpn page) => throw new NotImplementedException();

    public bool Release(Mpn page) => throw new NotImplementedException();

    public SharingCounts Counts() => throw new NotImplementedException();
}
