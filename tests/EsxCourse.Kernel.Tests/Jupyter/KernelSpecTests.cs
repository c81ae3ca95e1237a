using System.Security.Cryptography;
using System.Text.Json.Nodes;
using EsxCourse.Contracts;
using EsxCourse.Kernel.Jupyter;
using EsxCourse.Notebooks;

namespace EsxCourse.Kernel.Tests.Jupyter;

public sealed class KernelSpecTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("esx-kernels-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private void InstallAnother(string name)
    {
        Directory.CreateDirectory(Path.Combine(folder, name));
        File.WriteAllText(Path.Combine(folder, name, "kernel.json"), """{"argv":["other"],"display_name":".NET (C#)","language":"C#"}""");
    }

    [Fact]
    public void The_kernel_takes_the_name_that_notebooks_ask_for()
    {
        string own = KernelSpec.Install(folder);
        Assert.Equal(".net-csharp", Path.GetFileName(own));
        Assert.Contains("\"interrupt_mode\": \"message\"", File.ReadAllText(Path.Combine(own, "kernel.json")), StringComparison.Ordinal);
        Assert.True(new FileInfo(Path.Combine(own, "logo-64x64.png")).Length > 500);
    }

    [Fact]
    public void Installing_again_replaces_our_own() => Assert.Equal(KernelSpec.Install(folder), KernelSpec.Install(folder));

    [Fact]
    public void A_kernel_of_another_is_left_alone_by_both()
    {
        InstallAnother(".net-csharp");
        Assert.Equal("esx-csharp", Path.GetFileName(KernelSpec.Install(folder)));
        Assert.Equal(["esx-csharp"], KernelSpec.Uninstall(folder).Select(Path.GetFileName));
        Assert.Equal([".net-csharp"], Directory.GetDirectories(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void With_both_names_taken_it_says_so()
    {
        InstallAnother(".net-csharp");
        InstallAnother("esx-csharp");
        Assert.Throws<BadInputException>(() => KernelSpec.Install(folder));
    }

    [Fact]
    public void Where_nothing_is_installed_nothing_is_removed() => Assert.Empty(KernelSpec.Uninstall(Path.Combine(folder, "none")));

    [Fact]
    public void The_scripts_lie_beside_it_with_their_licences_unchanged()
    {
        string own = KernelSpec.Install(folder);
        foreach (OfflineScript script in (OfflineScript[])[OfflineScripts.Plotly, OfflineScripts.Mermaid])
        {
            Assert.Equal(script.Sha256, Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(own, script.FileName)))));
            Assert.Contains("MIT", File.ReadAllText(Path.Combine(own, script.LicenceFileName)), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Uninstalling_leaves_what_somebody_else_put_there()
    {
        string own = KernelSpec.Install(folder);
        File.WriteAllText(Path.Combine(own, "notes.txt"), "mine");
        KernelSpec.Uninstall(folder);
        Assert.Equal(["notes.txt"], Directory.GetFiles(own).Select(Path.GetFileName));
    }

    [Fact]
    public void Uninstalling_leaves_no_trace_otherwise()
    {
        KernelSpec.Install(folder);
        KernelSpec.Uninstall(folder);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder));
    }

    [Fact]
    public async Task Jupyter_lists_it_with_its_name_language_and_way_to_interrupt()
    {
        using DebianPython python = new("jupyter_client");
        (int code, string output) = await python.RunAsync("/usr/bin/python3", "-m", "jupyter_client.kernelspecapp", "list", "--json");
        Assert.True(code == 0, output);
        JsonNode found = JsonNode.Parse(output[output.IndexOf('{', StringComparison.Ordinal)..(output.LastIndexOf('}') + 1)])!["kernelspecs"]![".net-csharp"]!;
        Assert.Equal(Path.Combine(python.Kernels, ".net-csharp"), found["resource_dir"]!.GetValue<string>());
        Assert.Equal((".NET (C#)", "C#", "message"), (found["spec"]!["display_name"]!.GetValue<string>(), found["spec"]!["language"]!.GetValue<string>(), found["spec"]!["interrupt_mode"]!.GetValue<string>()));
        Assert.Contains("{connection_file}", found["spec"]!["argv"]!.AsArray().Select(word => word!.GetValue<string>()));
    }
}
