// Attack: connects to the network.
// Expect: threw InternalException || EPERM

public sealed partial class Attack
{
    public double IdlePageCost(int taxPercent)
    {
        using System.Net.Sockets.TcpClient client = new("127.0.0.1", 22);
        return 0;
    }
}
