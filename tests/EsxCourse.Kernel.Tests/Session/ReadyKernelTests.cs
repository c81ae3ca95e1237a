using EsxCourse.Kernel.Engine;

namespace EsxCourse.Kernel.Tests.Session;

/// <summary>The copy of the kernel that is translated beforehand. Alone, since every session that starts meanwhile would use it.</summary>
[Collection(nameof(ReadyKernelTests))]
[CollectionDefinition(nameof(ReadyKernelTests), DisableParallelization = true)]
public sealed class ReadyKernelTests
{
    [Fact]
    [Trait("Category", "Soak")]
    public async Task Sessions_run_from_the_translated_copy_until_the_kernel_is_built_anew()
    {
        Assert.False(ReadyKernel.IsPrepared);
        string? refused = await ReadyKernel.PrepareAsync(TestContext.Current.CancellationToken);
        string copy = Path.Combine(AppContext.BaseDirectory, "kernel-ready");
        try
        {
            Assert.SkipUnless(refused is null || Environment.GetEnvironmentVariable("ESXCOURSE_REQUIRE_TOOLS") == "1", "needs the network: " + refused);
            Assert.Null(refused);
            await using (RunningSession session = await RunningSession.StartAsync())
            {
                Assert.Equal(Path.Combine(copy, "EsxCourse.Kernel.dll"), await session.ValueAsync("typeof(CellGuard).Assembly.Location"));
                Assert.Equal("Interrupted", (await session.InterruptAsync("while (true) { }"))?.Name);
            }

            await File.WriteAllTextAsync(Path.Combine(copy, "made-of.txt"), "another build", TestContext.Current.CancellationToken);
            Assert.Equal(Path.Combine(AppContext.BaseDirectory, "EsxCourse.Kernel.dll"), ReadyKernel.Program);
        }
        finally
        {
            if (Directory.Exists(copy))
                Directory.Delete(copy, recursive: true);
        }
    }
}
