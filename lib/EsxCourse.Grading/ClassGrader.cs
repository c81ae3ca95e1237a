using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;
using EsxCourse.Contracts;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Reports;
using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Submissions;

namespace EsxCourse.Grading;

// A class: read everything first, then grade several submissions at once, each on a thread of its own with a worker of its own.
//
// Results do not depend on how many run at once: inputs come from what was handed in, budgets are CPU time and calls, and a submission that
// let the waiting time pass is graded a second time when all others are done. That second result counts.

/// <summary>Grades a class of submissions in sandboxes.</summary>
public sealed class ClassGrader
{
    private readonly ExerciseCatalog catalog;
    private readonly GradingOptions options;

    /// <summary>Makes a grader.</summary>
    /// <param name="catalog">The course's exercises.</param>
    /// <param name="options">How to grade.</param>
    /// <exception cref="BadInputException">This machine has no sandbox, or an option is out of range.</exception>
    public ClassGrader(ExerciseCatalog catalog, GradingOptions options)
    {
        if (options.Jobs < 1)
            throw new BadInputException("--jobs", $"{options.Jobs} is below 1", "give at least one");
        if (options.Secret.Length < 16)
            throw new BadInputException("secret", $"it has {options.Secret.Length} bytes", "take at least 16 random bytes");
        if (!options.Unsafe && options.HiddenFromAccounts is null && WorkerSandbox.Missing() is BadInputException missing)
            throw missing;
        this.catalog = catalog;
        this.options = options;
    }

    internal bool IsUnsafe => options.Unsafe;

    /// <summary>Grades a folder of submissions.</summary>
    /// <param name="folder">One folder or .cs file a student.</param>
    /// <param name="progress">Told of each submission that is done, from several threads; may be null.</param>
    /// <param name="cancellation">Stops the grading; no worker is left running.</param>
    /// <returns>The report, ordered by student.</returns>
    /// <exception cref="BadInputException">The folder cannot be graded.</exception>
    public Task<ClassReport> GradeAsync(string folder, IProgress<GradingProgress>? progress = null, CancellationToken cancellation = default) =>
        GradeAsync(SubmissionFolder.Read(folder, catalog, options.Exercise is string slug ? catalog.Find(slug) : null), progress, cancellation);

    /// <summary>Grades submissions that are already read.</summary>
    /// <param name="submissions">What was handed in.</param>
    /// <param name="progress">Told of each submission that is done, from several threads; may be null.</param>
    /// <param name="cancellation">Stops the grading; no worker is left running.</param>
    /// <returns>The report, in the order of the submissions.</returns>
    public async Task<ClassReport> GradeAsync(IReadOnlyList<Submission> submissions, IProgress<GradingProgress>? progress = null, CancellationToken cancellation = default)
    {
        SubmissionReport[] reports = new SubmissionReport[submissions.Count];
        int done = 0;
        await GradeAsync(submissions, (index, report, _) =>
        {
            reports[index] = report;
            progress?.Report(new GradingProgress(Interlocked.Increment(ref done), submissions.Count, report));
        }, cancellation);
        return new ClassReport([.. reports]);
    }

    /// <summary>Grades submissions and hands out each result once, as soon as it is the last word.</summary>
    /// <param name="submissions">What was handed in.</param>
    /// <param name="settled">Takes index, report and the time that it took, on several threads at once. If it throws, the grading ends with that.</param>
    /// <param name="cancellation">Stops the grading; no worker is left running.</param>
    internal async Task GradeAsync(IReadOnlyList<Submission> submissions, Action<int, SubmissionReport, TimeSpan> settled, CancellationToken cancellation)
    {
        if (submissions.Count == 0)
            return;
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ConcurrentBag<int> again = [];
        int jobs = Math.Max(1, Math.Min(options.Jobs, submissions.Count));
        using WorkerSandbox sandbox =
            options.Unsafe ? WorkerSandbox.None(catalog.ContractsPath, options.Sandbox)
            : options.WithoutNamespaces ? WorkerSandbox.ByAccount(catalog.ContractsPath, options.Sandbox, options.HiddenFromAccounts ?? [])
            : WorkerSandbox.For(catalog.ContractsPath, options.Sandbox, options.HiddenFromAccounts);
        using StarterThread starter = new();
        using CompilerProcess compiler = new(sandbox, starter);
        using WorkerNursery nursery = new(sandbox, starter, size: jobs, expected: submissions.Count);
        SubmissionGrader grader = new(compiler, nursery, options.Secret, tellsSteps: options.PublicChecksOnly);

        void Grade(int index, bool alone)
        {
            ImmutableArray<ExerciseCheck> checks = submissions[index].Exercise.Checks;
            if (options.PublicChecksOnly)
                checks = [.. checks.Where(c => c.IsPublic)];
            long begun = Stopwatch.GetTimestamp();
            (SubmissionReport report, bool waitedInVain) = grader.Grade(submissions[index], checks, stop.Token);
            report = report with { Unsafe = options.Unsafe };
            if (waitedInVain && !alone)
                again.Add(index);
            else
                settled(index, report, Stopwatch.GetElapsedTime(begun));
        }

        Task OnOwnThread(Action work) => Task.Factory.StartNew(() =>
        {
            try
            {
                work();
            }
            catch
            {
                stop.Cancel();   // What ends one ends all.
                throw;
            }
        }, stop.Token, TaskCreationOptions.LongRunning, TaskScheduler.Default);

        int next = -1;
        await Task.WhenAll(Enumerable.Range(0, jobs).Select(_ => OnOwnThread(() =>
        {
            while (Interlocked.Increment(ref next) is int index && index < submissions.Count)
                Grade(index, alone: false);
        })));
        await OnOwnThread(() =>
        {
            foreach (int index in again.Order())
                Grade(index, alone: true);
        });
    }
}
