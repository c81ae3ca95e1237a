using System.Reflection;
using System.Runtime.ExceptionServices;
using EsxCourse.Grading.Calls;
using EsxCourse.Grading.Exercises;
using EsxCourse.Grading.Worker;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Practice;

// A student's own class, called in the student's own process, as if it stood behind the pipe:
//
//   check --> stand-in --> arguments as bytes and back --> the student's object
//         <-- stand-in <-- result as bytes and back    <--        |
//   check's object <------ the same, the other way round <--------+   when student code calls back
//
// So each side sees copies, and an answer that could not cross the pipe is none here either: what passes here does not fail there for the
// way in which it is called.
//
// Left out: everything that is around a submission in the sandbox. Nothing is locked, and of the limits only the number of calls is held.

/// <summary>Calls a class of this process for practice.</summary>
internal sealed class PracticeCode(Func<object> make, Type contract, ExerciseLimits limits) : IStudentCode, ICallbackEnd
{
    private static readonly FromStudent Outward = new();

    private readonly List<object> callbacks = [];
    private ExceptionDispatchInfo? ofTheCheck;
    private int calls;

    public string? Spent => null;

    public object Make()
    {
        object student = Asked("the constructor", make, null)!;
        ContractMethods methods = ContractMethods.Of(contract);
        return StandIn.Make(contract, (method, arguments) =>
        {
            int index = methods.NumberOf(method);
            string place = method.IsSpecialName ? method.Name[(method.Name.IndexOf('_', StringComparison.Ordinal) + 1)..] : method.Name;
            object?[] copies = Carried(Frame.MaxRequestBytes, body => methods.WriteArguments(body, index, arguments, this), body => methods.ReadArguments(body, index, this))!;
            return Asked(place, () =>
            {
                object? result = method.Invoke(student, BindingFlags.DoNotWrapExceptions, null, copies, null);
                return methods.Results[index] is Shape shape ? Carried(Frame.MaxReplyBytes, body => shape.Write(body, result, Outward), body => shape.Read(body, Outward)) : null;
            }, student);
        });
    }

    public void EndCheck() => callbacks.Clear();

    public void EndCheckQuietly() => callbacks.Clear();

    public void Discard() => callbacks.Clear();

    public int NumberOf(object target, Type contract)
    {
        callbacks.Add(target);
        return callbacks.Count - 1;
    }

    public object StandInFor(int number, Type contract)
    {
        object target = callbacks[number];
        ContractMethods methods = ContractMethods.Of(contract);
        return StandIn.Make(contract, (method, arguments) =>
        {
            Count();
            int index = methods.NumberOf(method);
            object?[] copies = Carried(Frame.MaxReplyBytes, body => methods.WriteArguments(body, index, arguments, Outward), body => methods.ReadArguments(body, index, Outward))!;
            object? result;
            try
            {
                result = method.Invoke(target, BindingFlags.DoNotWrapExceptions, null, copies, null);
            }
            catch (Exception refused) when (refused is InvalidOperationException or ArgumentException)
            {
                throw new InvalidOperationException(refused.Message);   // The checks' world says no: student code may catch it.
            }
            catch (Exception broken)
            {
                ofTheCheck = ExceptionDispatchInfo.Capture(broken);   // Not for student code to answer for.
                throw;
            }

            return methods.Results[index] is Shape shape ? Carried(Frame.MaxRequestBytes, body => shape.Write(body, result, this), body => shape.Read(body, this)) : null;
        });
    }

    /// <summary>Has student code do something, and tells of its exceptions as the grader does.</summary>
    private object? Asked(string place, Func<object?> code, object? student)
    {
        Count();
        ofTheCheck = null;
        try
        {
            object? answer = code();
            ofTheCheck?.Throw();
            return answer;
        }
        catch (Exception thrown) when (thrown is not StudentFault)
        {
            ofTheCheck?.Throw();
            WireWriter told = new(Frame.MaxReplyBytes);
            StudentException.Write(told, thrown, student?.GetType().Assembly);
            throw ThrownException.Read(new WireReader(told.Written), place);
        }
    }

    private void Count()
    {
        if (++calls > limits.Calls)
            throw StudentFault.OutOfLimits($"needed more than {limits.Calls:N0} calls");
    }

    /// <summary>A value as it is on the other side of the pipe.</summary>
    private static T Carried<T>(int most, Action<WireWriter> write, Func<WireReader, T> read)
    {
        WireWriter body = new(most);
        write(body);
        WireReader reader = new(body.Written);
        T copy = read(reader);
        reader.End();
        return copy;
    }

    /// <summary>The end from which no object may go out.</summary>
    private sealed class FromStudent : ICallbackEnd
    {
        public int NumberOf(object target, Type contract) => throw new WireFormatException($"{contract.Name} only goes into student code, not out of it");

        public object StandInFor(int number, Type contract) => throw new WireFormatException($"a {contract.Name} of its own");
    }
}
