using System.Reflection;
using EsxCourse.Grading.Calls;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Checks.References;

/// <summary>Writes down what the reference does while a check is played.</summary>
/// <param name="contract">The exercise's contract.</param>
/// <param name="makeReference">Makes a new object of the reference's class.</param>
internal sealed class ReferenceRecorder(Type contract, Func<object> makeReference)
{
    private readonly ContractMethods methods = ContractMethods.Of(contract);
    private readonly List<RecordedCall> calls = [];
    private readonly List<RecordedStep> steps = [];
    private int objects;

    /// <summary>What was written down.</summary>
    public ReferenceRecording Recording => new([.. calls]);

    /// <summary>A new reference, listened to.</summary>
    public object Make()
    {
        object reference = makeReference();
        int number = ++objects;
        HandedObjects world = null!;
        world = new HandedObjects((target, type) => Overheard(world, target, type));
        return StandIn.Make(contract, (method, arguments) => Call(reference, number, world, method, arguments));
    }

    private object? Call(object reference, int number, HandedObjects world, MethodInfo method, object?[] arguments)
    {
        int index = methods.NumberOf(method);
        byte[] sent = HandedObjects.Bytes(body => methods.WriteArguments(body, index, arguments, world));
        object?[] copies = methods.ReadArguments(new WireReader(sent), index, world);
        steps.Clear();
        object? result = method.Invoke(reference, BindingFlags.DoNotWrapExceptions, null, copies, null);
        calls.Add(new RecordedCall(number, index, [.. steps], HandedObjects.Bytes(body => methods.Results[index]?.Write(body, result, world))));
        return result;
    }

    private object Overheard(HandedObjects world, int target, Type type) => StandIn.Make(type, (method, arguments) =>
    {
        (object inWorld, ContractMethods its) = world[target];
        int index = its.NumberOf(method);
        steps.Add(new RecordedStep(target, index, HandedObjects.Bytes(body => its.WriteArguments(body, index, arguments, world))));
        return method.Invoke(inWorld, BindingFlags.DoNotWrapExceptions, null, arguments, null);
    });
}
