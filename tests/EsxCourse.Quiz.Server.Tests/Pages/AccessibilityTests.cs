using System.Security.Cryptography;
using Microsoft.Playwright;

namespace EsxCourse.Quiz.Server.Tests.Pages;

/// <summary>Every page in every state, at 390 and at 1280 pixels: axe-core finds no serious fault and nothing is wider than the window.</summary>
public sealed class AccessibilityTests(Chromium chromium) : IClassFixture<Chromium>
{
    [Fact]
    public void Axe_is_the_published_file()
    {
        string folder = Repository.Path("tests", "EsxCourse.Quiz.Server.Tests", "Axe");
        string hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, "axe-4.14.1.min.js"))));
        Assert.Contains(hash, File.ReadAllText(Path.Combine(folder, "ORIGIN.md")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task The_students_pages_have_no_serious_fault(int width)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, more: options => options with { OpenAtOnce = false });
        await using Tab tab = await chromium.OpenAsync(room.Server.JoinUrl, width);
        Client lecturer = await room.LecturerAsync();
        await LookAsync(tab.Page, $"join-{width}");
        await tab.JoinAsync("ann", "Ann Example");
        await tab.SeesAsync("Wait here");
        await LookAsync(tab.Page, $"lobby-{width}");
        await lecturer.PostAsync("lecturer/open");
        await tab.PressAsync("Start");
        await tab.SeesAsync("0 of 2 picked.");
        await LookAsync(tab.Page, $"pick-{width}");
        await tab.PickAsync(0, 1);
        await tab.Field(0).FillAsync("The host pages a page of the guest out. Later the guest picks the same page, and it has to be read in only to be written out again.");
        await tab.SavedAsync();
        await LookAsync(tab.Page, $"paper-{width}");
        await room.CloseAndShowAsync(lecturer);
        await tab.SeesAsync("The class's answers");
        await LookAsync(tab.Page, $"solution-{width}");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task Every_kind_of_question_has_no_serious_fault(int width)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.OneOfEachKind);
        await using Tab tab = await chromium.OpenAsync(room.Server.JoinUrl, width);
        await tab.JoinAsync("ann", "Ann Example");
        await tab.PressAsync("Start");
        await tab.Page.GetByRole(AriaRole.Button, new() { Name = "Hand in" }).WaitForAsync();
        await LookAsync(tab.Page, $"kinds-{width}");
    }

    [Theory]
    [InlineData(390)]
    [InlineData(1280)]
    public async Task The_lecturers_pages_have_no_serious_fault(int width)
    {
        using TemporaryFolder folder = new();
        await using Classroom room = await Classroom.OpenAsync(folder, Classroom.OneOfEachKind);
        foreach (string login in (string[])["ann", "bob", "cem", "dao", "eva"])
        {
            Client student = await room.JoinAsync(login);
            await student.PostAsync("api/attempts/1");
            for (int question = 1; question <= 7; question++)
                await student.SaveAsync($"q{question}", 0, login[0] <= 'c' ? "a" : "b");
        }

        await using Tab tab = await chromium.OpenAsync(room.Server.LecturerUrl, width);
        await tab.SeesAsync("5 in, 5 here now, 0 done.");
        await LookAsync(tab.Page, $"lecturer-{width}");
        await room.CloseAndShowAsync(await room.LecturerAsync());
        await tab.SeesAsync("The class's answers");
        await LookAsync(tab.Page, $"lecturer-solution-{width}");
    }

    private static async Task LookAsync(IPage page, string name)
    {
        await Chromium.PictureAsync(page, name);
        string[] faults = await Chromium.FaultsAsync(page);
        Assert.True(faults.Length == 0, $"{name}: {string.Join("; ", faults)}");
        Assert.False(await Chromium.IsTooWideAsync(page), $"{name} is wider than its window.");
    }
}
