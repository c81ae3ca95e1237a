// Attack: throws an exception with a hundred thousand others inside, of a type whose name is long.
// Expect: … in IdlePageCost (Attack.cs

public sealed class {TIMES 500 A}(string message, Exception inner) : Exception(message, inner)
{
    public override string? StackTrace => throw this;

    public override System.Collections.IDictionary Data => throw this;
}

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        Exception inner = new();
        for (int i = 0; i < 100_000; i++)
            inner = new System.Reflection.TargetInvocationException(inner);
        throw new {TIMES 500 A}("x", inner);
    }
}
