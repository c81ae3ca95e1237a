using Microsoft.Playwright;

namespace EsxCourse.Cli.Tests.Book;

/// <summary>What a page lets its reader move, moved: every slider through all its values and every step view through all its moments, there and back, and by keyboard.</summary>
internal sealed record PageControls(int Sliders, int StepViews, string[] Faults)
{
    // What is shown is compared in the page: it is long, and only whether it changes is of interest.
    private const string Page = """
        () => {
        window.shownBy = control => control.matches(".esx-steps")
          ? control.querySelector(".esx-caption").textContent + control.querySelector(".esx-grids").textContent + control.querySelector(".esx-moment").textContent
          : [...control.closest(".esx-what-if").previousElementSibling.querySelectorAll(".cartesianlayer path")].map(path => path.getAttribute("d")).join();
        window.walk = control => {
          const steps = control.matches(".esx-steps"), slider = steps ? control.querySelector(".esx-slider") : control, all = [];
          const to = value => { slider.value = value; slider.dispatchEvent(new Event("input", { bubbles: true })); return shownBy(control); };
          for (let at = 0; at <= Number(slider.max); at++) all.push(to(at));
          const same = all.slice(1).filter((shown, i) => shown === all[i]).length;
          control.first = all[0];
          if (all.length < 2 || all.includes("")) return "has fewer than two pictures, or an empty one";
          if (steps ? same > 0 : same === all.length - 1) return "shows the same picture twice in a row: " + same + " of " + all.length;
          return to(0) === all[0] ? "" : "does not come back to its first picture";
        };
        }
        """;

    /// <summary>Moves them all.</summary>
    public static async Task<PageControls> TryAsync(IPage page)
    {
        await page.EvaluateAsync(Page);
        List<string> faults = [];
        IReadOnlyList<ILocator> sliders = await page.Locator(".esx-what-if input").AllAsync(), views = await page.Locator(".esx-steps").AllAsync();
        foreach (ILocator control in sliders.Concat(views))
        {
            string name = await control.EvaluateAsync<string>("control => control.getAttribute('aria-valuetext') || control.getAttribute('aria-label')");
            if (await control.EvaluateAsync<string>("control => walk(control)") is { Length: > 0 } fault)
                faults.Add($"'{name}' {fault}");
            await control.FocusAsync();
            await control.PressAsync("End");
            bool moved = await control.EvaluateAsync<bool>("control => shownBy(control) !== control.first");
            await control.PressAsync("Home");
            if (!moved || !await control.EvaluateAsync<bool>("control => shownBy(control) === control.first"))
                faults.Add($"'{name}' is not moved by the keyboard");
        }

        foreach (ILocator view in views)
        {
            await view.Locator(".esx-next").ClickAsync();
            if (!await view.EvaluateAsync<bool>("view => shownBy(view) !== view.first"))
                faults.Add($"'{await view.GetAttributeAsync("aria-label")}' is not moved by its button");
        }

        return new PageControls(sliders.Count, views.Count, [.. faults]);
    }
}
