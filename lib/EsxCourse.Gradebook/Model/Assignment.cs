namespace EsxCourse.Gradebook;

/// <summary>What sort of work an assignment is. The gradebook treats both alike; reports may group by it.</summary>
public enum AssignmentKind
{
    /// <summary>Code to write.</summary>
    Exercise,

    /// <summary>Questions to answer.</summary>
    Quiz,
}

/// <summary>Something to hand in, at one version of its checks or questions.</summary>
/// <param name="Slug">Its short name, for example <c>07-idle-memory-tax</c>; unique in a course, compared as written.</param>
/// <param name="Title">The title to show.</param>
/// <param name="Kind">Exercise or quiz.</param>
/// <param name="Version">Counts up whenever what earns points changes; from 1. A submission has one standing result per version.</param>
/// <param name="Max">The points to be had at this version; from 0.</param>
public sealed record Assignment(string Slug, string Title, AssignmentKind Kind, int Version, decimal Max)
{
    /// <summary>The assignment's number in Canvas, so that its column is found again; null if unknown.</summary>
    public string? CanvasId { get; init; }
}
