namespace EsxCourse.Kernel.Tests.Jupyter;

/// <summary>The kernel, installed and started by Debian's jupyter_client as any client would; the cases are in the Python files beside this one.</summary>
public sealed class ProtocolTests
{
    // Several cases share a kernel, since its start is the dear part; those that count from the first cell have one of their own.
    [Theory]
    [InlineData("kernel_info,heartbeat,execute,silent,store_history")]
    [InlineData("stop_on_error,user_expressions,errors,is_complete,complete,inspect")]
    [InlineData("history")]
    [InlineData("comms,displays,clear_output,stdin,password,stdin_not_allowed")]
    [InlineData("forged,malformed,interrupt_request,shutdown")]
    public async Task Each_message_type_is_answered_as_the_protocol_has_it(string cases)
    {
        using DebianPython python = new("jupyter_client");
        await python.PassAsync("messages.py", cases);
    }

    [Theory]
    [InlineData("interrupt")]
    [InlineData("abandon,crash,flood")]
    public async Task Whatever_a_cell_does_the_kernel_stays(string cases)
    {
        using DebianPython python = new("jupyter_client");
        await python.PassAsync("protocol.py", cases);
    }
}
