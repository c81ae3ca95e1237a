namespace EsxCourse.Notebooks;

/// <summary>One page in the kit's look: a title and the HTML of its body. The frame (head, navigation, scripts) is the site's business.</summary>
/// <remarks>
/// The theme offers these classes to a body: <c>cards</c> with <c>card</c> (a grid of boxes), <c>good</c>, <c>bad</c>, <c>note</c> (boxes or
/// table cells that say how something went), <c>badge</c>, <c>wide</c> (scrolls sideways by itself), <c>mermaid</c> (drawn). Tables, lists,
/// <c>details</c>, <c>pre</c> and <c>code</c> need no class.
/// </remarks>
/// <param name="FileName">Where the page lies in the site, with <c>/</c> between folders, ending in <c>.html</c>: <c>notebooks/02-ballooning.html</c>.</param>
/// <param name="Title">The page's title as plain text; also its label in the navigation unless <see cref="Label"/> says otherwise.</param>
/// <param name="Body">HTML, trusted as it is. Links in it are relative to the page's own file.</param>
public sealed record HtmlPage(string FileName, string Title, string Body)
{
    /// <summary>The page's name in the navigation, as plain text.</summary>
    public string Label { get; init; } = Title;

    /// <summary>Whether the frame writes the title as a heading over the body. Not, if the body brings its own.</summary>
    public bool ShowsTitle { get; init; } = true;

    /// <summary>Whether the navigation lists the page.</summary>
    public bool InNavigation { get; init; } = true;

    /// <summary>The page as one file that needs no other: style and scripts are inside.</summary>
    public string ToSingleFile() => HtmlFrame.Render(this, Title, [], singleFile: true);
}
