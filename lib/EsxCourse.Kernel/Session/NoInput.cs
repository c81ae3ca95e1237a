namespace EsxCourse.Kernel.Session;

/// <summary>Standard input where nobody can answer: says so at once, where an endless wait would say nothing.</summary>
internal sealed class NoInput : TextReader
{
    public override int Read() => throw Refused();

    public override int Peek() => throw Refused();

    public override string? ReadLine() => throw Refused();

    private static InvalidOperationException Refused() =>
        new("The cell asks for input, and there is nobody to answer: the notebook runs by itself.");
}
