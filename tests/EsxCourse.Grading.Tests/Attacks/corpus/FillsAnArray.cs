// Attack: a constant array of a megabyte of source.
// Expect: your answer is 100000
public sealed partial class Attack
{
    private static readonly int[] Numbers = [{TIMES 100000 1234,}];

    public double IdlePageCost(int taxPercent) => Numbers.Length;
}
