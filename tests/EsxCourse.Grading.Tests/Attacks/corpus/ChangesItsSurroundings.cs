// Attack: changes culture, environment and folder.
// Expect: threw CultureNotFoundException in IdlePageCost

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        System.Globalization.CultureInfo.DefaultThreadCurrentCulture = new System.Globalization.CultureInfo("tr-TR");
        Environment.SetEnvironmentVariable("DOTNET_STARTUP_HOOKS", "/tmp/x.dll");
        Environment.CurrentDirectory = "/";
        return 0;
    }
}
