namespace EsxCourse.Grading;

/// <summary>The grader itself failed: no one's points may hang on it.</summary>
/// <param name="message">What failed.</param>
/// <param name="cause">What was caught.</param>
public sealed class GraderBrokeException(string message, Exception? cause = null) : Exception(message, cause);
