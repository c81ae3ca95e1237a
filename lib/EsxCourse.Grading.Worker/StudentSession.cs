using System.Reflection;
using System.Runtime.CompilerServices;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Worker;

// Serves the parent's calls on the student's objects, one after the other, on the main thread.
//
// Nothing in here is trusted by the parent: student code shares this process and may rewrite any of it. What keeps grades honest is that
// inputs come in, answers go out, and what is expected never enters.

/// <summary>Loads one submission and calls it until the parent closes the pipe.</summary>
internal sealed class StudentSession(ParentPipe pipe, Assembly contracts) : ICallbackEnd
{
    private readonly Dictionary<int, object> objects = [];
    private readonly int thread = Environment.CurrentManagedThreadId;
    private Type? contract;
    private Type? student;
    private int currentCall;

    public void Serve()
    {
        while (true)
        {
            Frame frame = pipe.Read();
            currentCall = frame.CallId;
            WireWriter body = Frame.Begin(Frame.MaxReplyBytes);
            FrameKind kind = FrameKind.Result;
            try
            {
                Answer(frame, body);
            }
            catch (Exception thrown)
            {
                kind = FrameKind.Threw;
                body = Frame.Begin(Frame.MaxReplyBytes);
                StudentException.Write(body, thrown, student?.Assembly);
            }

            pipe.Send(kind, frame.CallId, body);
        }
    }

    /// <summary>Calls an object of the checks' world.</summary>
    public object? CallBack(int number, ContractMethods methods, int method, object?[] arguments)
    {
        if (Environment.CurrentManagedThreadId != thread)
            throw new InvalidOperationException("This object may be called only on the thread that your method was called on.");
        WireWriter body = Frame.Begin(Frame.MaxReplyBytes);
        body.Int32(number);
        body.Int32(method);
        methods.WriteArguments(body, method, arguments, this);
        pipe.Send(FrameKind.Callback, currentCall, body);
        Frame answer = pipe.Read();
        WireReader reader = new(answer.Body);
        if (answer.Kind == FrameKind.CallbackThrew)
            throw new InvalidOperationException(reader.Text());
        return methods.Results[method]?.Read(reader, this);
    }

    public int NumberOf(object target, Type contract) => throw new WireFormatException($"{contract.Name} only goes into student code, not out of it");

    public object StandInFor(int number, Type contract) => CheckWorldProxy.Make(this, number, contract);

    private void Answer(Frame frame, WireWriter body)
    {
        WireReader reader = new(frame.Body);
        switch (frame.Kind)
        {
            case FrameKind.Load:
                Load(reader);
                break;
            case FrameKind.Create:
                objects[reader.Int32()] = Make();
                break;
            case FrameKind.Call:
                Call(reader, body);
                break;
            default:
                throw new WireFormatException($"frame {frame.Kind}");
        }
    }

    private void Load(WireReader reader)
    {
        contract = TypeIn(contracts, reader.Text());
        string className = reader.Text();
        Assembly assembly = Assembly.Load(reader.Bytes(), reader.Bytes());
        student = TypeIn(assembly, className);
        RuntimeHelpers.RunModuleConstructor(assembly.ManifestModule.ModuleHandle);
    }

    /// <summary>A type by its full name. Assembly.GetType would parse the name first, which costs a new process as much as all the rest of loading.</summary>
    private static Type TypeIn(Assembly assembly, string name)
    {
        Type?[] types;
        try
        {
            types = assembly.GetTypes();
        }
        catch (ReflectionTypeLoadException some)
        {
            types = some.Types;   // A type that cannot be loaded is no fault as long as nobody uses it.
        }

        return Array.Find(types, type => type?.FullName == name) ?? throw new TypeLoadException(name);
    }

    private object Make()
    {
        try
        {
            return Activator.CreateInstance(student!)!;
        }
        catch (TargetInvocationException inner) when (inner.InnerException is not null)
        {
            throw inner.InnerException;
        }
    }

    private void Call(WireReader reader, WireWriter body)
    {
        ContractMethods methods = ContractMethods.Of(contract!);
        object target = objects[reader.Int32()];
        int method = reader.Int32();
        object?[] arguments = methods.ReadArguments(reader, method, this);
        object? result = methods.Methods[method].Invoke(target, BindingFlags.DoNotWrapExceptions, null, arguments, null);
        methods.Results[method]?.Write(body, result, this);
    }
}
