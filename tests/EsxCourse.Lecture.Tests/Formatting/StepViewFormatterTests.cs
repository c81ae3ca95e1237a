using System.Text.Json;
using EsxCourse.Lecture.Formatting;
using Microsoft.DotNet.Interactive.Formatting;

namespace EsxCourse.Lecture.Tests.Formatting;

/// <summary>A step view's HTML plays by itself: without a network, a kernel, a library, or another view's help.</summary>
public sealed class StepViewFormatterTests
{
    private static readonly StepKind Empty = new('·', "empty", "#eef0f2");
    private static readonly StepKind Full = new('F', "full", "#0072b2");

    private static readonly StepView View = new(
        "Three <moments>",
        new StepFrame("one </script> & more", [Grid(Empty, Empty, Full)]),
        new StepFrame("two", [Grid(Empty, Full, Full)], LectureTable.Of("t", [1], ("n", n => n))),
        new StepFrame("three", [Grid(Empty, Full, Empty)]));

    [Fact]
    public void It_is_registered_by_loading_the_kit() =>
        Assert.Contains("class=\"esx-steps\"", View.ToDisplayString(HtmlFormatter.MimeType), StringComparison.Ordinal);

    [Fact]
    public void It_asks_no_network()
    {
        string html = StepViewFormatter.ToHtml(View);
        Assert.DoesNotContain("http", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(" src=", html, StringComparison.Ordinal);
        Assert.DoesNotContain("@import", html, StringComparison.Ordinal);
        Assert.DoesNotContain("url(", html, StringComparison.Ordinal);
    }

    [Fact]
    public void No_text_ends_the_script_or_becomes_an_element()
    {
        string html = StepViewFormatter.ToHtml(View);
        Assert.Equal(1, Count(html, "</script>"));
        Assert.DoesNotContain("<moments>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_views_on_one_page_have_different_ids() =>
        Assert.NotEqual(Id(StepViewFormatter.ToHtml(View)), Id(StepViewFormatter.ToHtml(View)));

    [Fact]
    public void The_changes_from_moment_to_moment_add_up_to_the_frames()
    {
        JsonElement data = JsonDocument.Parse(StepViewFormatter.Data(View)).RootElement;
        string?[] letters = new string?[3];
        List<string> shown = [];
        foreach (JsonElement frame in data.GetProperty("frames").EnumerateArray())
        {
            foreach (JsonElement change in frame.GetProperty("g")[0].EnumerateArray())
                letters[change[0].GetInt32()] = data.GetProperty("kinds")[change[1].GetInt32()][0].GetString();
            shown.Add(string.Concat(letters));
        }

        Assert.Equal(["··F", "·FF", "·F·"], shown);
    }

    [Fact]
    public void Only_what_changed_is_sent() =>
        Assert.Equal([3, 1, 1], JsonDocument.Parse(StepViewFormatter.Data(View)).RootElement.GetProperty("frames").EnumerateArray().Select(frame => frame.GetProperty("g")[0].GetArrayLength()));

    [Fact]
    public void It_can_be_used_by_keyboard_and_read_as_a_list()
    {
        string html = StepViewFormatter.ToHtml(View);
        Assert.Contains("role=\"group\" tabindex=\"0\" aria-label=", html, StringComparison.Ordinal);
        Assert.Equal(5, Count(html, "<button type=\"button\""));
        Assert.Equal(7, Count(html, " aria-label=\"") - Count(html, "aria-label=\"Legend\""));
        Assert.Equal(3, Count(html, "<li>"));
    }

    [Theory]
    [InlineData("#0072b2", "#ffffff")]
    [InlineData("#e69f00", "#000000")]
    [InlineData("#eef0f2", "#000000")]
    [InlineData("#009e73", "#000000")]
    public void A_letter_stands_out_from_its_cell(string colour, string ink) => Assert.Equal(ink, StepViewFormatter.InkOn(colour));

    [Fact]
    public void All_moments_show_the_same_grids() =>
        Assert.Throws<ArgumentException>(() => new StepView("t", new StepFrame("a", [Grid(Empty)]), new StepFrame("b", [Grid(Empty, Full)])));

    [Fact]
    public void A_grid_too_large_to_be_seen_is_refused() =>
        Assert.Contains("HeatMap", Assert.Throws<ArgumentException>(() => new StepView("t", new StepFrame("a", [Grid([.. Enumerable.Repeat(Empty, StepGrid.MaxCells + 1)])]))).Message, StringComparison.Ordinal);

    [Fact]
    public void As_text_it_is_a_numbered_list() => Assert.Equal("Three <moments>\n  1. one </script> & more\n  2. two\n  3. three", View.ToString());

    private static StepGrid Grid(params StepKind[] kinds) => new("g", [.. kinds.Select((kind, i) => new StepCell(kind, $"{i}: {kind.Name}"))]);

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static string Id(string html) => html[(html.IndexOf("id=\"", StringComparison.Ordinal) + 4)..].Split('"')[0];
}
