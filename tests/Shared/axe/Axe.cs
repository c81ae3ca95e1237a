using Microsoft.Playwright;

namespace EsxCourse.Tests;

/// <summary>axe-core on a page in the browser. A test project that uses it compiles this file and has axe.min.js beside it.</summary>
internal static class Axe
{
    private static readonly string Script = Path.Combine(AppContext.BaseDirectory, "axe", "axe-4.10.3.min.js");

    /// <summary>The serious and critical faults of the page: the rule, what it asks, and the first element that breaks it.</summary>
    /// <param name="page">A page that has drawn what it draws.</param>
    /// <param name="leaveOut">A selector of elements that are not ours to mend, such as a library's own drawing.</param>
    public static async Task<string[]> SeriousFaultsAsync(IPage page, string? leaveOut = null)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script, TestContext.Current.CancellationToken));
        return await page.EvaluateAsync<string[]>(
            """
            async leaveOut => {
              const found = await axe.run(leaveOut ? { exclude: [leaveOut] } : document, { resultTypes: ["violations"], preload: false });
              return found.violations.filter(v => v.impact === "serious" || v.impact === "critical")
                .map(v => `${v.id}: ${v.help}: ${v.nodes[0].html.slice(0, 200)} (${v.nodes.length} in all) ${v.nodes[0].failureSummary.replace(/\s+/g, " ").slice(0, 200)}`);
            }
            """,
            leaveOut);
    }
}
