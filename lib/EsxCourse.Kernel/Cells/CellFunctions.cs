using Microsoft.AspNetCore.Html;

namespace EsxCourse.Kernel.Cells;

/// <summary>What every cell can call without naming a class: <c>display(…)</c> and <c>HTML(…)</c>, as in .NET Interactive.</summary>
public static class CellFunctions
{
    /// <summary>Shows a value now, in the middle of the cell.</summary>
    /// <param name="value">Anything; null shows as such.</param>
    /// <param name="mimeTypes">Only these MIME types; none given: those that the value's type prefers, and plain text.</param>
    /// <returns>A handle by which later code can replace what is shown.</returns>
    public static DisplayedValue display(object? value, params string[] mimeTypes) // Lower case: the dialect's spelling.
    {
        string id = Guid.NewGuid().ToString("N");
        CellOutputSink.Current.Display(MimeBundle.Of(value, mimeTypes), id, update: false);
        return new DisplayedValue(id, mimeTypes);
    }

    /// <summary>Asks whoever sits before the notebook for a line, with a prompt beside the field.</summary>
    /// <param name="prompt">What is asked for.</param>
    /// <returns>What was typed.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs by itself; there is nobody to ask.</exception>
    public static Task<string> GetInputAsync(string prompt = "") => Task.FromResult(CellOutputSink.Current.Ask(prompt, password: false));

    /// <summary>The same for a secret: the client hides what is typed, and it does not get into the notebook.</summary>
    /// <param name="prompt">What is asked for.</param>
    /// <returns>What was typed.</returns>
    /// <exception cref="InvalidOperationException">The notebook runs by itself; there is nobody to ask.</exception>
    public static Task<PasswordString> GetPasswordAsync(string prompt = "") => Task.FromResult(new PasswordString(CellOutputSink.Current.Ask(prompt, password: true)));

    /// <summary>Takes away what the cell has shown so far.</summary>
    /// <param name="wait">True: only when something new comes, so that nothing flickers.</param>
    public static void ClearOutput(bool wait = false) => CellOutputSink.Current.Clear(wait);

    /// <summary>Text that is HTML and is shown as such when it is displayed or is the cell's value.</summary>
    /// <param name="content">The HTML.</param>
    public static IHtmlContent HTML(string content) => new HtmlString(content);
}
