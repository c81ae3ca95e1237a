// Attack: claims to be a friend of the worker and of the runtime.
// Expect: your answer is NaN
[assembly: System.Runtime.CompilerServices.IgnoresAccessChecksTo("EsxCourse.Grading.Worker")]
[assembly: System.Reflection.AssemblyVersion("0.0.0.0")]

namespace System.Runtime.CompilerServices
{
    [AttributeUsage(AttributeTargets.Assembly, AllowMultiple = true)]
    internal sealed class IgnoresAccessChecksToAttribute(string name) : Attribute
    {
        public string Name => name;
    }
}

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        return double.NaN;
    }
}
