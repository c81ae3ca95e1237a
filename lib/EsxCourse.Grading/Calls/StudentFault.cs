namespace EsxCourse.Grading.Calls;

/// <summary>How a call into student code can end without an answer.</summary>
internal enum FaultKind
{
    /// <summary>It threw an exception. The worker lives.</summary>
    Threw,

    /// <summary>The process ended or was ended for what it did.</summary>
    Died,

    /// <summary>It used more than it may.</summary>
    OutOfLimits,

    /// <summary>It let the waiting time pass: decided anew, alone on the machine, before it counts.</summary>
    NoAnswer,

    /// <summary>It sent something that is not the protocol.</summary>
    Breach,
}

/// <summary>Student code did not answer a call. Thrown through a check, which it ends; never a fault of the grader.</summary>
/// <remarks>The message completes "Your code …".</remarks>
internal sealed class StudentFault : Exception
{
    private StudentFault(FaultKind kind, string message)
        : base(message) => Kind = kind;

    public FaultKind Kind { get; }

    /// <summary>Whether the worker can be used for the next call.</summary>
    public bool WorkerLives => Kind == FaultKind.Threw;

    public static StudentFault Threw(string what) => new(FaultKind.Threw, what);

    public static StudentFault Died(string how) => new(FaultKind.Died, how);

    public static StudentFault OutOfLimits(string which) => new(FaultKind.OutOfLimits, which);

    public static StudentFault NoAnswer(TimeSpan within) => new(FaultKind.NoAnswer, $"did not answer within {within.TotalSeconds:0.###} s");

    public static StudentFault KeptWaiting(TimeSpan inAll) => new(FaultKind.NoAnswer, $"kept the grader waiting for more than {inAll.TotalSeconds:0.###} s in all");

    public static StudentFault Breach(string what) => new(FaultKind.Breach, $"sent something that is not the protocol ({what})");
}
