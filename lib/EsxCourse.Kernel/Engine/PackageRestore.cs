using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EsxCourse.Kernel.Engine;

/// <summary>A package that has been restored.</summary>
internal sealed record RestoredPackages(IReadOnlyList<string> Versions, IReadOnlyList<string> Libraries, IReadOnlyList<string> NativeFolders);

/// <summary><c>#r "nuget: Id, Version"</c>: restored by the SDK in a small project of its own, so that sources and credentials are the user's.</summary>
/// <remarks>
/// The project lies in the user's cache, in a folder named after what is asked for, and is restored once. All packages of a session are asked for
/// together, so that their dependencies agree. Packages without a version are asked for anew every day.
/// </remarks>
internal sealed partial class PackageRestore
{
    private readonly SortedDictionary<string, string> asked = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<string> sources = [];

    /// <summary>Adds a source: <c>#i "nuget: …"</c>.</summary>
    public void AddSource(string source) => sources.Add(source);

    /// <summary>Takes the argument of <c>#r</c> apart.</summary>
    /// <returns>The id and the version, <c>*</c> if none was named, or null if it is not a package.</returns>
    public static (string Id, string Version)? Parse(string argument)
    {
        Match match = PackageArgument().Match(argument);
        return match.Success ? (match.Groups["id"].Value, match.Groups["version"].Success ? match.Groups["version"].Value : "*") : null;
    }

    /// <summary>Restores one more package with those before it.</summary>
    /// <exception cref="PackageRestoreException">The SDK could not; the message is its first error.</exception>
    public RestoredPackages Add(string id, string version)
    {
        string? before = asked.GetValueOrDefault(id);
        asked[id] = version;
        try
        {
            return Restore();
        }
        catch
        {
            if (before is null)
                asked.Remove(id);
            else
                asked[id] = before;
            throw;
        }
    }

    private RestoredPackages Restore()
    {
        string day = asked.ContainsValue("*") ? DateTime.UtcNow.ToString("yyyy-MM-dd") : "";
        string key = string.Join('\n', asked.Select(package => $"{package.Key} {package.Value}").Concat(sources).Append(day).Append(Environment.Version.ToString()));
        string cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        string folder = Path.Combine(cache.Length > 0 ? cache : Path.GetTempPath(), "EsxCourse", "packages", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..24]);
        string assets = Path.Combine(folder, "obj", "project.assets.json");
        if (Read(assets) is { } cached)
            return cached;

        Directory.CreateDirectory(folder);
        foreach (string shield in (string[])["Directory.Build.props", "Directory.Build.targets", "Directory.Packages.props"])
            File.WriteAllText(Path.Combine(folder, shield), "<Project />\n");
        string project = Path.Combine(folder, "packages.csproj");
        File.WriteAllText(project, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net{Environment.Version.Major}.{Environment.Version.Minor}</TargetFramework>
                <NuGetAudit>false</NuGetAudit>
                <RestoreAdditionalProjectSources>{SecurityElement.Escape(string.Join(';', sources))}</RestoreAdditionalProjectSources>
              </PropertyGroup>
              <ItemGroup>
            {string.Join('\n', asked.Select(package => $"    <PackageReference Include=\"{SecurityElement.Escape(package.Key)}\" Version=\"{SecurityElement.Escape(package.Value)}\" />"))}
              </ItemGroup>
            </Project>

            """);
        // Tried twice: a registry that fetches packages on demand may answer the first question with "not found".
        string? error = RunRestore(project) is null ? null : RunRestore(project);
        if (error is not null)
        {
            File.Delete(assets);
            throw new PackageRestoreException(error);
        }

        return Read(assets) ?? throw new PackageRestoreException("the restore left no list of assets");
    }

    private static string? RunRestore(string project)
    {
        ProcessStartInfo start = new(DotnetHost.Path)
        {
            WorkingDirectory = Path.GetDirectoryName(project)!,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (string argument in (string[])["restore", project, "--nologo", "-nodeReuse:false", "--disable-build-servers"])
            start.ArgumentList.Add(argument);
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.GetAwaiter().GetResult();
        process.WaitForExit();
        if (process.ExitCode == 0)
            return null;
        Match first = RestoreError().Match(output);
        return first.Success ? first.Groups["what"].Value.Trim() : $"'dotnet restore' ended with exit code {process.ExitCode}";
    }

    /// <summary>What the SDK wrote about the restore, or null if there is none or a package has since been deleted.</summary>
    private RestoredPackages? Read(string assets)
    {
        if (!File.Exists(assets))
            return null;
        using JsonDocument json = JsonDocument.Parse(File.ReadAllBytes(assets));
        string[] roots = [.. json.RootElement.GetProperty("packageFolders").EnumerateObject().Select(folder => folder.Name)];
        JsonElement libraries = json.RootElement.GetProperty("libraries");
        List<string> versions = [];
        List<string> files = [];
        List<string> natives = [];
        foreach (JsonProperty package in json.RootElement.GetProperty("targets").EnumerateObject().First().Value.EnumerateObject())
        {
            string[] name = package.Name.Split('/');
            if (asked.ContainsKey(name[0]))
                versions.Add($"{name[0]} {name[1]}");
            if (!libraries.GetProperty(package.Name).TryGetProperty("path", out JsonElement path))
                continue;
            string? folder = roots.Select(root => Path.Combine(root, path.GetString()!)).FirstOrDefault(Directory.Exists);
            if (folder is null)
                return null;
            if (package.Value.TryGetProperty("runtime", out JsonElement runtime))
                files.AddRange(runtime.EnumerateObject().Where(file => file.Name.EndsWith(".dll", StringComparison.Ordinal)).Select(file => Path.Combine(folder, file.Name)));
            if (package.Value.TryGetProperty("runtimeTargets", out JsonElement targets))
                foreach (JsonProperty file in targets.EnumerateObject().Where(file => Suits(file.Value.GetProperty("rid").GetString()!)))
                {
                    string full = Path.Combine(folder, file.Name);
                    if (file.Value.GetProperty("assetType").GetString() == "native")
                        natives.Add(Path.GetDirectoryName(full)!);
                    else
                        files.Insert(0, full); // The one for this system goes before the portable one.
                }
        }

        return files.All(File.Exists) ? new RestoredPackages(versions, files, [.. natives.Distinct()]) : null;
    }

    private static bool Suits(string rid)
    {
        string system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
        string machine = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        return rid == system || rid == $"{system}-{machine}" || (!OperatingSystem.IsWindows() && rid == "unix");
    }

    [GeneratedRegex(@"^\s*nuget\s*:\s*(?<id>[A-Za-z0-9_.-]+)\s*(,\s*(?<version>[^,\s]+)\s*)?$", RegexOptions.IgnoreCase)]
    private static partial Regex PackageArgument();

    [GeneratedRegex(@"error (?<what>[A-Z]+\d+:[^\r\n\[]*)")]
    private static partial Regex RestoreError();
}

/// <summary>A package could not be restored.</summary>
internal sealed class PackageRestoreException(string message) : Exception(message);
