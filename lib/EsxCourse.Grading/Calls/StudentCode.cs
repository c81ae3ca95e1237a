using System.Diagnostics;
using System.Reflection;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Sandbox;
using EsxCourse.Grading.Submissions;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Calls;

// The parent's end of one submission: calls go out, answers come in, and everything is counted.
//
//   check --> ContractProxy --> StudentCode ==pipe==> worker: the student's object
//                                   ^   |
//                     budgets ------+   +--> a callback object of the check, when student code calls back
//
// The worker is fresh and stays for all checks of the submission; where it dies or is ended, that check is lost and the next one gets
// another fresh one. A reply must carry the id of the call that it answers, be of the agreed layout to the last byte, and come in time.

/// <summary>Calls one submission's code in its sandbox.</summary>
internal sealed class StudentCode(WorkerNursery nursery, CompiledSubmission compiled, Type contract, ExerciseLimits limits, CancellationToken cancellation)
    : IStudentCode, ICallbackEnd, IDisposable
{
    /// <summary>course choice: how many calls of a submission may let their whole waiting time pass.</summary>
    private const int WaitingFactor = 2;

    /// <summary>course choice: far more than any exercise answers with, and little enough to read in a second.</summary>
    private const long MaxAnswerBytes = 64 << 20;

    /// <summary>How much time may pass before the worker's CPU time is looked at again between calls.</summary>
    private static readonly TimeSpan LookInterval = TimeSpan.FromMilliseconds(20);

    private readonly ContractMethods methods = ContractMethods.Of(contract);
    private readonly List<(object Target, ContractMethods Methods)> callbacks = [];
    private WorkerProcess? worker;
    private readonly CallLimits callLimits = new(TimeSpan.FromSeconds(limits.CallSeconds), limits.CallCpuSeconds);
    private readonly WaitingTime waiting = new(WaitingFactor * TimeSpan.FromSeconds(limits.CallSeconds));
    private double cpuAtStart;
    private double cpuBeforeCall;
    private double cpuOfEarlierWorkers;
    private long lastLook;
    private long answeredBytes;
    private int lastCallId;
    private int lastObject;
    private int calls;

    /// <summary>What the submission has used up, so that no further check can run; null when it has not.</summary>
    public string? Spent => cpuOfEarlierWorkers + CpuOfWorker >= limits.CpuSeconds ? "CPU time" : waiting.IsOver ? "waiting time" : null;

    private double CpuOfWorker => worker is null ? 0 : Math.Max(0, worker.CpuSeconds - cpuAtStart);

    /// <summary>Makes a new object of the student's class.</summary>
    /// <returns>A stand-in for it, which implements the contract.</returns>
    public object Make()
    {
        int number = ++lastObject;
        Guarded(() =>
        {
            WireWriter body = Frame.Begin(Frame.MaxRequestBytes);
            body.Int32(number);
            Converse(FrameKind.Create, body, "the constructor");
        });
        return ContractProxy.Make(this, number, contract);
    }

    /// <summary>Calls a method of such an object.</summary>
    public object? Call(int number, MethodInfo method, object?[] arguments)
    {
        int index = methods.NumberOf(method);
        object? result = null;
        Guarded(() =>
        {
            WireWriter body = Frame.Begin(Frame.MaxRequestBytes);
            body.Int32(number);
            body.Int32(index);
            Put(() => methods.WriteArguments(body, index, arguments, this));
            WireReader answer = Converse(FrameKind.Call, body, NameOf(method));
            result = methods.Results[index]?.Read(answer, this);
            answer.End();
        });
        return result;
    }

    /// <summary>Says at the end of a check whether the submission has kept its budget: threads and finalisers may run between calls.</summary>
    /// <exception cref="StudentFault">It has not.</exception>
    public void EndCheck()
    {
        callbacks.Clear();
        Guarded(HoldBudget);
    }

    /// <summary>The same for a check that has failed anyway.</summary>
    public void EndCheckQuietly()
    {
        callbacks.Clear();
        if (Spent is not null)
            Discard();
    }

    /// <summary>Ends the worker, so that the next check starts with a fresh one.</summary>
    public void Discard()
    {
        if (worker is null)
            return;
        EndWorker(CpuOfWorker);
    }

    private void EndWorker(double cpuSeconds)
    {
        cpuOfEarlierWorkers += cpuSeconds;
        worker?.Dispose();
        worker = null;
    }

    public int NumberOf(object target, Type contract)
    {
        callbacks.Add((target, ContractMethods.Of(contract)));
        return callbacks.Count - 1;
    }

    public object StandInFor(int number, Type contract) => throw new WireFormatException($"a {contract.Name} of its own");

    public void Dispose() => Discard();

    /// <summary>Runs a conversation; whatever breaks it ends the worker.</summary>
    private void Guarded(Action conversation)
    {
        try
        {
            conversation();
        }
        catch (StudentFault fault) when (fault.WorkerLives)
        {
            throw;
        }
        catch (StudentFault fault) when (fault.Kind == FaultKind.OutOfLimits && CpuOfWorker - cpuBeforeCall >= limits.CallCpuSeconds)
        {
            // A runaway call is charged its limit, not the moment at which it was caught: how many checks a runaway gets must not hang on that.
            EndWorker(Math.Max(limits.CallCpuSeconds, cpuBeforeCall));
            throw;
        }
        catch (StudentFault fault) when (fault.Kind == FaultKind.NoAnswer)
        {
            waiting.PassedInVain(callLimits.Wall);
            Discard();
            throw;
        }
        catch (WireFormatException bad)
        {
            Discard();
            throw StudentFault.Breach(bad.Message);
        }
        catch
        {
            Discard();
            throw;
        }
    }

    /// <summary>Writes what the checks send. Where that cannot be put on the pipe, they are at fault and not the student.</summary>
    private static void Put(Action write)
    {
        try
        {
            write();
        }
        catch (WireFormatException bad)
        {
            throw new GraderBrokeException($"the check sends what cannot cross the pipe: {bad.Message}", bad);
        }
    }

    private WireReader Converse(FrameKind kind, WireWriter body, string place)
    {
        cancellation.ThrowIfCancellationRequested();
        if (Stopwatch.GetElapsedTime(lastLook) > LookInterval)
            HoldBudget();
        if (++calls > limits.Calls)
            throw StudentFault.OutOfLimits($"needed more than {limits.Calls:N0} calls");
        StartWorker();
        return Exchange(kind, body, place);
    }

    private WireReader Exchange(FrameKind kind, WireWriter body, string place)
    {
        int id = ++lastCallId;
        CallClock clock = new(worker!, callLimits);
        waiting.Begin(worker!);
        worker!.Send(Frame.End(body, kind, id), clock);
        while (true)
        {
            Frame reply = worker.Read(clock);
            if (reply.CallId != id)
                throw StudentFault.Breach("an answer to a call that was not made");
            if ((answeredBytes += reply.Body.Length) > MaxAnswerBytes)
                throw StudentFault.OutOfLimits($"answered with more than {MaxAnswerBytes >> 20} MiB in all");
            switch (reply.Kind)
            {
                case FrameKind.Result:
                    waiting.End();
                    return new WireReader(reply.Body);
                case FrameKind.Threw:
                    waiting.End();
                    throw ThrownException.Read(new WireReader(reply.Body), place);
                case FrameKind.Callback:
                    CallBack(reply, clock);
                    break;
                default:
                    throw StudentFault.Breach($"frame {(byte)reply.Kind} instead of an answer");
            }
        }
    }

    private void StartWorker()
    {
        if (worker is not null)
            return;
        worker = nursery.Take(cancellation);
        cpuAtStart = worker.CpuSeconds;
        (cpuBeforeCall, lastLook) = (0, Stopwatch.GetTimestamp());
        WireWriter body = Frame.Begin(Frame.MaxRequestBytes);
        body.Text(contract.FullName!);
        body.Text(compiled.ClassName);
        body.Bytes(compiled.Assembly);
        body.Bytes(compiled.Symbols);
        Exchange(FrameKind.Load, body, "loading").End();
    }

    private void CallBack(Frame request, CallClock clock)
    {
        if (++calls > limits.Calls)
            throw StudentFault.OutOfLimits($"needed more than {limits.Calls:N0} calls");
        WireReader reader = new(request.Body);
        int number = reader.Int32();
        int method = reader.Int32();
        if (number < 0 || number >= callbacks.Count || method < 0 || method >= callbacks[number].Methods.Methods.Length)
            throw StudentFault.Breach("a call to an object that it was not given");
        (object target, ContractMethods world) = callbacks[number];
        object?[] arguments = world.ReadArguments(reader, method, this);
        reader.End();
        WireWriter body = Frame.Begin(Frame.MaxRequestBytes);
        FrameKind kind = FrameKind.CallbackResult;
        try
        {
            object? result = world.Methods[method].Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
            Put(() => world.Results[method]?.Write(body, result, this));
        }
        catch (Exception refused) when (refused is InvalidOperationException or ArgumentException)
        {
            // The checks' world says no in its own terms, for example "that page is not yours"; student code may catch it.
            kind = FrameKind.CallbackThrew;
            body.Text(refused.Message);
        }

        worker!.Send(Frame.End(body, kind, request.CallId), clock);
    }

    private void HoldBudget()
    {
        if (worker?.Look() is not WorkerState state)
            return;
        lastLook = Stopwatch.GetTimestamp();
        cpuBeforeCall = Math.Max(0, state.CpuSeconds - cpuAtStart);
        if (cpuOfEarlierWorkers + cpuBeforeCall >= limits.CpuSeconds)
            throw StudentFault.OutOfLimits($"used more than {limits.CpuSeconds:0.###} s of CPU time in all");
    }

    private static string NameOf(MethodInfo method) =>
        method.IsSpecialName && method.Name.StartsWith("get_", StringComparison.Ordinal) ? method.Name[4..] : method.Name;
}
