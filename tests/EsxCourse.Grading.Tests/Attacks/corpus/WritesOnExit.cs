// Attack: has a handler and a finaliser for the end of the process, which forge answers and never end.
// Expect: an answer to a call that was not made
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    ~Attack() => Forge();

    private static void Forge()
    {
        byte[] frame = [13, 0, 0, 0, 5, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 20, 64];
        while (true)
            for (int descriptor = 3; descriptor < 64; descriptor++)
                write(descriptor, frame, frame.Length);
    }

    public double IdlePageCost(int taxPercent)
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Forge();
        AppDomain.CurrentDomain.UnhandledException += (_, _) => Forge();
        Console.CancelKeyPress += (_, _) => Forge();
        new Attack();
        GC.Collect();
        Environment.Exit(0);
        return 0;
    }
}
