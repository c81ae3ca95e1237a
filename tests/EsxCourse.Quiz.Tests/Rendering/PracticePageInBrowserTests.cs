using System.Diagnostics;
using EsxCourse.Quiz.Rendering;

namespace EsxCourse.Quiz.Tests.Rendering;

/// <summary>The practice page in chromium, 390 pixels wide: every question is answered by the page's own data, then wrongly.</summary>
public sealed class PracticePageInBrowserTests
{
    // Fills in each form, submits it, and leaves in the title what the page said.
    private const string Driver = """
        <script>
        const run = right => document.querySelectorAll("form").forEach(form => {
          const data = JSON.parse(form.querySelector("script").textContent), inputs = [...form.querySelectorAll("input")], selects = [...form.querySelectorAll("select")];
          if (data.options) inputs.forEach((box, at) => box.checked = data.options[at].Right === right);
          else if (data.number) inputs[0].value = right ? data.key : data.number.traps[0].Value;
          else if (data.places) selects.forEach((one, at) => one.value = String((data.places[at].at + (right ? 0 : 1)) % selects.length));
          else inputs.forEach((one, at) => one.value = right ? data.blanks[at].Accepts[0] : "rutabaga");
          form.requestSubmit();
        });
        const count = sign => [...document.querySelectorAll(".verdict")].filter(one => one.textContent.startsWith(sign)).length;
        run(false); const wrong = count("✗");
        run(true);
        document.title = `wrong ${wrong} right ${count("✓")} wide ${document.documentElement.scrollWidth > innerWidth} live ${document.querySelectorAll(".verdict[role=status]").length}`;
        </script>
        """;

    [Theory]
    [InlineData("ballooning")]
    [InlineData("idle-memory-tax")]
    [InlineData("memory-virtualization")]
    public async Task Keys_are_right_distractors_are_wrong_and_nothing_is_too_wide(string topic)
    {
        QuizFile quiz = QuizBank.Load(Quizzes.Folder).Find(topic).Vary(4);
        string folder = Directory.CreateTempSubdirectory("esx-practice").FullName;
        try
        {
            string page = Path.Combine(folder, "page.html");
            await File.WriteAllTextAsync(page, $"<!DOCTYPE html><html lang=\"en\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><body>{PracticePage.Render(quiz)}{Driver}</body></html>", TestContext.Current.CancellationToken);
            string dom = await ChromiumAsync(folder, page);
            Assert.Contains($"<title>wrong {quiz.Items.Count} right {quiz.Items.Count} wide false live {quiz.Items.Count}</title>", dom, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<string> ChromiumAsync(string folder, string page)
    {
        RequiredTool.Need("chromium");
        ProcessStartInfo start = new("chromium", ["--headless", "--no-sandbox", "--disable-gpu", $"--user-data-dir={folder}/profile", "--window-size=390,900", "--dump-dom", $"file://{page}"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process chromium = Process.Start(start)!;
        Task<string> output = chromium.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken), errors = chromium.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await chromium.WaitForExitAsync(TestContext.Current.CancellationToken);
        await errors;
        return await output;
    }
}
