using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;
using EsxCourse.Kernel.Engine;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>The kernelspec by which Jupyter finds the kernel: a folder with <c>kernel.json</c> in the user's Jupyter folder.</summary>
/// <remarks>
/// Named <c>.net-csharp</c>, as notebooks of .NET Interactive ask for; if something else has that name, <c>esx-csharp</c> beside it. What is
/// ours is known by a mark in its metadata, and nothing else is ever replaced or removed.
/// </remarks>
public static class KernelSpec
{
    private const string Mark = "esxcourse";
    private const string SpecFile = "kernel.json";

    // The scripts: a Jupyter server offers the files of a kernelspec to its pages, so that charts and drawings need no network and
    // no output carries a script. Each with its licence.
    private static readonly Dictionary<string, Func<Stream>> Files = new(StringComparer.Ordinal)
    {
        ["logo-32x32.png"] = () => Logo("logo-32x32.png"),
        ["logo-64x64.png"] = () => Logo("logo-64x64.png"),
        ["logo-svg.svg"] = () => Logo("logo-svg.svg"),
        [OfflineScripts.Plotly.FileName] = OfflineScripts.Plotly.Open,
        [OfflineScripts.Plotly.LicenceFileName] = OfflineScripts.Plotly.OpenLicence,
        [OfflineScripts.Mermaid.FileName] = OfflineScripts.Mermaid.Open,
        [OfflineScripts.Mermaid.LicenceFileName] = OfflineScripts.Mermaid.OpenLicence,
    };

    private static readonly string[] Names = [".net-csharp", "esx-csharp"];
    private static readonly JsonSerializerOptions Layout = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The user's folder of kernelspecs: under JUPYTER_DATA_DIR if that is set, else where Jupyter looks on this system.</summary>
    public static string UserFolder
    {
        get
        {
            string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
            string data = Environment.GetEnvironmentVariable("JUPYTER_DATA_DIR") is { Length: > 0 } named ? named
                : OperatingSystem.IsWindows() ? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData), "jupyter")
                : OperatingSystem.IsMacOS() ? Path.Combine(home, "Library", "Jupyter")
                : Path.Combine(Environment.GetEnvironmentVariable("XDG_DATA_HOME") is { Length: > 0 } share ? share : Path.Combine(home, ".local", "share"), "jupyter");
            return Path.Combine(data, "kernels");
        }
    }

    /// <summary>Writes the kernelspec, replacing one of ours.</summary>
    /// <param name="folder">The folder of kernelspecs.</param>
    /// <returns>The kernelspec's own folder.</returns>
    /// <exception cref="BadInputException">Both names are taken by others, or the folder cannot be written.</exception>
    public static string Install(string folder)
    {
        string name = Names.FirstOrDefault(name => !Exists(Path.Combine(folder, name)) || Written(Path.Combine(folder, name)) is not null)
            ?? throw new BadInputException(folder, "has kernels of others under both names, .net-csharp and esx-csharp", "remove one of them with 'jupyter kernelspec remove'");
        string own = Path.Combine(folder, name);
        JsonObject spec = new()
        {
            ["argv"] = new JsonArray(DotnetHost.Path, ReadyKernel.Program, "jupyter", "{connection_file}"),
            ["display_name"] = name == Names[0] ? ".NET (C#)" : "C# (EsxCourse)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { ["debugger"] = false, [Mark] = new JsonArray([.. Files.Keys.Append(SpecFile).Select(file => (JsonNode)file)]) },
        };
        try
        {
            RemoveOwn(own); // An older version may have written more.
            Directory.CreateDirectory(own);
            File.WriteAllText(Path.Combine(own, SpecFile), spec.ToJsonString(Layout) + "\n");
            foreach ((string file, Func<Stream> open) in Files)
            {
                using Stream from = open();
                using FileStream to = File.Create(Path.Combine(own, file));
                from.CopyTo(to);
            }
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            throw new BadInputException(own, "cannot be written", "set JUPYTER_DATA_DIR to a folder that you may write to", cannot);
        }

        return own;
    }

    /// <summary>Removes what <see cref="Install"/> wrote.</summary>
    /// <param name="folder">The folder of kernelspecs.</param>
    /// <returns>The folders removed; none if there was nothing of ours.</returns>
    public static IReadOnlyList<string> Uninstall(string folder)
    {
        List<string> removed = [];
        foreach (string own in Names.Select(name => Path.Combine(folder, name)).Where(own => Written(own) is not null))
        {
            RemoveOwn(own);
            removed.Add(own);
        }

        return removed;
    }

    // A folder left over without a kernelspec in it takes nobody's name.
    private static bool Exists(string own) => File.Exists(Path.Combine(own, SpecFile));

    private static Stream Logo(string name) => typeof(KernelSpec).Assembly.GetManifestResourceStream(name)!;

    /// <summary>Removes the files that an installation wrote, and the folder unless somebody has put more into it.</summary>
    private static void RemoveOwn(string own)
    {
        foreach (string file in Written(own) ?? [])
            File.Delete(Path.Combine(own, Path.GetFileName(file)));
        if (Directory.Exists(own) && !Directory.EnumerateFileSystemEntries(own).Any())
            Directory.Delete(own);
    }

    /// <summary>The files that an installation of ours wrote into a kernelspec's folder; null if the kernelspec is another's.</summary>
    private static string[]? Written(string folder)
    {
        try
        {
            return (JsonNode.Parse(File.ReadAllText(Path.Combine(folder, SpecFile)))?["metadata"]?[Mark] as JsonArray)?.Select(file => file!.GetValue<string>()).ToArray();
        }
        catch (Exception other) when (other is IOException or JsonException or InvalidOperationException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
