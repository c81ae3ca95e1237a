// Attack: puts markup, newlines and escape codes into its report.
// Expect: threw InvalidOperationException in IdlePageCost

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException("</td><script>alert(1)</script>\n| all | 25 of 25 |\u001b[2J\u202E");
    }
}
