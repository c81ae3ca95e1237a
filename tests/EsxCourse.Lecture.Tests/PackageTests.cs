using System.Diagnostics;
using System.IO.Compression;
using EsxCourse.Notebooks;

namespace EsxCourse.Lecture.Tests;

/// <summary>What <c>dotnet pack</c> puts into the packages, seen by opening them.</summary>
public sealed class PackageTests
{
    [Fact]
    public async Task The_lecture_package_carries_the_extension_by_which_dotnet_interactive_loads_its_formatters()
    {
        using TemporaryFolder folder = new();
        using ZipArchive package = await PackAsync("EsxCourse.Lecture", folder);
        Assert.NotNull(package.GetEntry("lib/net10.0/EsxCourse.Lecture.dll"));
        ZipArchiveEntry? extension = package.GetEntry("interactive-extensions/dotnet/extension.dib");
        Assert.NotNull(extension);
        string file = folder.File("extension.dib");
        await extension.ExtractToFileAsync(file, TestContext.Current.CancellationToken);
        NotebookCell cell = Assert.Single(NotebookFile.Read(file).Cells);
        Assert.Contains("EsxCourse.Lecture.Kit.Start();", cell.Source, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_package_with_the_scripts_carries_their_licences()
    {
        using TemporaryFolder folder = new();
        using ZipArchive package = await PackAsync("EsxCourse.Notebooks", folder);
        foreach (OfflineScript script in OfflineScripts.All)
            Assert.NotNull(package.GetEntry("licences/" + script.LicenceFileName));
    }

    private static async Task<ZipArchive> PackAsync(string project, TemporaryFolder to)
    {
        string configuration = AppContext.BaseDirectory.Contains("release", StringComparison.OrdinalIgnoreCase) ? "Release" : "Debug";
        ProcessStartInfo start = new("dotnet", ["pack", Repository.Path("lib", project), "-c", configuration, "--no-build", "--nologo", "-o", to.Path]) { RedirectStandardOutput = true };
        using Process pack = Process.Start(start)!;
        string output = await pack.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await pack.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(pack.ExitCode == 0, output);
        return await ZipFile.OpenReadAsync(Assert.Single(Directory.GetFiles(to.Path, "*.nupkg")), TestContext.Current.CancellationToken);
    }
}
