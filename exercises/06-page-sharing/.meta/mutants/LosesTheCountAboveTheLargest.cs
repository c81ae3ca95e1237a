// Mutant: lets a full frame take more users without counting them.
namespace Homework;

public sealed class PageSharing : IPageSharing
{
    private readonly Dictionary<ushort, List<Mpn>> framesWith = [];
    private readonly Dictionary<ushort, List<Mpn>> hintsWith = [];
    private readonly Dictionary<Mpn, ushort> hintOf = [];
    private readonly Dictionary<Mpn, ushort> frameOf = [];
    private readonly Dictionary<Mpn, int> users = [];
    private IMachine machine = null!;
    private int largestCount;

    public void Start(IMachine machine, int largestCount) => (this.machine, this.largestCount) = (machine, largestCount);

    public SharingCounts Counts() => new(hintOf.Count, users.Count, users.Values.Sum());

    public IReadOnlyList<ScanAnswer> Scan(IReadOnlyList<ScannedPage> batch) => [.. batch.Select(Scan)];

    public bool Write(Mpn page)
    {
        if (!users.TryGetValue(page, out int count))
            return false;
        RemoveUser(page);
        return count > 1;
    }

    public bool Release(Mpn page)
    {
        DropHint(page);
        return !users.ContainsKey(page) || RemoveUser(page) == 0;
    }

    private ScanAnswer Scan(ScannedPage scanned)
    {
        if (users.ContainsKey(scanned.Page))
            return new ScanAnswer(ScanOutcome.IsFrame, scanned.Page);
        DropHint(scanned.Page);
        ushort hash = Hash(scanned.Contents);
        foreach (Mpn frame in framesWith.GetValueOrDefault(hash, []))
            if (machine.Read(frame).SequenceEqual(scanned.Contents))
            {
                users[frame] = Math.Min(users[frame] + 1, largestCount);
                return new ScanAnswer(ScanOutcome.Shared, frame);
            }

        foreach (Mpn hint in hintsWith.GetValueOrDefault(hash, []).ToArray())
        {
            byte[] now = machine.Read(hint);
            if (now.SequenceEqual(scanned.Contents))
            {
                DropHint(hint);
                MakeFrame(hint, hash);
                return new ScanAnswer(ScanOutcome.Shared, hint);
            }

            // Written since: the hint says nothing any more. With the hash unchanged it is a false match, and still a good hint.
            if (Hash(now) != hash)
                DropHint(hint);
        }

        hintOf[scanned.Page] = hash;
        Chain(hintsWith, hash, scanned.Page);
        return new ScanAnswer(ScanOutcome.Hinted, scanned.Page);
    }

    private void MakeFrame(Mpn page, ushort hash)
    {
        users[page] = 2;
        frameOf[page] = hash;
        Chain(framesWith, hash, page);
    }

    private int RemoveUser(Mpn frame)
    {
        if (--users[frame] > 0)
            return users[frame];
        users.Remove(frame);
        framesWith[frameOf[frame]].Remove(frame);
        return 0;
    }

    private void DropHint(Mpn page)
    {
        if (hintOf.Remove(page, out ushort hash))
            hintsWith[hash].Remove(page);
    }

    private static void Chain(Dictionary<ushort, List<Mpn>> table, ushort hash, Mpn page)
    {
        if (!table.TryGetValue(hash, out List<Mpn>? chain))
            table[hash] = chain = [];
        chain.Add(page);
    }

    private static ushort Hash(byte[] contents)
    {
        uint hash = 2166136261;
        foreach (byte value in contents)
            hash = (hash ^ value) * 16777619;
        return (ushort)(hash >> 16 ^ hash);
    }
}
