namespace EsxCourse.Cli.Bench;

/// <summary>Rows that are measured together: <c>esx bench NAME</c>. Rows come as they are measured, so that a long group shows its work.</summary>
internal interface IBenchGroup
{
    /// <summary>The word to type.</summary>
    string Name { get; }

    /// <summary>What is measured against what, in a line.</summary>
    string About { get; }

    /// <summary>
    /// Measures. <paramref name="doing"/> takes a few words on what is being measured now. A peer that is not installed gives a row whose
    /// note says so; nothing is left out in silence. Cancelling stops every program that was started.
    /// </summary>
    IAsyncEnumerable<BenchRow> MeasureAsync(IProgress<string> doing, CancellationToken stop);
}
