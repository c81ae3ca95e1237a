using EsxCourse.Contracts;

namespace EsxCourse.Memory.Reclamation;

// The four states and their hysteresis (OSDI '02 §6.3; slides "Idle Memory Tax"). Down at once, as deep as need be; up one state
// at a time, and only when free memory is well above the threshold, so that it may tremble around one without the state
// flickering.
//
//            free < soft (4 %)      free < hard (2 %)      free < low (1 %)
//     High -----------------> Soft ----------------> Hard ----------------> Low
//          <-----------------      <----------------      <----------------
//            free > high (6 %)      free > soft (4 %)      free > hard (2 %)       each plus the margin

/// <summary>Which state follows from the present one and the amount of free memory.</summary>
/// <remarks>OSDI '02 §6.3. Pure.</remarks>
public static class StateTransitions
{
    /// <summary>The next state.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="free">Free memory.</param>
    /// <param name="thresholds">The machine's thresholds.</param>
    /// <returns>The same state, a deeper one, or the one above.</returns>
    public static ReclamationState Next(ReclamationState state, PageCount free, StateThresholds thresholds)
    {
        ReclamationState forced =
            free < thresholds.Low ? ReclamationState.Low
            : free < thresholds.Hard ? ReclamationState.Hard
            : free < thresholds.Soft ? ReclamationState.Soft
            : ReclamationState.High;
        if (forced > state)
            return forced;
        return state switch
        {
            ReclamationState.Low when free > thresholds.Hard + thresholds.Margin => ReclamationState.Hard,
            ReclamationState.Hard when free > thresholds.Soft + thresholds.Margin => ReclamationState.Soft,
            ReclamationState.Soft when free > thresholds.High + thresholds.Margin => ReclamationState.High,
            _ => state,
        };
    }

    /// <summary>Below how much free memory a state is left downwards.</summary>
    /// <param name="state">The state now.</param>
    /// <param name="thresholds">The machine's thresholds.</param>
    /// <returns>The threshold; no pages in <see cref="ReclamationState.Low"/>, which has nothing below.</returns>
    public static PageCount LeftBelow(ReclamationState state, StateThresholds thresholds) => state switch
    {
        ReclamationState.High => thresholds.Soft,
        ReclamationState.Soft => thresholds.Hard,
        ReclamationState.Hard => thresholds.Low,
        _ => PageCount.Zero,
    };
}
