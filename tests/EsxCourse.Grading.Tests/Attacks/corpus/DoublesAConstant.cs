// Attack: a constant string that doubles forty times.
// Expect: CS8095 Length of String constant
public sealed partial class Attack
{
    private const string S0 = "xxxxxxxxxxxxxxxx";
    private const string S1 = S0 + S0;
    private const string S2 = S1 + S1;
    private const string S3 = S2 + S2;
    private const string S4 = S3 + S3;
    private const string S5 = S4 + S4;
    private const string S6 = S5 + S5;
    private const string S7 = S6 + S6;
    private const string S8 = S7 + S7;
    private const string S9 = S8 + S8;
    private const string S10 = S9 + S9;
    private const string S11 = S10 + S10;
    private const string S12 = S11 + S11;
    private const string S13 = S12 + S12;
    private const string S14 = S13 + S13;
    private const string S15 = S14 + S14;
    private const string S16 = S15 + S15;
    private const string S17 = S16 + S16;
    private const string S18 = S17 + S17;
    private const string S19 = S18 + S18;
    private const string S20 = S19 + S19;
    private const string S21 = S20 + S20;
    private const string S22 = S21 + S21;
    private const string S23 = S22 + S22;
    private const string S24 = S23 + S23;
    private const string S25 = S24 + S24;
    private const string S26 = S25 + S25;
    private const string S27 = S26 + S26;
    private const string S28 = S27 + S27;
    private const string S29 = S28 + S28;
    private const string S30 = S29 + S29;
    private const string S31 = S30 + S30;
    private const string S32 = S31 + S31;
    private const string S33 = S32 + S32;
    private const string S34 = S33 + S33;
    private const string S35 = S34 + S34;
    private const string S36 = S35 + S35;
    private const string S37 = S36 + S36;
    private const string S38 = S37 + S37;
    private const string S39 = S38 + S38;
    private const string S40 = S39 + S39;

    public double IdlePageCost(int taxPercent) => S40.Length;
}
