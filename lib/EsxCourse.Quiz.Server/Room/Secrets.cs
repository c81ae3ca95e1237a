using System.Security.Cryptography;
using System.Text;

namespace EsxCourse.Quiz.Server.Room;

/// <summary>What is drawn, not chosen: tokens that nobody can guess, and codes that a person can type.</summary>
internal static class Secrets
{
    // No 0 or O, 1 or I or L: read from a projector, typed on a phone.
    private const string Letters = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";

    /// <summary>256 bits, fit for a cookie and an address.</summary>
    public static string Token() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));

    /// <summary>A code to type, for example <c>K7PX4M</c>.</summary>
    public static string Code(int length) => RandomNumberGenerator.GetString(Letters, length);

    /// <summary>Compares without telling by its time how much was right. Codes count without regard to case and spaces.</summary>
    public static bool Same(string given, string expected) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(expected));

    /// <summary>A code as it is compared.</summary>
    public static string Plain(string code) => new([.. code.Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);
}
