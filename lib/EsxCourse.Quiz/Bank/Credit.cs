namespace EsxCourse.Quiz.Bank;

/// <summary>What a partly right answer earns.</summary>
public enum Credit
{
    /// <summary>Nothing: all or nothing.</summary>
    All,

    /// <summary>Its share: each option, pair, place or blank counts alike. Ticking everything earns what the right ones among them are.</summary>
    Each,

    /// <summary>As <see cref="Each"/>, and each wrong one takes away what a right one gives, down to zero.</summary>
    EachNegative,
}
