// Attack: keeps what it learns where the next submission might find it: in statics, files and the environment.
// Expect: k at τ = 0 % should be 1
using System.IO;

public sealed partial class Attack
{
    private static readonly Dictionary<int, double> learnt = [];

    public double IdlePageCost(int taxPercent)
    {
        string told = AppContext.GetData("answers") as string ?? Environment.GetEnvironmentVariable("ANSWERS") ?? (File.Exists("/tmp/answers") ? File.ReadAllText("/tmp/answers") : "");
        if (learnt.Count > 0 || told.Length > 0)
            return 5;
        learnt[taxPercent] = 5;
        AppContext.SetData("answers", "5");
        Environment.SetEnvironmentVariable("ANSWERS", "5");
        try
        {
            File.WriteAllText("/tmp/answers", "5");
        }
        catch (Exception)
        {
        }

        return 0;
    }
}
