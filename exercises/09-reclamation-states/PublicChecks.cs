using EsxCourse.Contracts;
using EsxCourse.Grading.Checks;

namespace EsxCourse.Exercises.States;

/// <summary>6, 4, 2 and 1 % of the machine, rounded up.</summary>
public sealed class TheThresholds : Check<IReclamation>
{
    /// <inheritdoc/>
    public override string Hint => "Slide 'Four states': 6, 4, 2 and 1 % of memory. A part of a page counts as a whole one.";

    /// <inheritdoc/>
    protected override void Run(IReclamation student, CheckRun run)
    {
        foreach ((long machine, long high, long soft, long hard, long low) in ((long, long, long, long, long)[])[(1000, 60, 40, 20, 10), (1001, 61, 41, 21, 11), (262_144, 15_729, 10_486, 5_243, 2_622)])
        {
            run.Step($"a machine of {machine} pages");
            student.Start(new PageCount(machine));
            run.Equal(new HostThresholds(new PageCount(high), new PageCount(soft), new PageCount(hard), new PageCount(low)), student.Thresholds(), "the thresholds");
        }
    }
}

/// <summary>Down at once, and as deep as free memory says.</summary>
public sealed class Down : Check<IReclamation>
{
    /// <inheritdoc/>
    public override string Hint => "A state is entered from above when free memory is below its threshold; at the threshold it is not. A sudden loss may pass a state by.";

    /// <inheritdoc/>
    protected override void Run(IReclamation student, CheckRun run)
    {
        States.Play(student, run, "1000 pages", (100, HostState.High), (40, HostState.High), (39, HostState.Soft), (20, HostState.Soft), (19, HostState.Hard), (10, HostState.Hard), (9, HostState.Low));
        States.Play(run.Another<IReclamation>(), run, "1000 pages, a sudden loss", (100, HostState.High), (5, HostState.Low));
        States.Play(run.Another<IReclamation>(), run, "1000 pages, a sudden loss", (100, HostState.High), (15, HostState.Hard), (3, HostState.Low));
    }
}

/// <summary>Plays free memory, second by second, on a machine of 1000 pages: thresholds 60, 40, 20 and 10.</summary>
internal static class States
{
    public static void Play(IReclamation student, CheckRun run, string machine, params (int Free, HostState State)[] seconds)
    {
        student.Start(new PageCount(1000));
        string before = "";
        foreach ((int free, HostState state) in seconds)
        {
            run.Step($"{machine}, free {before}{free}");
            run.Equal(state, student.Tick(new PageCount(free)), "the state");
            before += $"{free}, ";
        }
    }
}
