namespace EsxCourse.Cli.Bench;

/// <summary>The groups of the speed table, in the order in which they are measured.</summary>
internal static class BenchGroups
{
    public static IReadOnlyList<IBenchGroup> All { get; } = [new MemoryBench(), new SharingBench(), new KernelBench(), new QuizBench(), new ScanBench(), new GradingBench()];
}
