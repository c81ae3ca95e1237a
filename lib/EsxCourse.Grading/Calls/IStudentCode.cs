namespace EsxCourse.Grading.Calls;

/// <summary>One submission's code as the checks call it: in a sandbox for grades, or in this process for practice.</summary>
internal interface IStudentCode
{
    /// <summary>What the submission has used up, so that no further check can run; null when it has not.</summary>
    string? Spent { get; }

    /// <summary>Makes a new object of the student's class.</summary>
    /// <returns>A stand-in for it, which implements the contract.</returns>
    object Make();

    /// <summary>Says at the end of a check whether the submission has kept its budget.</summary>
    /// <exception cref="StudentFault">It has not.</exception>
    void EndCheck();

    /// <summary>The same for a check that has failed anyway.</summary>
    void EndCheckQuietly();

    /// <summary>Gives up what the code has done so far, so that the next check starts afresh.</summary>
    void Discard();
}
