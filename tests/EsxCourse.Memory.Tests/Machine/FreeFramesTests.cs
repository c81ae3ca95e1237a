using CsCheck;
using EsxCourse.Contracts;
using EsxCourse.Memory.Machine;

namespace EsxCourse.Memory.Tests.Machine;

public sealed class FreeFramesTests
{
    [Fact]
    public void Without_colors_and_limit_the_lowest_page_comes_first()
    {
        FreeFrames free = new(3, 1, 0);
        Assert.Equal([new Mpn(0), new Mpn(1), new Mpn(2), null], [free.Take(FrameWish.None), free.Take(FrameWish.None), free.Take(FrameWish.None), free.Take(FrameWish.None)]);
    }

    [Fact]
    public void A_page_of_the_wanted_color_is_taken_while_there_is_one()
    {
        FreeFrames free = new(8, 4, 0);
        Assert.Equal([new Mpn(3), new Mpn(7)], [free.Take(new FrameWish(3)), free.Take(new FrameWish(3))]);
        Assert.Equal(0, free.ColorMisses);
    }

    [Fact]
    public void A_color_that_is_used_up_is_served_by_the_next_and_counted()
    {
        FreeFrames free = new(8, 4, 0);
        free.Take(new FrameWish(3));
        free.Take(new FrameWish(3));
        Assert.Equal((new Mpn(0), 1L), (free.Take(new FrameWish(3)), free.ColorMisses));
    }

    [Fact]
    public void Whoever_does_not_care_gets_high_memory_first()
    {
        FreeFrames free = new(4, 1, lowFrames: 2);
        Assert.Equal([new Mpn(2), new Mpn(3), new Mpn(0), new Mpn(1)], [.. Enumerable.Range(0, 4).Select(_ => free.Take(FrameWish.None)!.Value)]);
    }

    [Fact]
    public void Low_memory_is_given_out_on_request_until_it_is_used_up()
    {
        FreeFrames free = new(4, 1, lowFrames: 2);
        FrameWish low = new(-1, Zone: FrameZone.Low);
        Assert.Equal([new Mpn(0), new Mpn(1), null], [free.Take(low), free.Take(low), free.Take(low)]);
        Assert.Equal(2, free.Count);
    }

    [Fact]
    public void A_run_of_colors_that_is_used_up_gives_nothing_though_others_are_free()
    {
        FreeFrames free = new(8, 4, 0);
        FrameWish half = new(0, FirstColor: 0, ColorCount: 2);
        Assert.Equal(4, Enumerable.Range(0, 8).Count(_ => free.Take(half) is { } mpn && mpn.Value % 4 < 2));
        Assert.Equal((4, null), (free.Count, free.Take(half)));
    }

    [Fact]
    public void A_page_cannot_be_freed_twice() => Assert.Throws<InvalidOperationException>(() => new FreeFrames(4, 1, 0).Add(new Mpn(1)));

    [Fact]
    public void Any_order_of_taking_and_freeing_gives_each_page_to_one_at_a_time_and_the_wanted_kind_while_there_is_one() =>
        Gen.Select(Gen.Int[1, 40], Gen.Int[1, 8], Gen.Int[0, 40], Gen.Int[0, 47].Array[1, 200]).Sample(
            (pages, colors, low, steps) =>
            {
                FreeFrames free = new(pages, colors, low);
                HashSet<int> model = [.. Enumerable.Range(0, pages)];
                foreach (int step in steps)
                {
                    int color = step % colors;
                    FrameZone zone = (FrameZone)(step % 3);
                    int[] inZone = [.. model.Where(p => zone == FrameZone.Any || p < low == (zone == FrameZone.Low))];
                    if (step % 2 == 0)
                    {
                        int? taken = free.Take(new FrameWish(color, Zone: zone))?.Value;
                        Assert.Equal(inZone.Length > 0, taken is not null);
                        if (taken is not { } mpn)
                            continue;
                        Assert.Contains(mpn, inZone);
                        // High memory first; within a zone the wanted colour.
                        int[] best = [.. inZone.Where(p => p < low == mpn < low)];
                        Assert.True(mpn >= low || inZone.All(p => p < low));
                        Assert.Equal(best.Any(p => p % colors == color), mpn % colors == color);
                        model.Remove(mpn);
                    }
                    else if (Enumerable.Range(0, pages).FirstOrDefault(p => !model.Contains(p), -1) is int used and >= 0)
                    {
                        free.Add(new Mpn(used));
                        model.Add(used);
                    }

                    Assert.Equal((model.Count, model.Count(p => p < low)), (free.Count, free.CountOf(FrameZone.Low)));
                }
            },
            iter: 300);
}
