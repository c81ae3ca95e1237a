namespace EsxCourse.Quiz.Variants;

// A student's stream of random numbers for one question: SplitMix64 (G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number
// generators", OOPSLA 2014), started from the seed and the question's id by FNV-1a. Adding a question to a quiz changes no other question,
// and the same seed gives the same paper on every machine.
internal sealed class SeedStream
{
    private ulong state;

    public SeedStream(long seed, string name)
    {
        state = unchecked((ulong)seed) ^ 0xcbf29ce484222325;
        foreach (char letter in name)
            state = unchecked((state ^ letter) * 0x100000001b3);
    }

    /// <summary>A whole number from <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Between(int low, int high) => low + (int)(Next() % (ulong)(high - low + 1));

    /// <summary>One of the values.</summary>
    public T OneOf<T>(params IReadOnlyList<T> values) => values[Between(0, values.Count - 1)];

    /// <summary>The values in another order (Fisher and Yates).</summary>
    public IReadOnlyList<T> Shuffle<T>(IReadOnlyList<T> values)
    {
        T[] shuffled = [.. values];
        for (int at = shuffled.Length - 1; at > 0; at--)
        {
            int other = Between(0, at);
            (shuffled[at], shuffled[other]) = (shuffled[other], shuffled[at]);
        }

        return shuffled;
    }

    private ulong Next()
    {
        unchecked
        {
            state += 0x9e3779b97f4a7c15;
            ulong mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
            return mixed ^ (mixed >> 31);
        }
    }
}
