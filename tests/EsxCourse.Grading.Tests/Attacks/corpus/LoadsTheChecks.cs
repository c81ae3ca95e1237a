// Attack: loads the checks and the reference by name and asks the reference.
// Expect: threw InvalidOperationException in IdlePageCost
using System.IO;
using System.Reflection;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        foreach (string name in new[] { "EsxCourse.Exercises", "EsxCourse.Memory", "EsxCourse.Grading" })
        {
            try
            {
                object reference = Activator.CreateInstance(Assembly.Load(name).GetTypes().First(t => typeof(IMemoryTax).IsAssignableFrom(t)))!;
                return ((IMemoryTax)reference).IdlePageCost(taxPercent);
            }
            catch (IOException)
            {
            }
        }

        throw new InvalidOperationException("nothing found");
    }
}
