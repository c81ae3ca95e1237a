using EsxCourse.Quiz.Bank;
using Microsoft.Playwright;

namespace EsxCourse.Quiz.Server.Tests.Pages;

/// <summary>Every kind of question: what is clicked and typed reaches the server in the form in which the scorer reads answers, and comes back after a reload.</summary>
public sealed class QuestionFormTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_paper_answered_from_its_key_in_the_page_earns_all_points_of_its_closed_questions()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.OneOfEachKind);
        await using Tab tab = await chromium.OpenAsync(room.Server.JoinUrl, width: 390);
        await tab.JoinAsync("ann", "Ann");
        await tab.PressAsync("Start");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Hand in" }).WaitForAsync();
        QuizFile paper = room.Options.Quiz.Vary(long.Parse(Kept.Query(room, "SELECT seed FROM attempt").Single()));
        foreach ((int at, QuizItem item) in paper.Items.Index())
            await AnswerAsync(tab.Page.Locator($"form[data-question=q{at + 1}]"), item);
        await tab.SavedAsync();
        await tab.Page.ReloadAsync();
        await tab.SeesAsync("All saved.");
        foreach ((int at, QuizItem item) in paper.Items.Index())
        {
            string text = Kept.Query(room, $"SELECT text FROM answer WHERE item = '{item.Id}'").Single();
            if (item is not FreeTextItem)
                Assert.Equal(item.Points, QuizScorer.Score(item, text).Points);
            await StandsAsync(tab.Page.Locator($"form[data-question=q{at + 1}]"), item);
        }

        Assert.Empty(tab.Complaints);
    }

    private static async Task AnswerAsync(ILocator form, QuizItem item)
    {
        switch (item)
        {
            case ChoiceItem choice:
                foreach ((int at, Option option) in choice.Options.Index())
                    if (option.Right)
                        await form.Locator("input").Nth(at).CheckAsync();
                break;
            case MatchingItem matching:
                foreach ((int at, Pair pair) in matching.Pairs.Index())
                    await form.Locator("select").Nth(at).SelectOptionAsync(new SelectOptionValue { Label = pair.Right });
                break;
            case OrderingItem ordering:
                foreach ((int place, string step) in ordering.Steps.Index())
                    while (!(await form.Locator("li span").Nth(place).InnerTextAsync()).EndsWith(step, StringComparison.Ordinal))
                        await form.Page.GetByRole(AriaRole.Button, new() { Name = $"Move up: {step}", Exact = true }).ClickAsync();
                if (await form.GetByText("Keep this order").IsVisibleAsync())
                    await form.GetByText("Keep this order").ClickAsync();
                break;
            case FillInItem fillIn:
                foreach ((int at, Blank blank) in fillIn.Blanks.Index())
                    await form.Locator("input").Nth(at).FillAsync(blank.Accepts[0]);
                break;
            default:
                await form.Locator("input, textarea").FillAsync(item.Key);
                break;
        }
    }

    private static async Task StandsAsync(ILocator form, QuizItem item)
    {
        switch (item)
        {
            case ChoiceItem choice:
                foreach ((int at, Option option) in choice.Options.Index())
                    Assert.Equal(option.Right, await form.Locator("input").Nth(at).IsCheckedAsync());
                break;
            case MatchingItem matching:
                foreach ((int at, Pair pair) in matching.Pairs.Index())
                    Assert.Equal(pair.Right, await form.Locator("select").Nth(at).EvaluateAsync<string>("list => list.selectedOptions[0].textContent"));
                break;
            case OrderingItem ordering:
                Assert.Equal(ordering.Steps.Select((step, at) => $"{at + 1}. {step}"), await form.Locator("li span").AllInnerTextsAsync());
                break;
            case FillInItem fillIn:
                foreach ((int at, Blank blank) in fillIn.Blanks.Index())
                    Assert.Equal(blank.Accepts[0], await form.Locator("input").Nth(at).InputValueAsync());
                break;
            default:
                Assert.Equal(item.Key.ReplaceLineEndings("\n"), await form.Locator("input, textarea").InputValueAsync());
                break;
        }
    }
}
