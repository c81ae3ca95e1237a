using EsxCourse.Grading.Calls;

namespace EsxCourse.Grading.Sandbox;

/// <summary>Says in a sentence how a worker ended, from its exit status and the runtime's own last words.</summary>
/// <remarks>What student code printed is never repeated; a program that prints the runtime's phrases itself changes a word here and no points.</remarks>
internal static class WorkerDeath
{
    private const int SignalBase = 128;

    public static StudentFault Explain(int exitCode, LastWords words)
    {
        const int Abort = 6, Kill = 9, Segmentation = 11, CpuTime = 24, FileSize = 25, ForbiddenCall = 31;
        return (exitCode - SignalBase) switch
        {
            Abort when words.StackOverflow => StudentFault.Died("overflowed its stack (endless recursion?)"),
            Abort when words.OutOfMemory => StudentFault.OutOfLimits("used up its memory"),
            Abort when words.UnhandledException => StudentFault.Died("died of an exception on a thread of its own"),
            Abort => StudentFault.Died("ended itself abruptly (signal 6, abort) instead of answering"),
            Kill => StudentFault.Died("was killed (signal 9), as the system does with what uses up its memory or CPU time"),
            Segmentation => StudentFault.Died("died of a memory fault (signal 11)"),
            CpuTime => StudentFault.OutOfLimits("used up its CPU time"),
            FileSize => StudentFault.OutOfLimits("wrote too large a file"),
            ForbiddenCall => StudentFault.Died("made a system call that is forbidden here (signal 31) and was stopped"),
            > 0 and < 65 => StudentFault.Died($"died of signal {exitCode - SignalBase}"),
            _ => StudentFault.Died($"ended itself with exit code {exitCode} instead of answering"),
        };
    }
}
