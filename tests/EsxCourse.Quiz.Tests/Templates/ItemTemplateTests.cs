using EsxCourse.Quiz.Bank;
using EsxCourse.Quiz.Templates;
using EsxCourse.Quiz.Variants;

namespace EsxCourse.Quiz.Tests.Templates;

public sealed class ItemTemplateTests
{
    public static TheoryData<string> Names() => [.. ItemTemplate.All.Select(template => template.Name)];

    private static IReadOnlyList<QuizItem> Variants(string name) =>
        [.. Enumerable.Range(1, 60).Select(seed => ItemTemplate.Find(name)!.Draw(new SeedStream(seed, name), name, 1))];

    private static IReadOnlyList<NumericItem> Numbers(string name) => [.. Variants(name).OfType<NumericItem>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Seeds_give_different_questions(string name) => Assert.True(Variants(name).Select(item => item.Ask).Distinct().Count() >= 4);

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_variant_has_a_distractor_and_a_worked_solution(string name)
    {
        Assert.All(Numbers(name), item => Assert.NotEmpty(item.Traps));
        Assert.All(Variants(name), item => Assert.True(item.Worked.Count >= 2));
        Assert.All(Variants(name).OfType<ChoiceItem>(), item => Assert.Single(item.Options, option => option.Right));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_named_misconception_shows_in_some_variant(string name)
    {
        HashSet<string> drafted = [.. Enumerable.Range(1, 60).Select(seed => ItemTemplate.Find(name)!.Drafting(new SeedStream(seed, name))).OfType<NumberDraft>().SelectMany(draft => draft.Traps.Select(trap => trap.Mistake))];
        Assert.Equal(drafted.Order(), Numbers(name).SelectMany(item => item.Traps.Select(trap => trap.Mistake)).Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_worked_solution_ends_at_the_answer(string name) =>
        Assert.All(Numbers(name), item => Assert.Contains(item.Worked, line => line.Contains(item.Answer.ToString("0.##"), StringComparison.Ordinal) || line.Contains(item.Key.Split(' ')[0], StringComparison.Ordinal)
            || line.Contains((item.Answer / 100).ToString("0.##"), StringComparison.Ordinal)));

    [Fact]
    public void Every_kind_of_touch_is_asked_about() => Assert.Equal(4, Variants("pmap-touch").Cast<ChoiceItem>().Select(item => item.Options.Single(option => option.Right).Text).Distinct().Count());

    [Fact]
    public void Every_state_is_an_answer_somewhere() => Assert.Equal(4, Variants("state-after").Cast<ChoiceItem>().Select(item => item.Options.Single(option => option.Right).Text).Distinct().Count());

    // Zero pages: n VMs with z of them each leave one machine page of n z.
    [Fact]
    public void What_sharing_frees_is_all_zero_pages_but_one() =>
        Assert.All(Numbers("pages-reclaimed"), item =>
        {
            int[] numbers = [.. System.Text.RegularExpressions.Regex.Matches(item.Ask, "[0-9]+").Select(match => int.Parse(match.Value))];
            Assert.Equal((numbers[0] * numbers[1]) - 1, item.Answer);
        });

    // Worked by hand on the slides' VM (facts §10): 100 shares, 10 pages, 3 active, τ = 0.8.
    [Fact]
    public void The_slides_numbers_come_out_where_the_seed_draws_them()
    {
        NumericItem slides = Enumerable.Range(1, 100_000).Select(seed => (NumericItem)ItemTemplate.Find("shares-per-page")!.Draw(new SeedStream(seed, "s"), "s", 1))
            .First(item => item.Ask.StartsWith("A VM has 10 pages and 100 shares; 30 % of its pages are active. The tax rate τ is 80 %.", StringComparison.Ordinal));
        Assert.Equal(2.63, slides.Answer, 2);
        Assert.Contains(slides.Traps, trap => trap.Mistake == "forgot k" && trap.Value == 10);
    }

    [Fact]
    public void The_slides_VM_loses_six_pages_at_the_fixed_price_and_the_slide_says_five()
    {
        NumericItem slides = Enumerable.Range(1, 100_000).Select(seed => (NumericItem)ItemTemplate.Find("fixed-price")!.Draw(new SeedStream(seed, "s"), "s", 1))
            .First(item => item.Ask.StartsWith("A VM with 100 shares holds 10 pages, 3 of them active; τ is 80 %.", StringComparison.Ordinal));
        Assert.Equal(6, slides.Answer);
        Assert.Contains(slides.Traps, trap => trap.Mistake == "billed as the slide does" && trap.Value == 5);
    }

    [Fact]
    public void The_slides_VM_loses_five_pages_to_a_growing_one_and_six_if_f_is_held_fixed()
    {
        NumericItem slides = Enumerable.Range(1, 100_000).Select(seed => (NumericItem)ItemTemplate.Find("pages-revoked")!.Draw(new SeedStream(seed, "s"), "s", 1))
            .First(item => item.Ask.StartsWith("Two VMs hold 10 pages and 100 shares each. Of VM 1's pages 3 are active", StringComparison.Ordinal) && item.Ask.Contains("τ is 80 %", StringComparison.Ordinal));
        Assert.Equal(5, slides.Answer);
        Assert.Contains(slides.Traps, trap => trap.Mistake == "held f fixed" && trap.Value == 6);
        Assert.Contains(slides.Traps, trap => trap.Mistake == "let VM 2's working set stand still" && trap.Value == 3);
    }
}
