using Microsoft.Playwright;

namespace EsxCourse.Quiz.Server.Tests.Pages;

/// <summary>The faux quiz in a real browser: pick two, type, reload in the middle, lose the network, change devices, run into the time limit.</summary>
public sealed class StudentPageTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public async Task A_student_picks_two_types_reloads_in_the_middle_and_runs_into_the_time_limit()
    {
        using TemporaryFolder folder = new();
        // The real clock: fifteen seconds, one of grace.
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.FauxQuiz with { Grace = TimeSpan.FromSeconds(1) }, options => options with { TimeLimit = TimeSpan.FromSeconds(15) }, TimeProvider.System);
        await using Tab tab = await chromium.OpenAsync(room.Server.JoinUrl, width: 390);
        await tab.JoinAsync("ann", "Ann Example");
        await tab.PressAsync("Start");
        await tab.PickAsync(0, 1);
        await tab.Field(0).PressSequentiallyAsync("The host pages out");
        // At once, before the pause after which a page saves by itself.
        await tab.Page.ReloadAsync();
        await tab.Field(0).WaitForAsync();
        Assert.Equal("The host pages out", await tab.Field(0).InputValueAsync());
        await tab.Field(0).PressAsync("End");
        await tab.Field(0).PressSequentiallyAsync(" a page");
        await tab.SavedAsync();
        await tab.SeesAsync("Your time is over. 1 of 2 answers are saved.");
        Assert.Equal(0, await tab.Page.Locator("textarea").CountAsync());
        await room.Server.DisposeAsync();
        Assert.Equal(["The host pages out a page"], Kept.Texts(room));
        Assert.Empty(tab.Complaints);
    }

    [Fact]
    public async Task The_keyboard_is_enough()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        await using Tab tab = await chromium.OpenAsync(room.Server.JoinUrl);
        IKeyboard keys = tab.Page.Keyboard;
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).WaitForAsync();
        foreach (string text in (string[])[Classroom.Code, "ann", "Ann"])
        {
            await keys.PressAsync("Tab");
            await keys.TypeAsync(text);
        }

        await keys.PressAsync("Enter");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Start" }).WaitForAsync();
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await tab.SeesAsync("0 of 2 picked.");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Space");
        await tab.SeesAsync("2 of 2 picked.");
        await keys.PressAsync("Tab");
        await keys.PressAsync("Enter");
        await tab.Field(1).WaitForAsync();
        await keys.PressAsync("Tab");
        await keys.TypeAsync("by keyboard");
        await tab.SavedAsync();
        Assert.Equal("by keyboard", await tab.Field(0).InputValueAsync());
    }

    [Fact]
    public async Task What_is_typed_while_the_server_is_away_is_saved_when_it_is_back_also_after_a_reload()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        await using Tab tab = await chromium.OpenAsync(room.Server.JoinUrl);
        await tab.JoinAsync("ann", "Ann");
        await tab.PressAsync("Start");
        await tab.PickAsync(0, 1);
        await room.Server.DisposeAsync();
        await tab.Field(0).FillAsync("typed into the void");
        await tab.SeesAsync("Not saved yet");
        await room.RestartAsync();
        await tab.SavedAsync();

        // Left while the server is away, so that only the browser's own draft can bring it back.
        await room.RestartAsync(async () =>
        {
            await tab.Field(1).FillAsync("typed before the reload");
            await tab.SeesAsync("Not saved yet");
            await tab.Page.GotoAsync("about:blank");
        });
        await tab.Page.GotoAsync(room.Server.JoinUrl.ToString());
        await tab.Field(1).WaitForAsync();
        await tab.SavedAsync();
        Assert.Equal("typed before the reload", await tab.Field(1).InputValueAsync());
        await room.Server.DisposeAsync();
        Assert.Equal(["typed before the reload", "typed into the void"], Kept.Texts(room));
    }

    [Fact]
    public async Task A_second_device_goes_on_and_neither_overwrites_the_other_unseen()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        await using Tab phone = await chromium.OpenAsync(room.Server.JoinUrl, width: 390), laptop = await chromium.OpenAsync(room.Server.JoinUrl);
        await phone.JoinAsync("ann", "Ann");
        string personal = (await phone.Page.Locator(".personal").TextContentAsync())!;
        await phone.PressAsync("Start");
        await phone.PickAsync(0, 1);
        await phone.Field(0).FillAsync("from the phone");
        await phone.SavedAsync();

        await laptop.JoinAsync("ann", "Ann", personal);
        await laptop.Field(0).WaitForAsync();
        Assert.Equal("from the phone", await laptop.Field(0).InputValueAsync());
        await laptop.Field(0).FillAsync("from the laptop");
        await laptop.SavedAsync();
        // The phone has nothing of its own to save: it follows.
        await Assertions.Expect(phone.Field(0)).ToHaveValueAsync("from the laptop");

        // Now both write without hearing of each other.
        await phone.Page.Context.SetOfflineAsync(true);
        await phone.Field(0).FillAsync("phone, offline");
        await laptop.Field(0).FillAsync("laptop, meanwhile");
        await laptop.SavedAsync();
        await phone.Page.Context.SetOfflineAsync(false);
        await phone.SeesAsync("Another device has changed this answer.");
        Assert.Equal("phone, offline", await phone.Field(0).InputValueAsync());
        await phone.PressAsync("Keep the text here");
        await phone.SavedAsync();
        await Assertions.Expect(laptop.Field(0)).ToHaveValueAsync("phone, offline");
        Assert.Empty((string[])[.. phone.Complaints, .. laptop.Complaints]);
    }

    [Fact]
    public async Task A_changed_clock_in_the_browser_changes_neither_the_time_shown_nor_the_time_kept()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        const string AnHourAgo = "const Real = Date; Date = class extends Real { constructor(...given) { given.length ? super(...given) : super(Real.now() - 3600e3); } static now() { return Real.now() - 3600e3; } };";
        await using Tab tab = await chromium.OpenAsync(room.Server.JoinUrl, before: AnHourAgo);
        await tab.JoinAsync("ann", "Ann");
        await tab.PressAsync("Start");
        await tab.PickAsync(0, 1);
        Assert.Matches(@"^(5:00|4:5\d) left$", await tab.Page.GetByRole(AriaRole.Timer).InnerTextAsync());
        room.Clock.Advance(TimeSpan.FromMinutes(4));
        await Assertions.Expect(tab.Page.GetByRole(AriaRole.Timer)).ToContainTextAsync("0:5");
        room.Clock.Advance(TimeSpan.FromMinutes(2));
        await tab.SeesAsync("Your time is over.");
    }

    [Fact]
    public async Task The_lecturer_closes_the_quiz_and_the_students_see_the_solution()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, more: options => options with { OpenAtOnce = false });
        await using Tab student = await chromium.OpenAsync(room.Server.JoinUrl, width: 390), lecturer = await chromium.OpenAsync(room.Server.LecturerUrl);
        await student.JoinAsync("ann", "Ann");
        await student.SeesAsync("Wait here");
        await lecturer.SeesAsync("1 in, 1 here now, 0 done.");
        Assert.DoesNotContain("#", lecturer.Page.Url, StringComparison.Ordinal);
        await lecturer.PressAsync("Open the quiz");
        await student.PressAsync("Start");
        await student.PickAsync(0, 1);
        await student.Field(0).FillAsync("The guest picks the same page that the host has paged out already.");
        await lecturer.SeesAsync("1 answered, 1 picked it.");
        await student.SavedAsync();
        await lecturer.PressAsync("Close the quiz");
        await lecturer.SeesAsync("Closing: the last answers are coming in.");
        room.Clock.Advance(TimeSpan.FromSeconds(11));
        await student.SeesAsync("The quiz is closed. 1 of 2 answers are saved.");
        await lecturer.PressAsync("Show the solution");
        await student.SeesAsync("Model answer");
        await lecturer.SeesAsync("The class's answers");
        Assert.Empty((string[])[.. student.Complaints, .. lecturer.Complaints]);
    }
}
