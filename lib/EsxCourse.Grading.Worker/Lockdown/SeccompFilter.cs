using System.ComponentModel;
using System.Runtime.InteropServices;

namespace EsxCourse.Grading.Worker.Lockdown;

// The last lock: a filter in the kernel that every later system call of this process must pass (seccomp with BPF).
// It is laid on all threads at once (TSYNC) before a byte of student code is loaded, and can never be taken off.
//
//   wrong architecture, x32 numbers   kill
//   deadly calls                      kill (the parent reads SIGSYS and says so)
//   clone                             threads only; clone3 "does not exist", which makes libc fall back to clone
//   openat                            for reading only: no file is ever made or changed, not even in the private tmpfs
//   allowed calls                     allow
//   anything else                     EPERM: the student's code sees an exception and the runtime lives

/// <summary>Builds and installs the system call filter.</summary>
internal static class SeccompFilter
{
    private const uint KillProcess = 0x80000000, Allow = 0x7fff0000, Refuse = 0x00050000;
    private const uint NotPermitted = 1, NoSuchCall = 38;
    private const ushort LoadWord = 0x20, JumpEqual = 0x15, JumpAtLeast = 0x35, JumpAnyBit = 0x45, Return = 0x06;
    private const uint NumberAt = 0, ArchitectureAt = 4, FirstArgumentAt = 16, ThirdArgumentAt = 32;
    private const uint ArchitectureX64 = 0xC000003E, FirstX32Call = 0x40000000;
    private const uint CloneThread = 0x00010000;
    private const uint OpenForWriting = 0x1 | 0x2 | 0x40 | 0x200 | 0x400 | 0x400000;   // WRONLY, RDWR, CREAT, TRUNC, APPEND, __O_TMPFILE

    /// <summary>Whether this machine's system calls are the ones that the filter knows.</summary>
    public static bool KnowsThisMachine => OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.X64;

    /// <summary>Locks the process, all threads at once, for good.</summary>
    /// <exception cref="Win32Exception">The kernel refused: nothing may be run.</exception>
    public static void Install()
    {
        Instruction[] program = Build();
        GCHandle pinned = GCHandle.Alloc(program, GCHandleType.Pinned);
        try
        {
            FilterProgram filter = new() { Length = (ushort)program.Length, Instructions = pinned.AddrOfPinnedObject() };
            const int SetNoNewPrivileges = 38, SetModeFilter = 1, ThreadSync = 1;
            if (Prctl(SetNoNewPrivileges, 1, 0, 0, 0) != 0 || SystemCall((nint)SystemCalls.Seccomp, SetModeFilter, ThreadSync, ref filter) != 0)
                throw new Win32Exception(Marshal.GetLastPInvokeError(), "The kernel did not take the system call filter.");
        }
        finally
        {
            pinned.Free();
        }
    }

    private static Instruction[] Build()
    {
        List<Instruction> program =
        [
            new(LoadWord, ArchitectureAt),
            new(JumpEqual, ArchitectureX64, whenTrue: 1),
            new(Return, KillProcess),
            new(LoadWord, NumberAt),
            new(JumpAtLeast, FirstX32Call, whenFalse: 1),
            new(Return, KillProcess),
        ];
        foreach (uint call in SystemCalls.Deadly)
            program.AddRange([new(JumpEqual, call, whenFalse: 1), new(Return, KillProcess)]);
        program.AddRange([new(JumpEqual, SystemCalls.Clone3, whenFalse: 1), new(Return, Refuse | NoSuchCall)]);
        program.AddRange(
        [
            new(JumpEqual, SystemCalls.Clone, whenFalse: 4),
            new(LoadWord, FirstArgumentAt),
            new(JumpAnyBit, CloneThread, whenFalse: 1),
            new(Return, Allow),
            new(Return, Refuse | NotPermitted),
            new(JumpEqual, SystemCalls.Openat, whenFalse: 4),
            new(LoadWord, ThirdArgumentAt),
            new(JumpAnyBit, OpenForWriting, whenTrue: 1),
            new(Return, Allow),
            new(Return, Refuse | NotPermitted),
        ]);
        foreach (uint call in SystemCalls.Allowed)
            program.AddRange([new(JumpEqual, call, whenFalse: 1), new(Return, Allow)]);
        program.Add(new(Return, Refuse | NotPermitted));
        return [.. program];
    }

    [DllImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static extern int Prctl(int option, nuint a, nuint b, nuint c, nuint d);

    [DllImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static extern nint SystemCall(nint number, nint operation, nint flags, ref FilterProgram filter);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct Instruction(ushort code, uint operand, byte whenTrue = 0, byte whenFalse = 0)
    {
        private readonly ushort code = code;
        private readonly byte whenTrue = whenTrue;
        private readonly byte whenFalse = whenFalse;
        private readonly uint operand = operand;
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct FilterProgram
    {
        public ushort Length;
        public nint Instructions;
    }
}
