using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Engine;

/// <summary>A copy of the kernel and of its compiler, translated to machine code beforehand, so that a session starts in about half the time.</summary>
/// <remarks>
/// The translator is the SDK's own (ReadyToRun); its package is fetched the first time, which needs the network once. The copy lies beside the
/// kernel and is marked with what it was made of: after a rebuild it no longer counts, and the kernel runs as it was built, only starting more
/// slowly, which is also what happens where the copy cannot be made. Tiered compilation replaces hot methods as always.
/// </remarks>
public static class ReadyKernel
{
    private const string Kernel = "EsxCourse.Kernel";
    private const string FolderName = "kernel-ready";
    private const string MarkName = "made-of.txt";

    /// <summary>The kernel's program to start: the translated copy if there is one of this build, else the one that was built.</summary>
    public static string Program => Path.Combine(IsPrepared ? Copy : AppContext.BaseDirectory, Kernel + ".dll");

    /// <summary>Whether there is a copy of this build.</summary>
    public static bool IsPrepared
    {
        get
        {
            try
            {
                return File.ReadAllText(Path.Combine(Copy, MarkName)) == Mark;
            }
            catch (Exception none) when (none is IOException or UnauthorizedAccessException)
            {
                return false;
            }
        }
    }

    private static string Copy => Path.Combine(AppContext.BaseDirectory, FolderName);

    /// <summary>What a copy is made of: the identities that the compiler gave our assemblies.</summary>
    private static string Mark => string.Join(' ', Environment.Version, typeof(ReadyKernel).Module.ModuleVersionId, typeof(NotebookFile).Module.ModuleVersionId, typeof(Contracts.BadInputException).Module.ModuleVersionId);

    /// <summary>Makes the copy, unless there is one of this build. Takes about a minute.</summary>
    /// <param name="cancel">Gives up; nothing is left behind.</param>
    /// <returns>Null if the copy is there now, else why it could not be made, in a sentence.</returns>
    public static async Task<string?> PrepareAsync(CancellationToken cancel = default)
    {
        if (IsPrepared)
            return null;
        string work = Directory.CreateTempSubdirectory("esx-ready-").FullName;
        try
        {
            string project = Path.Combine(work, "ready.csproj");
            string made = Path.Combine(work, "made");
            await File.WriteAllTextAsync(project, Project(), cancel).ConfigureAwait(false);
            string? refused = await PublishAsync(project, made, cancel).ConfigureAwait(false);
            if (refused is not null)
                return refused;
            Take(made);
            return null;
        }
        catch (Exception cannot) when (cannot is IOException or UnauthorizedAccessException)
        {
            return cannot.Message;
        }
        finally
        {
            Directory.Delete(work, recursive: true);
        }
    }

    /// <summary>A project of references alone: publishing it translates them.</summary>
    private static string Project() =>
        $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <TargetFramework>net{Environment.Version.Major}.0</TargetFramework>
            <RuntimeIdentifier>{RuntimeInformation.RuntimeIdentifier}</RuntimeIdentifier>
            <SelfContained>false</SelfContained>
            <PublishReadyToRun>true</PublishReadyToRun>
            <EnableDefaultItems>false</EnableDefaultItems>
          </PropertyGroup>
          <ItemGroup>
        {string.Join('\n', Libraries().Select(library => $"    <Reference Include=\"{SecurityElement.Escape(library)}\" />"))}
          </ItemGroup>
        </Project>
        """;

    /// <summary>The kernel's own libraries, which its list of dependencies names; beside it may lie those of the program that carries it.</summary>
    private static IEnumerable<string> Libraries()
    {
        string list = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, Kernel + ".deps.json"));
        return Directory.GetFiles(AppContext.BaseDirectory, "*.dll").Where(path => list.Contains($"{Path.GetFileName(path)}\"", StringComparison.Ordinal));
    }

    private static async Task<string?> PublishAsync(string project, string made, CancellationToken cancel)
    {
        ProcessStartInfo start = new(DotnetHost.Path, ["publish", project, "-c", "Release", "-o", made, "--nologo", "-v", "quiet", "-nodeReuse:false"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetDirectoryName(project)!,
        };
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> errors = process.StandardError.ReadToEndAsync(cancel);
            string output = await process.StandardOutput.ReadToEndAsync(cancel).ConfigureAwait(false) + await errors.ConfigureAwait(false);
            await process.WaitForExitAsync(cancel).ConfigureAwait(false);
            return process.ExitCode == 0 ? null : output.Split('\n').FirstOrDefault(line => line.Contains("error", StringComparison.Ordinal))?.Trim() ?? $"'dotnet publish' ended with {process.ExitCode}";
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Puts the copy in its place, the mark last.</summary>
    private static void Take(string made)
    {
        string next = $"{Copy}.{Environment.ProcessId}";
        Directory.CreateDirectory(next);
        foreach (string library in Directory.GetFiles(made, "*.dll").Where(path => Path.GetFileName(path) != "ready.dll"))
            File.Copy(library, Path.Combine(next, Path.GetFileName(library)));
        foreach (string beside in (string[])[Kernel + ".deps.json", Kernel + ".runtimeconfig.json"])
            File.Copy(Path.Combine(AppContext.BaseDirectory, beside), Path.Combine(next, beside));
        File.WriteAllText(Path.Combine(next, MarkName), Mark);
        if (Directory.Exists(Copy))
            Directory.Delete(Copy, recursive: true);
        Directory.Move(next, Copy);
    }
}
