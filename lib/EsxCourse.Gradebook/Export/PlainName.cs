using System.Security.Cryptography;
using System.Text;

namespace EsxCourse.Gradebook.Export;

/// <summary>
/// Turns keys, which students choose, into names of files: letters, digits, <c>_ - .</c> stay, every other byte of UTF-8 becomes
/// <c>%XX</c>, so that no name leaves its folder, hides, or has a second meaning. What a file system without case, or with short names,
/// could not tell apart carries a piece of its hash.
/// </summary>
internal static class PlainName
{
    private const int Longest = 120;

    /// <summary>A name for every key, different even where upper and lower case are one.</summary>
    public static Dictionary<string, string> ForAll(IEnumerable<string> keys) =>
        keys.Distinct(StringComparer.Ordinal)
            .Select(key => (Key: key, Name: For(key)))
            .GroupBy(pair => pair.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(group => group.Count() == 1 ? group : group.Select(pair => (pair.Key, Name: Hashed(pair.Key, pair.Name))))
            .ToDictionary(pair => pair.Key, pair => pair.Name, StringComparer.Ordinal);

    private static string For(string key)
    {
        StringBuilder name = new();
        foreach (byte value in Encoding.UTF8.GetBytes(key))
        {
            // A dot in front hides a file, one at the end vanishes on Windows.
            if (char.IsAsciiLetterOrDigit((char)value) || value is (byte)'_' or (byte)'-' || value == '.' && name.Length > 0)
                name.Append((char)value);
            else
                name.Append('%').Append(value.ToString("X2"));
        }

        string plain = name.ToString();
        if (plain.EndsWith('.'))
            plain = $"{plain[..^1]}%2E";
        return plain.Length <= Longest ? plain : Hashed(key, plain[..Longest]);
    }

    private static string Hashed(string key, string name) => $"{name}~{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..8]}";
}
