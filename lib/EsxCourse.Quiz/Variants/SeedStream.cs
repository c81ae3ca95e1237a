using EsxCourse.Memory.Machine;

namespace EsxCourse.Quiz.Variants;

// What a question draws from a student's seed. Each question has a stream of its own, named by its id, so that adding a question to a quiz changes no
// other, and the same seed gives the same paper on every machine (the generator is the memory manager's, RandomStream).
internal sealed class SeedStream(long seed, string name)
{
    private readonly RandomStream random = new(unchecked((ulong)seed), name);

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + random.Below(high - low + 1);

    /// <summary>One of the values.</summary>
    public T OneOf<T>(params IReadOnlyList<T> values) => values[random.Below(values.Count)];

    /// <summary>Bits for a part that wants a seed of its own.</summary>
    public ulong Bits() => random.NextBits();

    /// <summary>The values in another order (Fisher and Yates).</summary>
    public IReadOnlyList<T> Shuffle<T>(IReadOnlyList<T> values)
    {
        T[] shuffled = [.. values];
        for (int at = shuffled.Length - 1; at > 0; at--)
        {
            int other = random.Below(at + 1);
            (shuffled[at], shuffled[other]) = (shuffled[other], shuffled[at]);
        }

        return shuffled;
    }
}
