using System.Security.Cryptography;
using EsxCourse.Grading.Sandbox;

namespace EsxCourse.Grading;

/// <summary>How a class is graded.</summary>
public sealed record GradingOptions
{
    /// <summary>The course's secret, from which hidden inputs are drawn; whoever has it can foresee them. At least 16 bytes.</summary>
    public required byte[] Secret { get; init; }

    /// <summary>How many submissions are graded at once; does not change any result.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Slug of the exercise that every submission is taken to answer; null to tell by the contract that it names.</summary>
    public string? Exercise { get; init; }

    /// <summary>Run only the checks that students have too.</summary>
    public bool PublicChecksOnly { get; init; }

    /// <summary>Run submissions without a sandbox: for code of one's own, for example where there is none. Every report says so.</summary>
    public bool Unsafe { get; init; }

    /// <summary>Where no namespaces can be made: run submissions under accounts that may not read these folders; null to refuse then. Takes root.</summary>
    internal IReadOnlyList<string>? HiddenFromAccounts { get; init; }

    /// <summary>Take such accounts even where namespaces can be made, to try them.</summary>
    internal bool WithoutNamespaces { get; init; }

    /// <summary>What a worker process may use.</summary>
    public SandboxLimits Sandbox { get; init; } = new();

    /// <summary>A new random secret.</summary>
    public static byte[] NewSecret() => RandomNumberGenerator.GetBytes(32);
}

/// <summary>How far a class's grading is.</summary>
/// <param name="Done">Submissions that are graded.</param>
/// <param name="Total">All submissions.</param>
/// <param name="Latest">The one that was just graded.</param>
public sealed record GradingProgress(int Done, int Total, Reports.SubmissionReport Latest);
