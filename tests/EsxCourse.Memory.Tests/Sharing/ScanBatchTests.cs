using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Observation;
using EsxCourse.Memory.Sharing;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Tests.Sharing;

// The scan of many pages at once against the plain one, page by page, and both against a model that only counts different contents.
public sealed class ScanBatchTests
{
    private const int Vms = 3, Pages = 40;

    // Few contents, so that many are equal; a page is real bytes or a seed, and both stand for the same contents; 0 is the zero page.
    private static readonly Gen<(int Contents, bool Real)[]> Memory = Gen.Select(Gen.Int[0, 12], Gen.Bool).Array[Vms * Pages];

    private static readonly Gen<int[]> Order = Gen.Shuffle(Enumerable.Range(0, Vms * Pages).ToArray());

    [Fact]
    public void Many_pages_at_once_leave_the_same_machine_as_page_by_page() =>
        Gen.Select(Memory, Order, Gen.Int[0, 3]).Sample((memory, order, weakness) =>
        {
            SharingOptions options = new() { Hash = weakness == 0 ? null : PageHashes.Truncated(weakness), LargestCountInFrame = 5, SaltPerVm = weakness == 1 };
            (Room plain, Room batched) = (RoomOf(memory, options), RoomOf(memory, options));
            foreach (int page in order)
                plain.Sharing.Scan(plain.Vms[page / Pages], new Ppn(page % Pages));
            batched.Sharing.Scan([.. order.Select(PageAt)]);

            plain.Check();
            batched.Check();
            Assert.Equal(plain.Sharing.Report(), batched.Sharing.Report());
            Assert.Equal(StateOf(plain), StateOf(batched));
        }, iter: 100);

    [Fact]
    public void After_one_scan_of_every_page_no_two_pages_of_equal_contents_are_left() =>
        Gen.Select(Memory, Order).Sample((memory, order) =>
        {
            Room room = RoomOf(memory, new SharingOptions());
            room.Sharing.Scan([.. order.Select(PageAt)]);
            Assert.Equal(memory.Length - memory.Select(page => page.Contents).Distinct().Count(), room.Sharing.Report().Reclaimed.Value);
            Assert.Equal(memory.Count(page => page.Contents == 0) is > 1 and var zeroes ? zeroes : 0, room.Sharing.Report().Zero.Value);
        }, iter: 100);

    [Fact]
    public void Real_pages_are_hashed_whenever_they_are_scanned()
    {
        int hashed = 0;
        Room room = new(options: new SharingOptions { Hash = page => { hashed++; return PageHashes.XxHash3(page); } });
        VirtualMachine vm = room.Vm();
        room.Write(vm, 0, room.Contents.ImportImage(new byte[PageCount.PageSizeBytes]));
        room.Scan(vm, 0);
        room.Scan(vm, 0);
        Assert.Equal(2, hashed);
    }

    private static GuestPage PageAt(int index) => new(new VmId(index / Pages), new Ppn(index % Pages));

    private static Room RoomOf((int Contents, bool Real)[] memory, SharingOptions options)
    {
        Room room = new(Vms * Pages + 8, options);
        byte[] bytes = new byte[PageCount.PageSizeBytes];
        for (int vm = 0; vm < Vms; vm++)
        {
            VirtualMachine owner = room.Vm(Pages);
            for (int page = 0; page < Pages; page++)
            {
                (int contents, bool real) = memory[(vm * Pages) + page];
                ContentSeed seed = contents == 0 ? ContentSeed.Zero : ContentSeed.Of(3, (ulong)contents);
                room.Contents.Expand(seed, bytes);
                room.Write(owner, page, real ? room.Contents.ImportImage(bytes.ToArray()) : seed);
            }
        }

        return room;
    }

    private static string StateOf(Room room) => string.Join('\n', [
        .. room.Vms.SelectMany(vm => Enumerable.Range(0, Pages).Select(page => $"{vm.Id} {page} {vm.StateOf(new Ppn(page))} {vm.MpnOf(new Ppn(page))} {vm.Pmap.MarksOf(new Ppn(page))}")),
        .. Enumerable.Range(0, (int)room.Machine.FrameCount.Value).Select(i => new Mpn(i)).Select(mpn => $"{mpn} {room.Table.Count(mpn)} {(room.Table.IsHint(mpn) ? room.Table.HintOwner(mpn) : null)}"),
        .. room.Vms.SelectMany(vm => vm.Outcomes.NonZero()).Select(outcome => $"{outcome.Key} {outcome.Value}"),
    ]);
}
