namespace EsxCourse.Contracts;

/// <summary>What the user handed in cannot be used: a file, a flag or a value. Says where, what is wrong, and what to do.</summary>
/// <remarks>
/// The command line prints <see cref="Exception.Message"/> as one line and ends with exit code 2. It is thrown before anything
/// is written, so that nothing is lost. A fault of our own is never reported this way.
/// </remarks>
public sealed class BadInputException : Exception
{
    /// <summary>Reports bad input.</summary>
    /// <param name="place">Where: a file, with <c>:line</c> or a key behind it if that is known; or the flag.</param>
    /// <param name="problem">What is wrong there, in a few words, without a full stop.</param>
    /// <param name="remedy">What to do about it, as a short command, without a full stop.</param>
    /// <param name="cause">What was caught, if anything; never shown to the user.</param>
    public BadInputException(string place, string problem, string remedy, Exception? cause = null)
        : base(OneLine($"{place}: {problem}; {remedy}."), cause)
    {
        Place = place;
        Problem = problem;
        Remedy = remedy;
    }

    /// <summary>Where the fault is.</summary>
    public string Place { get; }

    /// <summary>What is wrong there.</summary>
    public string Problem { get; }

    /// <summary>What to do about it.</summary>
    public string Remedy { get; }

    private static string OneLine(string text) => string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
