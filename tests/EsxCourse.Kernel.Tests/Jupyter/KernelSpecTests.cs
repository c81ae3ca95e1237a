using EsxCourse.Contracts;
using EsxCourse.Kernel.Jupyter;

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
}
