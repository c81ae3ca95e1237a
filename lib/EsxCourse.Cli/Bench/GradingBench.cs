using System.Diagnostics;
using System.Runtime.CompilerServices;
using EsxCourse.Grading;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Cli.Bench;

// A class as it comes in: different texts, most of them wrong in one place (the exercise's own reference and mutants). Each is compiled, run in a
// fresh sandbox and put through the real checks, on two cores at most, whatever the machine has.

/// <summary><c>esx bench grading</c>: submissions a second, beside <c>dotnet test</c> and a notebook executed by nbconvert.</summary>
internal sealed class GradingBench : IBenchGroup
{
    private const string Slug = "07-idle-memory-tax";
    private const int ClassSize = 200, Jobs = 2, Submissions = 2000, SettledAfter = 800;

    public string Name => "grading";

    public string About => "a class graded in sandboxes, beside dotnet test and nbconvert";

    public async IAsyncEnumerable<BenchRow> MeasureAsync(IProgress<string> doing, [EnumeratorCancellation] CancellationToken stop)
    {
        ExerciseCatalog catalog = CourseExercises.Load();
        Exercise exercise = catalog.Find(Slug);
        ClassGrader grader = new(catalog, new GradingOptions { Secret = GradingOptions.NewSecret(), Jobs = Jobs });
        using CoreLimit twoCores = new(Jobs);

        doing.Report($"a class of {ClassSize}");
        Latencies latencies = new();
        long start = Stopwatch.GetTimestamp();
        await grader.GradeAsync(ClassOf(exercise, ClassSize), latencies, stop);
        double perSecond = ClassSize / Stopwatch.GetElapsedTime(start).TotalSeconds;

        using GradingPeers peers = new(exercise);
        doing.Report("dotnet test on a prepared project of the same exercise");
        (double? dotnetTest, string? whyNot) = await peers.DotnetTestAsync(stop);
        yield return new BenchRow("submissions graded, two cores", perSecond, "/s")
        {
            Peer = "dotnet test, restored project",
            PeerFigure = 1 / dotnetTest,
            Limit = BenchLimit.AtLeast(20),
            Note = whyNot ?? $"A class of {ClassSize}, from the first process started to the last verdict.",
        };

        doing.Report("a notebook of two cells, executed by nbconvert");
        (double? nbconvert, whyNot) = await peers.NbconvertAsync(stop);
        yield return new BenchRow("one submission, compiled and checked, p50", latencies.Median * 1000, "ms")
        {
            Peer = "nbconvert --execute, two cells",
            PeerFigure = nbconvert * 1000,
            Limit = BenchLimit.AtMost(100),
            Note = whyNot,
        };

        doing.Report("a runaway");
        Submission[] runaway = [new("runaway", exercise, [new SourceFile("Runaway.cs", EndlessSource(exercise))])];
        Latencies verdict = new();
        await grader.GradeAsync([.. ClassOf(exercise, 4), .. runaway], verdict, stop);
        yield return new BenchRow("a runaway's verdict after its limit", verdict.Last - exercise.Limits.CpuSeconds, "s")
        {
            Limit = BenchLimit.AtMost(0.5),
            Note = $"It may use {exercise.Limits.CallCpuSeconds} s of CPU time in a call and {exercise.Limits.CpuSeconds} s in all.",
        };

        doing.Report($"memory over {Submissions:N0} submissions");
        MemoryWatch memory = new(SettledAfter, Submissions);
        await grader.GradeAsync(ClassOf(exercise, Submissions), memory, stop);
        yield return new BenchRow($"memory gained, submission {SettledAfter:N0} to {Submissions:N0}", memory.GainedMegabytes, "MB")
        {
            Limit = BenchLimit.AtMost(32),
            Note = FormattableString.Invariant($"Private memory of the grader and all its processes, averaged over fifty submissions at either end; {memory.SettledMegabytes:0} MB at the first."),
        };
    }

    /// <summary>So many submissions, each text its own.</summary>
    private static Submission[] ClassOf(Exercise exercise, int size)
    {
        string[] texts = [.. exercise.MutantPaths.Prepend(exercise.ReferencePath).Select(File.ReadAllText)];
        return [.. Enumerable.Range(0, size).Select(i => new Submission($"student{i:0000}", exercise, [new SourceFile("Solution.cs", $"// {i}\n{texts[i % texts.Length]}")]))];
    }

    /// <summary>The stub, with every method computing for ever.</summary>
    private static string EndlessSource(Exercise exercise) =>
        File.ReadAllText(exercise.StubPath).Replace("throw new NotImplementedException()", "throw Endless.Loop()", StringComparison.Ordinal)
        + "\ninternal static class Endless { public static Exception Loop() { while (true) { } } }\n";

    /// <summary>What each submission took, from the moment that its lane was free for it.</summary>
    private sealed class Latencies : IProgress<GradingProgress>
    {
        private readonly Dictionary<int, long> lanes = [];
        private readonly List<double> seconds = [];

        public double Median => seconds.Order().ElementAt(seconds.Count / 2);

        public double Last => seconds[^1];

        public void Report(GradingProgress value)
        {
            lock (seconds)
            {
                long now = Stopwatch.GetTimestamp();
                if (lanes.TryGetValue(Environment.CurrentManagedThreadId, out long before))
                    seconds.Add(Stopwatch.GetElapsedTime(before, now).TotalSeconds);
                lanes[Environment.CurrentManagedThreadId] = now;
            }
        }
    }

    /// <summary>Private memory of this process and its descendants, early and late.</summary>
    private sealed class MemoryWatch(int settledAfter, int submissions) : IProgress<GradingProgress>
    {
        private const int Samples = 50;
        private readonly List<double> early = [], late = [];

        public double SettledMegabytes => early.Average();

        public double GainedMegabytes => late.Average() - early.Average();

        public void Report(GradingProgress value)
        {
            List<double>? into = value.Done > submissions - Samples ? late : value.Done > settledAfter && value.Done <= settledAfter + Samples ? early : null;
            if (into is null)
                return;
            GC.Collect();
            double megabytes = ProcessFamily.PrivateMegabytes();
            lock (early)
                into.Add(megabytes);
        }
    }
}
