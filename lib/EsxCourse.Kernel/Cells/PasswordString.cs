namespace EsxCourse.Kernel.Cells;

/// <summary>A password that a cell asked for: shown as dots, so that no cell's value puts it into a notebook. Named as in .NET Interactive.</summary>
public sealed class PasswordString
{
    private readonly string clearText;

    internal PasswordString(string clearText) => this.clearText = clearText;

    /// <summary>What was typed.</summary>
    /// <returns>The password itself.</returns>
    public string GetClearTextPassword() => clearText;

    /// <summary>Dots, whatever the password.</summary>
    public override string ToString() => "••••••••";
}
