namespace EsxCourse.Grading.Checks;

// A check is a small class in the terms of the lecture. It runs here, in the grader, never in the student's process: it calls the student's
// object through its contract and compares what comes back. Right answers, inputs and verdict stay on this side of the pipe.
//
//   public sealed class IdlePageCost : Check<IMemoryTax>
//   {
//       public override string Hint => "k = 1/(1-τ): slide 'Idle Memory Tax'.";
//       protected override void Run(IMemoryTax student, CheckRun run) => run.Near(5, student.IdlePageCost(80), "k at τ = 80 %");
//   }
//
// Its name and its points stand in the exercise's exercise.yaml.

/// <summary>One thing that a submission is checked for.</summary>
public abstract class Check
{
    private protected Check()
    {
    }

    /// <summary>What a student who loses these points should read or think about; never the answer.</summary>
    public abstract string Hint { get; }

    internal abstract Type Contract { get; }

    internal abstract void RunOn(object student, CheckRun run);
}

/// <summary>One thing that a submission to a given contract is checked for.</summary>
/// <typeparam name="TContract">The exercise's interface.</typeparam>
public abstract class Check<TContract> : Check
    where TContract : class
{
    internal sealed override Type Contract => typeof(TContract);

    /// <summary>Calls the student's object and compares. Returning means that the points are earned.</summary>
    /// <param name="student">A new object of the student's class; each call crosses into its sandbox.</param>
    /// <param name="run">Inputs, and the comparisons that end the check where expectation and answer part.</param>
    protected abstract void Run(TContract student, CheckRun run);

    internal sealed override void RunOn(object student, CheckRun run) => Run((TContract)student, run);
}
