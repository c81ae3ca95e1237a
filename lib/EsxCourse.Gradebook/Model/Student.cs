namespace EsxCourse.Gradebook;

/// <summary>Somebody who hands in work. Known by <see cref="Key"/>; everything else is there for reports and for the way back into a learning platform.</summary>
/// <param name="Key">What graders know the student by: a login, a folder's name. Unique in a course, compared as written; not empty, at most <see cref="MaxKeyLength"/> characters.</param>
/// <param name="Name">The name to show; may hold anything that a name can hold.</param>
public sealed record Student(string Key, string Name)
{
    /// <summary>The longest key, in characters.</summary>
    public const int MaxKeyLength = 400;

    /// <summary>The student's number in Canvas, for its gradebook; null if unknown.</summary>
    public string? CanvasId { get; init; }

    /// <summary>The number that the university's student information system gave; null if unknown.</summary>
    public string? SisUserId { get; init; }

    /// <summary>The name to log in with; null if unknown, and then <see cref="Key"/> stands for it.</summary>
    public string? SisLoginId { get; init; }

    /// <summary>The section or group of the course; null if there is none.</summary>
    public string? Section { get; init; }
}
