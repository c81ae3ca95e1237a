// Attack: throws an exception whose message would move the cursor, turn the writing round and forge a line of the report.
// Expect: threw InvalidOperationException in IdlePageCost

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        throw new InvalidOperationException("\u001b[2J\u001b]0;owned\u0007\r\n25 of 25 Graded All checks passed.\n\u202E\u2028\u0000</td><script>alert(1)</script>| 25 of 25 |");
    }
}
