// Attack: loads the reference solution by name.
// Expect: threw FileNotFoundException in IdlePageCost

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        return ((IMemoryTax)Activator.CreateInstance("EsxCourse.Exercises", "EsxCourse.Exercises.Tax.ReferenceMemoryTax")!.Unwrap()!).IdlePageCost(taxPercent);
    }
}
