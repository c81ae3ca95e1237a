// Attack: makes a type that holds a larger one of its kind, and so on.
// Expect: InvalidProgramException || TypeLoadException || overflowed its stack || used up its memory || used more than

public sealed partial class Attack
{
    private static double Deeper<T>(T value) => Deeper<(T, T)>((value, value)) + 1;

    public double IdlePageCost(int taxPercent)
    {
        return Deeper<int>(0);
    }
}
