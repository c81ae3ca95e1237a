using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.Admission;

/// <summary>Guarantees must fit the machine.</summary>
public sealed class GuaranteedMemory : Check<IAdmission>
{
    /// <inheritdoc/>
    public override string Hint => "Only min is reserved in memory. What fits exactly fits. Whoever is refused takes nothing.";

    /// <inheritdoc/>
    protected override void Run(IAdmission student, CheckRun run)
    {
        AdmissionDesk desk = new(student, run, memory: 1000, swap: 5000);
        desk.PowerOn(0, 600, 800, "Granted");
        desk.PowerOn(1, 500, 800, "NoMemory, 100 missing");
        desk.PowerOn(2, 400, 400, "Granted");
        desk.PowerOn(3, 0, 100, "Granted");
    }
}

/// <summary>What is above the guarantees must fit the swap space.</summary>
public sealed class SwapSpace : Check<IAdmission>
{
    /// <inheritdoc/>
    public override string Hint => "All that is above min may have to be paged out one day: max - min of every VM.";

    /// <inheritdoc/>
    protected override void Run(IAdmission student, CheckRun run)
    {
        AdmissionDesk desk = new(student, run, memory: 1000, swap: 500);
        desk.PowerOn(0, 100, 400, "Granted");
        desk.PowerOn(1, 100, 320, "NoSwap, 20 missing");
        desk.PowerOn(1, 120, 320, "Granted");
        desk.PowerOn(2, 10, 11, "NoSwap, 1 missing");
        desk.PowerOn(2, 10, 10, "Granted");
    }
}
