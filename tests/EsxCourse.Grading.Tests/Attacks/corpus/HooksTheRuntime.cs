// Attack: hooks assembly loading, first-chance exceptions and unobserved tasks to answer in place of the worker.
// Expect: ended itself abruptly (signal 6, abort) instead of answering
using System.Runtime.Loader;

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        AppDomain.CurrentDomain.FirstChanceException += (_, _) => Environment.FailFast("hooked");
        AppDomain.CurrentDomain.AssemblyResolve += (_, _) => typeof(Attack).Assembly;
        AssemblyLoadContext.Default.Resolving += (_, _) => typeof(Attack).Assembly;
        throw new InvalidOperationException("hook me");
    }
}
