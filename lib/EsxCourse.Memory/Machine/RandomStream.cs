namespace EsxCourse.Memory.Machine;

// Chance, reproducibly. Each part of the simulator draws from its own stream, derived from (seed, part name), so that one more
// draw in one part leaves all others as they were. The generator is SplitMix64 (Steele, Lea, Flood, OOPSLA '14): 64 bits of state,
// and its algorithm is fixed here, so that the same seed gives the same run on every machine and every version of .NET.

/// <summary>A stream of random numbers that depends on nothing but a seed and a name.</summary>
public sealed class RandomStream
{
    /// <summary>What the state grows by from one number to the next: 2^64 over the golden ratio, made odd.</summary>
    internal const ulong Step = 0x9E37_79B9_7F4A_7C15;

    private ulong state;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">The seed of the whole run.</param>
    /// <param name="name">Whose stream it is, for example <c>swap victims VM1</c>.</param>
    public RandomStream(ulong seed, string name)
    {
        ulong hash = 0xCBF2_9CE4_8422_2325; // FNV-1a over the name's UTF-16 units
        foreach (char unit in name)
            hash = (hash ^ unit) * 0x0000_0100_0000_01B3;
        state = Mix(seed) ^ Mix(hash);
    }

    /// <summary>The next 64 random bits.</summary>
    /// <returns>Any value, all equally likely.</returns>
    public ulong NextBits() => Mix(state += Step);

    /// <summary>A number from 0 up to but not including <paramref name="limit"/>.</summary>
    /// <param name="limit">How many numbers to choose from, at least 1.</param>
    /// <returns>The number; biased by less than <paramref name="limit"/> / 2^64.</returns>
    public int Below(int limit) => (int)Math.BigMul(NextBits(), (ulong)limit, out _);

    /// <summary>A number from 0 up to but not including 1.</summary>
    /// <returns>The number, a multiple of 2^-53.</returns>
    public double NextFraction() => (NextBits() >> 11) * (1.0 / (1UL << 53));

    /// <summary>True so many times out of one.</summary>
    /// <param name="probability">From 0 (never) to 1 (always).</param>
    /// <returns>Whether it happens this time.</returns>
    public bool Chance(double probability) => NextFraction() < probability;

    /// <summary>Mixes 64 bits so that each depends on all: the finisher of SplitMix64, a bijection that keeps 0.</summary>
    internal static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }

    /// <summary>The inverse of <see cref="Mix"/>, step by step from its end: each shift undone by more of them, each factor by its inverse modulo 2^64.</summary>
    internal static ulong Unmix(ulong bits)
    {
        bits = (bits ^ (bits >> 31) ^ (bits >> 62)) * 0x3196_42B2_D24D_8EC3;
        bits = (bits ^ (bits >> 27) ^ (bits >> 54)) * 0x96DE_1B17_3F11_9089;
        return bits ^ (bits >> 30) ^ (bits >> 60);
    }
}
