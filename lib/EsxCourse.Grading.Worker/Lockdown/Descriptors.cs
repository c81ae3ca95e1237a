using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EsxCourse.Grading.Worker.Lockdown;

/// <summary>Takes the pipe to the parent away from standard input and output, before student code can print on it.</summary>
/// <remarks>
/// The parent hands the two pipes over as descriptors 0 and 1, the only ones that a new process is sure to get and no other process can
/// inherit by accident. Here they move to private numbers; 0 becomes empty and 1 the same as 2, which the parent reads, cuts and ignores.
/// Windows has no sandbox and no such numbers: there only Console is sent elsewhere, which is enough for code of one's own.
/// </remarks>
internal static class Descriptors
{
    public static (Stream Requests, Stream Replies) TakePipe()
    {
        if (OperatingSystem.IsWindows())
            return (Console.OpenStandardInput(), Console.OpenStandardOutput());
        int requests = Check(Dup(0));
        int replies = Check(Dup(1));
        using (SafeFileHandle nothing = File.OpenHandle("/dev/null"))
            Check(Dup2((int)nothing.DangerousGetHandle(), 0));
        Check(Dup2(2, 1));
        return (Open(requests, FileAccess.Read), Open(replies, FileAccess.Write));
    }

    private static FileStream Open(int descriptor, FileAccess access) => new(new SafeFileHandle(descriptor, ownsHandle: true), access, bufferSize: 0);

    private static int Check(int result) => result >= 0 ? result : throw new Win32Exception(Marshal.GetLastPInvokeError());

    [DllImport("libc", EntryPoint = "dup", SetLastError = true)]
    private static extern int Dup(int descriptor);

    [DllImport("libc", EntryPoint = "dup2", SetLastError = true)]
    private static extern int Dup2(int from, int to);
}
