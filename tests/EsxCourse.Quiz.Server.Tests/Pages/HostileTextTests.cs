using Microsoft.Playwright;

namespace EsxCourse.Quiz.Server.Tests.Pages;

/// <summary>A student's name and answers are text, whatever they look like: on the lecturer's page, in the solution, on the own page.</summary>
public sealed class HostileTextTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Script = "<img src=x onerror=\"alert(1)\"><script>alert(2)</script></textarea></title><svg onload=alert(3)>";

    [Fact]
    public async Task A_script_in_a_name_and_in_an_answer_is_shown_to_the_lecturer_as_text()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.OneOfEachKind);
        Client mallory = new(room);
        Assert.Equal(200, (await mallory.PostAsync("api/join", new { code = Classroom.Code, login = "\"><b>m", name = Script[..90] })).Status);
        await mallory.PostAsync("api/attempts/1");
        for (int question = 1; question <= 7; question++)
            Assert.Equal(200, (await mallory.SaveAsync($"q{question}", 0, Script)).Status);

        await using Tab lecturer = await chromium.OpenAsync(room.Server.LecturerUrl);
        await lecturer.SeesAsync("1 in, 1 here now, 0 done.");
        Assert.Equal($"{Script[..90]} (\"><b>m)", await lecturer.Page.Locator("tbody th").InnerTextAsync());
        Assert.Equal(0, await lecturer.Page.Locator("main img, main script, main svg, main b").CountAsync());
        await room.CloseAndShowAsync(await room.LecturerAsync());
        await lecturer.SeesAsync("The class's answers");
        await lecturer.Page.Locator("summary").First.ClickAsync();
        Assert.Equal(Script, await lecturer.Page.Locator("blockquote").First.InnerTextAsync());
        Assert.Equal(0, await lecturer.Page.Locator("main img, main script, main svg, main b").CountAsync());
        Assert.Empty(lecturer.Complaints);

        await using Tab own = await chromium.OpenAsync(room.Server.JoinUrl);
        await own.Page.Context.AddCookiesAsync([new Cookie { Name = mallory.Cookie!.Split('=')[0], Value = mallory.Cookie!.Split('=')[1], Url = room.Server.JoinUrl.ToString() }]);
        await own.Page.ReloadAsync();
        await own.SeesAsync("The class's answers");
        Assert.Equal(0, await own.Page.Locator("main img, main script, main svg, main b").CountAsync());
        Assert.Empty(own.Complaints);
    }

    // Were a text ever put in as markup, the browser would still not run it.
    [Fact]
    public async Task The_content_policy_stops_a_script_that_got_into_a_page()
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder);
        await using Tab tab = await chromium.OpenAsync(room.Server.JoinUrl);
        await tab.Page.EvaluateAsync("document.querySelector('main').innerHTML = '<img src=x onerror=\"document.title = String(6 * 7)\">'");
        await tab.Page.EvaluateAsync("new Promise(resolve => setTimeout(resolve, 300))");
        Assert.NotEqual("42", await tab.Page.TitleAsync());
        Assert.Contains(tab.Complaints, complaint => complaint.Contains("Content Security Policy", StringComparison.Ordinal));
    }
}
