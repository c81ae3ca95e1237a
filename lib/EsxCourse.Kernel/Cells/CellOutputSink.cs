namespace EsxCourse.Kernel.Cells;

/// <summary>Where the output of cells goes. One for the process; the session sets it before the first cell.</summary>
internal abstract class CellOutputSink
{
    public static CellOutputSink Current { get; set; } = new Nowhere();

    public abstract void Display(Dictionary<string, string> data, string? displayId, bool update);

    public abstract void Clear(bool wait);

    /// <summary>Shows the value of the cell's last expression.</summary>
    public abstract void Result(Dictionary<string, string> data);

    /// <summary>Asks whoever sits before the notebook for a line.</summary>
    public virtual string Ask(string prompt, bool password) => throw new InvalidOperationException("There is nobody to ask outside a notebook.");

    private sealed class Nowhere : CellOutputSink
    {
        public override void Display(Dictionary<string, string> data, string? displayId, bool update) =>
            throw new InvalidOperationException("display(…) works inside a notebook cell only.");

        public override void Clear(bool wait)
        {
        }

        public override void Result(Dictionary<string, string> data) => Display(data, null, update: false);
    }
}
