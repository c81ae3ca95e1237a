using NetMQ;
using NetMQ.Sockets;

namespace EsxCourse.Kernel.Jupyter;

/// <summary>The five sockets of a kernel, on the addresses of the connection file and no others. One thread owns them; sending goes through a queue.</summary>
internal sealed class KernelSockets : IDisposable
{
    private readonly ConnectionFile connection;
    private readonly RouterSocket shell = new();
    private readonly RouterSocket control = new();
    private readonly RouterSocket stdin = new();
    private readonly PublisherSocket iopub = new();
    private readonly RouterSocket heartbeat = new();
    private readonly NetMQQueue<(NetMQSocket Socket, NetMQMessage Message)> outgoing = new();
    private readonly NetMQPoller poller;

    /// <summary>Binds the sockets. A port that is taken is an exception.</summary>
    /// <param name="connection">Where.</param>
    /// <param name="onShell">Takes requests from the shell socket, on the sockets' thread.</param>
    /// <param name="onControl">The same for control.</param>
    /// <param name="onInput">The same for the answers to input requests.</param>
    public KernelSockets(ConnectionFile connection, Action<JupyterMessage> onShell, Action<JupyterMessage> onControl, Action<JupyterMessage> onInput)
    {
        this.connection = connection;
        poller = [shell, control, stdin, heartbeat, outgoing];
        foreach (NetMQSocket socket in (NetMQSocket[])[shell, control, stdin, iopub])
        {
            socket.Options.SendHighWatermark = 0; // A slow reader must not lose the end of a cell.
            socket.Options.Linger = TimeSpan.FromSeconds(1);
        }

        Listen(shell, connection.ShellPort, onShell);
        Listen(control, connection.ControlPort, onControl);
        Listen(stdin, connection.StdinPort, onInput);
        iopub.Bind(Address(connection.IopubPort));
        heartbeat.ReceiveReady += (_, ready) => ready.Socket.SendMultipartMessage(ready.Socket.ReceiveMultipartMessage());
        heartbeat.Bind(Address(connection.HeartbeatPort));
        outgoing.ReceiveReady += (_, ready) =>
        {
            while (ready.Queue.TryDequeue(out (NetMQSocket Socket, NetMQMessage Message) next, TimeSpan.Zero))
                next.Socket.SendMultipartMessage(next.Message);
        };
    }

    public void Start() => poller.RunAsync("jupyter", isBackgroundThread: true);

    public void SendShell(JupyterMessage message) => Send(shell, message);

    public void SendControl(JupyterMessage message) => Send(control, message);

    public void SendStdin(JupyterMessage message) => Send(stdin, message);

    public void Publish(JupyterMessage message) => Send(iopub, message);

    /// <summary>Sends what is queued and closes. Not from the sockets' own thread.</summary>
    public void Dispose()
    {
        SpinWait.SpinUntil(() => outgoing.IsEmpty, TimeSpan.FromSeconds(1));
        poller.Stop();
        poller.Dispose();
        foreach (NetMQSocket socket in (NetMQSocket[])[shell, control, stdin, iopub, heartbeat])
            socket.Dispose();
        outgoing.Dispose();
    }

    private void Send(NetMQSocket socket, JupyterMessage message) => outgoing.Enqueue((socket, message.ToFrames(connection.Key)));

    private void Listen(RouterSocket socket, int port, Action<JupyterMessage> handle)
    {
        socket.ReceiveReady += (_, ready) =>
        {
            if (JupyterMessage.Parse(ready.Socket.ReceiveMultipartMessage(), connection.Key) is { } message)
                handle(message);
        };
        socket.Bind(Address(port));
    }

    private string Address(int port) => $"tcp://{connection.Ip}:{port}";
}
