namespace EsxCourse.Memory.Allocation;

// How much of its memory a VM actively uses (OSDI '02 §5.3; slides: "For f, multiple moving averages"). Sampling gives one
// fraction a period; the estimate must rise quickly when a VM wakes up and fall slowly when it pauses:
//
//     slow     an exponential average with a small gain      keeps memory through a pause
//     fast     one with a large gain                         follows a change within a period or two
//     current  fast, updated with the period under way       notices growth before the period is over
//
//     estimate = max(slow, fast, current)
//
// Always: all between 0 and 1. The paper gives no gains; figure 6's steps fit 1/4 and 3/4 (facts §5).

/// <summary>The estimate of a VM's active fraction: three moving averages, of which the largest counts.</summary>
/// <remarks>OSDI '02 §5.3.</remarks>
public sealed class ActiveMemoryEstimate
{
    /// <summary>The gain of the slow average.</summary>
    public const double SlowGain = 0.25;

    /// <summary>The gain of the fast average.</summary>
    public const double FastGain = 0.75;

    /// <summary>Begins with everything active: a VM that nobody knows yet is not taxed.</summary>
    public ActiveMemoryEstimate() => Slow = Fast = Current = 1;

    /// <summary>The slow average, from 0 to 1.</summary>
    public double Slow { get; private set; }

    /// <summary>The fast average, from 0 to 1.</summary>
    public double Fast { get; private set; }

    /// <summary>The fast average, updated with the period under way.</summary>
    public double Current { get; private set; }

    /// <summary>The estimate of f: the largest of the three.</summary>
    public double ActiveFraction => Math.Max(Slow, Math.Max(Fast, Current));

    /// <summary>Takes note of how the period under way looks so far.</summary>
    /// <param name="touchedFraction">Sampled pages touched so far, over all sampled pages, from 0 to 1.</param>
    public void PeriodSoFar(double touchedFraction) => Current = Fast + FastGain * (touchedFraction - Fast);

    /// <summary>A period has ended.</summary>
    /// <param name="touchedFraction">Sampled pages touched within it, over all sampled pages, from 0 to 1.</param>
    public void PeriodEnded(double touchedFraction)
    {
        Slow += SlowGain * (touchedFraction - Slow);
        Fast += FastGain * (touchedFraction - Fast);
        Current = Fast;
    }
}
