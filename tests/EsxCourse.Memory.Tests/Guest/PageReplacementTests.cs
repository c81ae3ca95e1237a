using CsCheck;
using EsxCourse.Memory.Guest;

namespace EsxCourse.Memory.Tests.Guest;

// Both rules against slow and obvious models.
public sealed class PageReplacementTests
{
    private const int Pages = 12;

    private static readonly Gen<(int Kind, int Page)[]> Operations = Gen.Select(Gen.Int[0, 9], Gen.Int[0, Pages - 1]).Array[0, 200];

    [Fact]
    public void Lru_evicts_what_a_sorted_list_of_touches_says() => Operations.Sample(operations =>
    {
        LruReplacement lru = new(Pages);
        List<int> model = []; // oldest first
        foreach ((int kind, int page) in operations)
        {
            switch (kind)
            {
                case < 2:
                    lru.Add(page);
                    model.Remove(page);
                    model.Add(page);
                    break;
                case < 3:
                    lru.Remove(page);
                    model.Remove(page);
                    break;
                case < 8 when model.Contains(page):
                    lru.Touch(page);
                    model.Remove(page);
                    model.Add(page);
                    break;
                case 8:
                    Assert.Equal(model.Count == 0 ? -1 : model[0], lru.Victim(_ => true));
                    break;
                case 9:
                    Assert.Equal(model.Find(p => p % 2 == 1) is int odd and > 0 ? odd : -1, lru.Victim(p => p % 2 == 1));
                    break;
            }
        }
    });

    [Fact]
    public void Clock_evicts_what_a_hand_over_a_list_says() => Operations.Sample(operations =>
    {
        ClockReplacement clock = new(Pages);
        bool?[] model = new bool?[Pages]; // null unknown, true referenced
        int hand = 0;
        foreach ((int kind, int page) in operations)
        {
            switch (kind)
            {
                case < 2:
                    clock.Add(page);
                    model[page] = true;
                    break;
                case < 3:
                    clock.Remove(page);
                    model[page] = null;
                    break;
                case < 8 when model[page] is not null:
                    clock.Touch(page);
                    model[page] = true;
                    break;
                case >= 8:
                    int expected = -1;
                    for (int i = 0; i < 2 * Pages && expected < 0; i++)
                    {
                        if (model[hand] == false)
                            expected = hand;
                        else if (model[hand] == true)
                            model[hand] = false;
                        hand = (hand + 1) % Pages;
                    }

                    Assert.Equal(expected, clock.Victim(_ => true));
                    break;
            }
        }
    });

    [Fact]
    public void A_page_touched_since_the_hand_came_by_is_spared_once()
    {
        ClockReplacement clock = new(3);
        for (int page = 0; page < 3; page++)
            clock.Add(page);
        Assert.Equal(0, clock.Victim(_ => true)); // all were referenced; the second turn begins with page 0
        clock.Touch(1);
        Assert.Equal(2, clock.Victim(_ => true));
    }
}
