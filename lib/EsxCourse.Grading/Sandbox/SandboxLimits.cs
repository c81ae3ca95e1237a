namespace EsxCourse.Grading.Sandbox;

/// <summary>What a worker process may use, whatever exercise it runs. The kernel holds these; finer budgets are counted by the parent.</summary>
/// <param name="HeapMegabytes">Managed heap; beyond it student code sees an <see cref="OutOfMemoryException"/>.</param>
/// <param name="AddressSpaceMegabytes">Address space: what native memory and thread stacks run into. The runtime itself maps several hundred megabytes.</param>
/// <param name="CpuSeconds">CPU time of the whole process: the last line behind the parent's own budget.</param>
/// <param name="OpenFiles">Descriptors.</param>
/// <param name="FileMegabytes">Size of any file; the system call filter lets none be written in the first place.</param>
/// <param name="TmpfsMegabytes">Size of the private, empty /tmp.</param>
/// <param name="Threads">Threads, those of the runtime included.</param>
/// <remarks>course choice: several times what the reference solutions need, and small enough for one worker per core on a laptop.</remarks>
public sealed record SandboxLimits(
    int HeapMegabytes = 128,
    int AddressSpaceMegabytes = 1024,
    int CpuSeconds = 30,
    int OpenFiles = 64,
    int FileMegabytes = 1,
    int TmpfsMegabytes = 16,
    int Threads = 64)
{
    /// <summary>What a compiler may use. It serves many submissions, so its CPU time for each is counted by the parent; this ends it for good.</summary>
    internal static SandboxLimits Compiler { get; } = new(HeapMegabytes: 768, AddressSpaceMegabytes: 4096, CpuSeconds: 3600, OpenFiles: 512);
}
