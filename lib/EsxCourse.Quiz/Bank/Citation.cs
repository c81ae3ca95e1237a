namespace EsxCourse.Quiz.Bank;

/// <summary>Where an explanation can be checked: a slide of the lecture, a section of the paper, or a named other source.</summary>
/// <remarks>
/// Written <c>slide: Ballooning!</c>, <c>§3.2</c> or <c>Xen, SOSP'03 §3.3</c>. Slides and sections are held against the lists below, so that a citation
/// never names a slide or section that does not exist.
/// </remarks>
public sealed record Citation
{
    // The slides' titles, as the lecture has them.
    private static readonly string[] Slides =
    [
        "Virtualization faux quiz", "ESX Memory management", "Ballooning!", "Balloon problems", "Page coloring", "Content-based Sharing",
        "Managing Memory with Taxes", "Idle Memory Tax", "Tax example, setup", "Tax example", "Hot I/O Page Remapping",
    ];

    // The paper's sections (OSDI '02).
    private static readonly string[] Sections =
    [
        "§1", "§2", "§3", "§3.1", "§3.2", "§3.3", "§4", "§4.1", "§4.2", "§4.3", "§5", "§5.1", "§5.2", "§5.3", "§5.4",
        "§6", "§6.1", "§6.2", "§6.3", "§7", "§8", "§9",
    ];

    // Sources beside the lecture and its paper.
    private static readonly string[] Others = ["Xen, SOSP'03", "Arrakis, OSDI'14", "Cellular Disco, TOCS'00", "Difference Engine, OSDI'08", "Linux KSM", "Linux vmw_balloon", "vSphere", "Intel CAT"];

    private Citation(string text, string written) => (Text, Written) = (text, written);

    /// <summary>The citation as it is shown, for example <c>slide “Ballooning!”</c> or <c>OSDI '02 §3.2</c>.</summary>
    public string Text { get; }

    /// <summary>The citation as the bank writes it.</summary>
    internal string Written { get; }

    /// <summary>Reads a citation.</summary>
    /// <param name="text">As written in the bank.</param>
    /// <param name="remedy">What to write instead, when the result is null.</param>
    /// <returns>The citation, or null if it names nothing known.</returns>
    internal static Citation? Parse(string text, out string remedy)
    {
        remedy = "";
        if (text.StartsWith("slide:", StringComparison.Ordinal))
        {
            string title = text["slide:".Length..].Trim();
            if (Slides.Contains(title))
                return new Citation($"slide “{title}”", $"slide: {title}");
            remedy = Reading.Nearest.Advice(title, Slides);
            return null;
        }

        if (text.StartsWith('§'))
        {
            if (Sections.Contains(text))
                return new Citation($"OSDI '02 {text}", text);
            remedy = Reading.Nearest.Advice(text, Sections);
            return null;
        }

        if (Others.Any(source => text == source || text.StartsWith(source + " §", StringComparison.Ordinal)))
            return new Citation(text, text);
        remedy = $"write 'slide: TITLE', '§SECTION', or one of: {string.Join("; ", Others)}";
        return null;
    }

    /// <summary>The citation as it is shown.</summary>
    public override string ToString() => Text;
}
