using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;

namespace EsxCourse.Quiz.Server.Room;

/// <summary>
/// The papers: each attempt has a seed of its own, made from the room's secret, so that nobody can work out a neighbour's. To the outside a question
/// is known by its place on the paper (<c>q1</c>), not by its id in the bank, which could be looked up.
/// </summary>
internal sealed class Papers(QuizFile quiz, QuizBank? bank, TimeSpan? limit)
{
    private readonly ConcurrentDictionary<long, QuizFile> drawn = new();

    /// <summary>The paper with a seed.</summary>
    public QuizFile Of(long seed) => drawn.GetOrAdd(seed, key =>
        (bank is null ? quiz.Vary(key) : bank.Assemble(quiz, key)) with { TimeLimit = limit });

    /// <summary>The seed of a student's attempt. Not negative, so that it can be typed.</summary>
    public static long Seed(string secret, string login, int attempt) =>
        BitConverter.ToInt64(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes($"{attempt}/{login}"))) & long.MaxValue;

    /// <summary>What a question is called outside.</summary>
    /// <param name="at">Its place on the paper, from 0.</param>
    public static string NameOf(int at) => $"q{at + 1}";

    /// <summary>The id in the bank of a question as it is called outside; null if the paper has none of that name.</summary>
    public static string? IdOf(QuizFile paper, string name)
    {
        for (int at = 0; at < paper.Items.Count; at++)
            if (NameOf(at) == name)
                return paper.Items[at].Id;
        return null;
    }

    /// <summary>Tells two versions of a quiz apart: by its own file and those that it draws from.</summary>
    public static string Fingerprint(QuizFile quiz, QuizBank? bank)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string file in quiz.Draws.Select(draw => bank!.Find(draw.Topic).Path).Distinct().Order(StringComparer.Ordinal).Prepend(quiz.Path))
            hash.AppendData(File.ReadAllBytes(file));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
