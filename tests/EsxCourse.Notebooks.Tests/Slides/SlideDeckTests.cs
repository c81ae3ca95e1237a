namespace EsxCourse.Notebooks.Tests.Slides;

public sealed class SlideDeckTests
{
    private static SlideDeck Deck(params (CellKind Kind, string Source, string? Output)[] cells) => SlideDeck.Of(
        new NotebookDocument([.. cells.Select((cell, i) => new NotebookCell($"c{i}", cell.Kind, cell.Source) { Outputs = cell.Output is null ? [] : [new StreamOutput("stdout", cell.Output)] })]),
        "slides/a.html");

    [Fact]
    public void A_topic_begins_at_a_heading_and_goes_on_below()
    {
        SlideDeck deck = Deck(
            (CellKind.Markdown, "# Title\n\nwords\n\n## One\n\nmore\n\n### Below one\n\ndeep", null),
            (CellKind.Code, "1 + 1", "2"),
            (CellKind.Markdown, "plain words", null),
            (CellKind.Markdown, "## Two", null));
        Assert.Equal([1, 4, 1], deck.Topics.Select(topic => topic.Count));
        Assert.Contains("plain words", deck.Topics[1][3], StringComparison.Ordinal);
    }

    [Fact]
    public void A_hash_in_code_begins_no_slide() => Assert.Single(Deck((CellKind.Markdown, "## One\n\n```\n## not a heading\n```", null)).Topics);

    [Fact]
    public void Code_stands_over_what_it_shows_and_references_are_not_shown()
    {
        SlideDeck deck = Deck((CellKind.Code, "#r \"a.dll\"", null), (CellKind.Code, "Show()", "shown"));
        string slide = Assert.Single(Assert.Single(deck.Topics));
        Assert.True(slide.IndexOf("Show()", StringComparison.Ordinal) < slide.IndexOf("shown", StringComparison.Ordinal));
    }
}
