// Attack: declares the contract, the units and the friendship of the worker itself.
// Expect: no class implements IMemoryTax
[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("EsxCourse.Grading")]
[module: System.Security.UnverifiableCode]

namespace EsxCourse.Exercises.Tax
{
    public interface IMemoryTax
    {
        double IdlePageCost(int taxPercent);
    }
}

public sealed class Attack : EsxCourse.Exercises.Tax.IMemoryTax
{
    public double IdlePageCost(int taxPercent) => 5;
}
