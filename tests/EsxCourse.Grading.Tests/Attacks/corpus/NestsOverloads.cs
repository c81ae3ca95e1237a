// Attack: lambdas nested in overloads: a compiler tries each way at each level, a hundred million in all.
// Expect: the compiler needed more than 5 s for it and was stopped
public sealed partial class Attack
{
    private static int M(Func<string, int> f) => 0;

    private static int M(Func<Uri, int> f) => 0;

    public double IdlePageCost(int taxPercent) => M(x0 => M(x1 => M(x2 => M(x3 => M(x4 => M(x5 => M(x6 => M(x7 => M(x8 => M(x9 => M(x10 => M(x11 => M(x12 => M(x13 => M(x14 => M(x15 => M(x16 => M(x17 => M(x18 => M(x19 => M(x20 => M(x21 => M(x22 => M(x23 => M(x24 => M(x25 => x0.Length))))))))))))))))))))))))));
}
