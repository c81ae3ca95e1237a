using System.Reflection;
using EsxCourse.Grading.Calls;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Checks.References;

/// <summary>Stands where the reference stood when a check was recorded: answers the same, and does the same to the check's world.</summary>
/// <param name="contract">The exercise's contract.</param>
/// <param name="recording">What was written down.</param>
internal sealed class ReferencePlayer(Type contract, ReferenceRecording recording)
{
    private readonly ContractMethods methods = ContractMethods.Of(contract);
    private int next;
    private int objects;

    /// <summary>What stands for a new reference.</summary>
    public object Make()
    {
        int number = ++objects;
        HandedObjects world = new(standIn: null);
        return StandIn.Make(contract, (method, arguments) => Call(number, world, methods.NumberOf(method), arguments));
    }

    private object? Call(int number, HandedObjects world, int method, object?[] arguments)
    {
        if (next == recording.Calls.Length || recording.Calls[next] is not RecordedCall call || call.Object != number || call.Method != method)
            throw new GraderBrokeException($"what was recorded of the reference ({ReferenceRecording.FileName}) is of another version of this check");
        next++;
        HandedObjects.Bytes(body => methods.WriteArguments(body, method, arguments, world));   // Numbers the objects that are handed over.
        foreach (RecordedStep step in call.World)
        {
            (object target, ContractMethods its) = world[step.Target];
            its.Methods[step.Method].Invoke(target, BindingFlags.DoNotWrapExceptions, null, its.ReadArguments(new WireReader(step.Arguments), step.Method, world), null);
        }

        return methods.Results[method]?.Read(new WireReader(call.Result), world);
    }
}
