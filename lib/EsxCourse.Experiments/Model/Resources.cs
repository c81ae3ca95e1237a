using System.Globalization;

namespace EsxCourse.Experiments;

/// <summary>The files that come with the experiments: scenarios, and the published data with their origin in Published/README.md.</summary>
internal static class Resources
{
    public static string Text(string name)
    {
        using Stream stream = typeof(Resources).Assembly.GetManifestResourceStream(name)
            ?? throw new ArgumentException($"There is no embedded file {name}.", nameof(name));
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    /// <summary>A published curve: the rows of a file that begin with its name.</summary>
    public static ResultSeries Published(string file, string series, string shownAs)
    {
        string[][] rows = [.. Lines(file).Where(r => r[0] == series)];
        return new ResultSeries(shownAs, true, [.. rows.Select(r => Number(r[1]))], [.. rows.Select(r => Number(r[2]))]);
    }

    /// <summary>The rows of a published file, without its heading.</summary>
    public static IEnumerable<string[]> Lines(string file) =>
        Text($"Published/{file}.csv").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Skip(1).Select(line => line.Split(','));

    public static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
