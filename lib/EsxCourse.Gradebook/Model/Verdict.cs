namespace EsxCourse.Gradebook;

/// <summary>How grading a submission, or one check or question of it, ended. What failed decides who must act: nobody, the student, or the grader.</summary>
public enum Verdict
{
    /// <summary>Graded to the end; the points say how well.</summary>
    Graded,

    /// <summary>Points are given, but a person has yet to confirm them (free text).</summary>
    AwaitsReview,

    /// <summary>The submission itself failed: it does not compile, it crashed, it broke the rules.</summary>
    SubmissionFailed,

    /// <summary>The submission ran out of a limit: time, memory, calls, output.</summary>
    LimitExceeded,

    /// <summary>The grader or its machine failed. No verdict on the student's work: no points, not final, to be graded again.</summary>
    GraderFault,
}
