using System.Net;

namespace EsxCourse.Quiz.Server;

/// <summary>How a quiz is held in a room. What is null when a kept quiz goes on stays as it was begun.</summary>
public sealed record QuizServerOptions
{
    /// <summary>The quiz, as its file has it (not varied: each student's paper is drawn here).</summary>
    public required QuizFile Quiz { get; init; }

    /// <summary>The bank that the quiz draws from; null if it draws nothing.</summary>
    public QuizBank? Bank { get; init; }

    /// <summary>The SQLite file that keeps the room. If it holds this quiz already, the quiz goes on where it was.</summary>
    public required string Database { get; init; }

    /// <summary>Where results go when the quiz is closed: a gradebook's file or server; null for nowhere.</summary>
    public string? Gradebook { get; init; }

    /// <summary>The course in that gradebook.</summary>
    public string Course { get; init; } = EsxCourse.Gradebook.CourseGradebook.DefaultCourse;

    /// <summary>A folder for one answer file a student when the quiz is closed, as <c>esx quiz score</c> reads them; null for none.</summary>
    public string? AnswerFolder { get; init; }

    /// <summary>What students type to join; null for one that is drawn.</summary>
    public string? Code { get; init; }

    /// <summary>How long a student has from the start of an attempt; null for what the quiz says.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>How often a student may take it; null for what the quiz says, and once for a practice quiz.</summary>
    public int? Attempts { get; init; }

    /// <summary>Whether students may start at once; otherwise they wait until the lecturer opens the quiz.</summary>
    public bool OpenAtOnce { get; init; }

    /// <summary>The network to listen on.</summary>
    public IPAddress Address { get; init; } = IPAddress.Any;

    /// <summary>The port; 0 for any that is free.</summary>
    public int Port { get; init; }

    /// <summary>The name or address by which students reach this machine; null for the address of its first network.</summary>
    public string? Host { get; init; }
}
