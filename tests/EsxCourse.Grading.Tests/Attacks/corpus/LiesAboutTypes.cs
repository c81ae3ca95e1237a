// Attack: answers with an object of another type than it says.
// Expect: k at τ = 0 % should be 1 || memory fault
using System.Runtime.CompilerServices;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        object[] lie = ["not a number", new Attack()];
        double[] numbers = Unsafe.As<object[], double[]>(ref lie);
        return numbers[0];
    }
}
