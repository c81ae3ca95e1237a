namespace EsxCourse.Gradebook;

/// <summary>How one check changed between two results.</summary>
/// <param name="Check">The check's id.</param>
/// <param name="Old">What it gave before; null if it was not there.</param>
/// <param name="New">What it gives now; null if it is gone.</param>
public sealed record CheckChange(string Check, CheckResult? Old, CheckResult? New)
{
    /// <summary>Writes the change, for example <c>balloon-pop 2/2 → 0/2</c>.</summary>
    public override string ToString() => $"{Check} {Side(Old)} → {Side(New)}";

    private static string Side(CheckResult? check) =>
        check is null ? "none" : $"{check.Points:0.####}/{check.Max:0.####}" + (check.Verdict == Verdict.Graded ? "" : $" {check.Verdict}");
}

/// <summary>What a regrade changed: old to new, per check. An empty one says that nothing did.</summary>
/// <param name="Attempt">The attempt that was graded again.</param>
/// <param name="Old">The result before.</param>
/// <param name="New">The result after.</param>
/// <param name="Checks">The checks that changed, in the new result's order, then those that are gone.</param>
public sealed record ResultDiff(Attempt Attempt, Result Old, Result New, IReadOnlyList<CheckChange> Checks)
{
    /// <summary>Whether anything at all differs, be it only a sentence.</summary>
    public bool IsEmpty => Old.SameAs(New);

    /// <summary>Whether the grade differs: points or verdict, of the whole or of a check. A fault of the grader never changes a grade.</summary>
    public bool ChangesGrade => New.Verdict != Verdict.GraderFault
        && (Old.Verdict != New.Verdict || Old.Points != New.Points || Checks.Any(change => change.Old?.Points != change.New?.Points || change.Old?.Verdict != change.New?.Verdict));

    /// <summary>Compares two results of one attempt.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="before">The earlier result.</param>
    /// <param name="after">The later result.</param>
    /// <returns>What changed.</returns>
    public static ResultDiff Between(Attempt attempt, Result before, Result after)
    {
        Dictionary<string, CheckResult> old = before.Checks.ToDictionary(check => check.Id, StringComparer.Ordinal);
        HashSet<string> still = [.. after.Checks.Select(check => check.Id)];
        List<CheckChange> changes = [.. after.Checks
            .Select(check => new CheckChange(check.Id, old.GetValueOrDefault(check.Id), check))
            .Where(change => change.Old != change.New)];
        changes.AddRange(before.Checks.Where(check => !still.Contains(check.Id)).Select(check => new CheckChange(check.Id, check, null)));
        return new ResultDiff(attempt, before, after, changes);
    }

    /// <summary>Writes the change on one line, for example <c>ann 07-idle-memory-tax: 10 → 8 (tau-zero 2/2 → 0/2)</c>.</summary>
    public override string ToString()
    {
        string verdict = Old.Verdict == New.Verdict ? "" : $", {Old.Verdict} → {New.Verdict}";
        string version = Old.Version == New.Version ? "" : $", version {Old.Version} → {New.Version}";
        string checks = Checks.Count == 0 ? "" : $" ({string.Join("; ", Checks)})";
        return $"{Attempt.Student} {Attempt.Assignment}: {Old.Points:0.##} → {New.Points:0.##}{verdict}{version}{checks}";
    }
}
