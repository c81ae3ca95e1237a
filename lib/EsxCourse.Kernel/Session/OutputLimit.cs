namespace EsxCourse.Kernel.Session;

/// <summary>How much one cell may put out: text in characters, everything shown in characters of its MIME bundles.</summary>
/// <remarks>An endless printer would otherwise fill the notebook, the page and the memory of all who hold them.</remarks>
internal sealed class OutputLimit(int textLimit = OutputLimit.DefaultText, int displayLimit = OutputLimit.DefaultDisplay)
{
    public const int DefaultText = 200_000;
    public const int DefaultDisplay = 40_000_000;

    private int text;
    private int display;
    private bool noticed;

    /// <summary>How much of a text of that length still goes out.</summary>
    public int TakeText(int length)
    {
        int taken = Math.Min(length, textLimit - text);
        text += taken;
        return taken;
    }

    /// <summary>Whether a bundle still goes out.</summary>
    public bool TakeDisplay(IReadOnlyDictionary<string, string> data)
    {
        int size = data.Sum(entry => entry.Value.Length);
        if (size > displayLimit - display)
            return false;
        display += Math.Max(size, 1000); // A flood of empty displays is a flood too.
        return true;
    }

    /// <summary>The notice to show, the first time that something was held back; then null.</summary>
    public string? Notice(bool ofText)
    {
        if (noticed)
            return null;
        noticed = true;
        return ofText
            ? $"\n[output cut: the cell wrote more than {textLimit:N0} characters]\n"
            : $"\n[output cut: the cell showed more than {displayLimit / 1_000_000} MB]\n";
    }
}
