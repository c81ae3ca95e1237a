using EsxCourse.Contracts;

namespace EsxCourse.Memory.Allocation;

/// <summary>The three parameters by which an administrator controls a VM's memory.</summary>
/// <param name="Min">The guaranteed number of machine pages, even under overcommitment.</param>
/// <param name="Max">The size of the guest's "physical" memory.</param>
/// <param name="Shares">Its relative right to what is left.</param>
/// <remarks>OSDI '02 §6.1.</remarks>
public sealed record MemoryParameters(PageCount Min, PageCount Max, Shares Shares)
{
    /// <summary>Checks that 0 &lt;= min &lt;= max, max is at least one page and shares are not negative.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    public MemoryParameters Checked()
    {
        if (Min.Value < 0)
            throw new ArgumentException($"A VM's min is {Min}; it starts at 0.");
        if (Max.Value < 1)
            throw new ArgumentException($"A VM's max is {Max}; a guest needs memory.");
        if (Min > Max)
            throw new ArgumentException($"A VM's min ({Min}) is above its max ({Max}).");
        if (Shares.Value < 0)
            throw new ArgumentException($"A VM has {Shares}; shares start at 0.");
        return this;
    }
}
