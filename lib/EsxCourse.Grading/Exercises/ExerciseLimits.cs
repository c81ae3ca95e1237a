namespace EsxCourse.Grading.Exercises;

/// <summary>What one submission to an exercise may use, counted by the grader from outside the sandbox.</summary>
public sealed record ExerciseLimits
{
    /// <summary>CPU seconds that a single call may use.</summary>
    public double CallCpuSeconds { get; init; } = 0.5;

    /// <summary>CPU seconds that all checks of a submission may use together, from loading on.</summary>
    public double CpuSeconds { get; init; } = 3;

    /// <summary>Seconds that the grader waits for an answer; a submission that lets them pass is tried again alone before it counts.</summary>
    public double CallSeconds { get; init; } = 5;

    /// <summary>Calls, into student code and back, that all checks may need together.</summary>
    public int Calls { get; init; } = 20_000;
}
