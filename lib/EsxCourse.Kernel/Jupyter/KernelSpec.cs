using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;
using EsxCourse.Kernel.Engine;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>The kernelspec by which Jupyter finds the kernel: a folder with <c>kernel.json</c> in the user's Jupyter folder.</summary>
/// <remarks>
/// Named <c>.net-csharp</c>, as notebooks of .NET Interactive ask for; if something else has that name, <c>esx-csharp</c> beside it. What is
/// ours is known by a mark in its metadata, and nothing else is ever replaced or removed.
/// </remarks>
public static class KernelSpec
{
    private const string Mark = "esxcourse";
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
        string name = Names.FirstOrDefault(name => !Directory.Exists(Path.Combine(folder, name)) || IsOurs(Path.Combine(folder, name)))
            ?? throw new BadInputException(folder, "has kernels of others under both names, .net-csharp and esx-csharp", "remove one of them with 'jupyter kernelspec remove'");
        string own = Path.Combine(folder, name);
        JsonObject spec = new()
        {
            ["argv"] = new JsonArray(DotnetHost.Path, Path.Combine(AppContext.BaseDirectory, "EsxCourse.Kernel.dll"), "jupyter", "{connection_file}"),
            ["display_name"] = name == Names[0] ? ".NET (C#)" : "C# (EsxCourse)",
            ["language"] = "C#",
            ["interrupt_mode"] = "message",
            ["metadata"] = new JsonObject { ["debugger"] = false, [Mark] = true },
        };
        try
        {
            Directory.CreateDirectory(own);
            File.WriteAllText(Path.Combine(own, "kernel.json"), spec.ToJsonString(Layout) + "\n");
            foreach (string logo in (string[])["logo-32x32.png", "logo-64x64.png", "logo-svg.svg"])
            {
                using Stream from = typeof(KernelSpec).Assembly.GetManifestResourceStream(logo)!;
                using FileStream to = File.Create(Path.Combine(own, logo));
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
        foreach (string own in Names.Select(name => Path.Combine(folder, name)).Where(IsOurs))
        {
            Directory.Delete(own, recursive: true);
            removed.Add(own);
        }

        return removed;
    }

    private static bool IsOurs(string folder)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "kernel.json")))?["metadata"]?[Mark]?.GetValue<bool>() == true;
        }
        catch (Exception other) when (other is IOException or JsonException or InvalidOperationException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
