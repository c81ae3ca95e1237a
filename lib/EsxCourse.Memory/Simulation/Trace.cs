using System.Globalization;
using EsxCourse.Contracts;
using EsxCourse.Memory.Guest;
using EsxCourse.Memory.Machine;
using EsxCourse.Memory.Virtualization;

namespace EsxCourse.Memory.Simulation;

// A trace is the scenario and every operation of every workload, in the order in which they were done. All else follows from
// these: a replay feeds the operations to the same host and must end in the same state, which the last line holds.
//
//     esxcourse-trace 1
//     seed 42
//     scenario 17            that many lines of YAML follow
//     …
//     0 w 118 1d872b 500000  VM, r, w or s (send), VPN (-1: nothing), contents in hexadecimal, nanoseconds of thinking
//     …
//     end 9c0e66f8a1b2c3d4   the digest of the end

internal sealed class TraceWriter(TextWriter output)
{
    /// <summary>The letters of <see cref="AccessKind"/>, in its order.</summary>
    public const string Letters = "rws";

    public void Begin(ulong seed, string scenario)
    {
        string[] lines = scenario.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');
        output.Write($"esxcourse-trace 1\nseed {seed}\nscenario {lines.Length}\n{string.Join('\n', lines)}\n");
    }

    public void Write(VmId vm, WorkloadOperation operation) =>
        output.Write($"{vm.Value} {Letters[(int)operation.Kind]} {operation.Vpn} {operation.Contents.Value:x} {operation.ThinkNanoseconds}\n");

    public void End(ulong digest) => output.Write($"end {digest:x16}\n");
}

/// <summary>A recorded run: what it was a run of, what its workloads did, and where it ended.</summary>
internal sealed class Trace
{
    private readonly Dictionary<int, Queue<WorkloadOperation>> operations = [];

    private Trace(ulong seed, string scenario)
    {
        Seed = seed;
        ScenarioText = scenario;
    }

    public ulong Seed { get; }

    public string ScenarioText { get; }

    public ulong EndDigest { get; private set; }

    public static bool IsTrace(string text) => text.StartsWith("esxcourse-trace ", StringComparison.Ordinal);

    /// <summary>Reads a trace.</summary>
    /// <exception cref="BadInputException">It is not one, or is cut off.</exception>
    public static Trace Parse(string file, string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        if (lines.Length < 4 || lines[0] != "esxcourse-trace 1" || !lines[1].StartsWith("seed ", StringComparison.Ordinal) || !ulong.TryParse(lines[1].AsSpan(5), out ulong seed)
            || !lines[2].StartsWith("scenario ", StringComparison.Ordinal) || !int.TryParse(lines[2].AsSpan(9), out int length) || length < 0 || length > lines.Length - 4)
            throw new BadInputException($"{file}:1", "not a trace of version 1, or cut off", "record it again with esx sim FILE.yaml --trace OUT");
        Trace trace = new(seed, string.Join('\n', lines.AsSpan(3, length).ToArray()));
        for (int i = 3 + length; i < lines.Length - 1; i++)
        {
            string[] parts = lines[i].Split(' ');
            if (parts.Length != 5 || !int.TryParse(parts[0], out int vm) || parts[1].Length != 1 || !TraceWriter.Letters.Contains(parts[1][0]) || !int.TryParse(parts[2], out int vpn)
                || !ulong.TryParse(parts[3], NumberStyles.HexNumber, null, out ulong contents) || !long.TryParse(parts[4], out long think) || think < 1 || vpn < -1)
                throw new BadInputException($"{file}:{i + 1}", "not an operation (VM, r, w or s, VPN, contents, nanoseconds)", "record the trace again");
            if (!trace.operations.TryGetValue(vm, out Queue<WorkloadOperation>? queue))
                trace.operations.Add(vm, queue = new Queue<WorkloadOperation>());
            queue.Enqueue(new WorkloadOperation(vpn, (AccessKind)TraceWriter.Letters.IndexOf(parts[1][0], StringComparison.Ordinal), new ContentSeed(contents), think));
        }

        if (!lines[^1].StartsWith("end ", StringComparison.Ordinal) || !ulong.TryParse(lines[^1].AsSpan(4), NumberStyles.HexNumber, null, out ulong digest))
            throw new BadInputException($"{file}:{lines.Length}", "the trace is cut off before its last line (end DIGEST)", "record it again");
        trace.EndDigest = digest;
        return trace;
    }

    /// <summary>The recorded operations of a VM in place of its workload, which still sets up processes and files.</summary>
    public IOperationSource Replay(VmId vm, IOperationSource original) => new Replayed(this, vm, original);

    private sealed class Replayed(Trace trace, VmId vm, IOperationSource original) : IOperationSource
    {
        private GuestOs? started;

        public void Start(GuestOs guest, VirtualDisk disk, int boot)
        {
            original.Start(guest, disk, boot);
            started = guest;
        }

        public WorkloadOperation Next(double seconds) =>
            trace.operations.TryGetValue(vm.Value, out Queue<WorkloadOperation>? queue) && queue.TryDequeue(out WorkloadOperation next) && next.Vpn < started!.VirtualPages
                ? next
                : throw new BadInputException("trace", $"{vm} does not do what was recorded", "replay it with the version of the kit that recorded it");
    }
}
