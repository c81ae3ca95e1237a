// Attack: attributes and directives that name a file of the grader.
// Expect: CS7027 Error signing output
#line 1 "{CANARY}"
#pragma checksum "{CANARY}" "{406EA660-64CF-4C82-B6F0-42D48172A799}" "00"
[assembly: System.Reflection.AssemblyKeyFile("{CANARY}")]
[assembly: System.Reflection.AssemblyDelaySign(false)]

/// <include file="{CANARY}" path="*"/>
public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent) => 0;
}
