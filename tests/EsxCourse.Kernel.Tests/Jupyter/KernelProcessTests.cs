namespace EsxCourse.Kernel.Tests.Jupyter;

/// <summary>The processes of the kernel: where they listen, and that none stays; the cases are in processes.py.</summary>
public sealed class KernelProcessTests
{
    [Theory]
    [InlineData("listens")]
    [InlineData("killed_kernel")]
    [InlineData("killed_session")]
    [InlineData("killed_client")]
    [InlineData("orderly_end")]
    public async Task The_kernel_listens_where_it_should_and_leaves_no_process_behind(string what)
    {
        using DebianPython python = new("jupyter_client");
        await python.PassAsync("processes.py", what);
    }

    [Fact]
    public async Task Four_kernels_start_at_once_twice() => await StartTogether(times: 2);

    [Fact]
    [Trait("Category", "Soak")]
    public async Task Four_kernels_start_at_once_twenty_times() => await StartTogether(times: 20);

    private static async Task StartTogether(int times)
    {
        using DebianPython python = new("jupyter_client");
        await python.PassAsync("processes.py", "together", times.ToString());
    }
}
