using EsxCourse.Contracts;
using EsxCourse.Gradebook;

// Records one result for each of COUNT students into the gradebook at PLACE, as a grader does, and says so: "+key" once the gradebook has
// acknowledged it, "=key" if it stood there already. The tests start it, several times over if they like, and kill it. Exit code 2 for bad input.
(string place, int count) = (args[0], int.Parse(args[1]));
try
{
    await using CourseGradebook gradebook = await CourseGradebook.OpenAsync(place);
    await gradebook.DescribeAsync(new Assignment("01-shadow", "Shadow page tables", AssignmentKind.Exercise, Version: 1, Max: 10));
    for (int student = 0; student < count; student++)
    {
        Attempt attempt = new($"s{student:D4}", "01-shadow", $"hash-{student}", DateTimeOffset.UnixEpoch.AddDays(student));
        CheckResult[] checks = [.. Enumerable.Range(0, 5).Select(check => new CheckResult($"check-{check}", $"Check {check}", (student + check) % 3, 2) { Reason = new string('r', 200) })];
        bool now = await gradebook.RecordAsync(attempt, new Result(1, Verdict.Graded, checks));
        Console.WriteLine($"{(now ? '+' : '=')}{attempt.Student}");
        Console.Out.Flush();
    }

    return 0;
}
catch (BadInputException bad)
{
    Console.Error.WriteLine(bad.Message);
    return 2;
}
