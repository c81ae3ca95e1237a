namespace EsxCourse.Grading.Calls;

/// <summary>What one call into student code may take.</summary>
/// <param name="Wall">Waiting time; generous, since the machine may be busy with others.</param>
/// <param name="CpuSeconds">CPU time, which load does not change.</param>
internal readonly record struct CallLimits(TimeSpan Wall, double CpuSeconds);
