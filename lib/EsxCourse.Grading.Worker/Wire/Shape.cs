using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;

namespace EsxCourse.Grading.Worker.Wire;

// How a value of a contract's type is laid out on the pipe. The layout follows from the declared type alone; no type name ever crosses,
// so a hostile process cannot ask for a type to be made.
//
//   bool, integers, enums, double, decimal     their bytes, little-endian
//   string, byte[]                             count, bytes
//   arrays, lists                              count, elements
//   records, record structs, tuples            their constructor's arguments, in order (the units of Contracts are such)
//   T?                                         a presence byte, then T
//   any other interface                        the number of a callback object: see ICallbackEnd
//
// A reference that the contract does not mark with ? may not be null: the writer refuses it, and the reader would not take it.

/// <summary>Where interfaces that cross the pipe end up: the parent numbers its objects, the worker makes a stand-in for a number.</summary>
internal interface ICallbackEnd
{
    int NumberOf(object target, Type contract);

    object StandInFor(int number, Type contract);
}

/// <summary>The layout of one type.</summary>
internal abstract class Shape
{
    private static readonly ConcurrentDictionary<(Type, bool), Shape> Known = new();

    public abstract void Write(WireWriter writer, object? value, ICallbackEnd callbacks);

    public abstract object? Read(WireReader reader, ICallbackEnd callbacks);

    /// <summary>The layout of a type that is never null unless it is a <c>Nullable</c>.</summary>
    public static Shape Of(Type type, bool mayBeNull = false) =>
        Known.TryGetValue((type, mayBeNull), out Shape? known) ? known : Known.GetOrAdd((type, mayBeNull), Make(type, mayBeNull, depth: 0));

    /// <summary>The layout of what a method returns; null for void.</summary>
    public static Shape? OfResult(MethodInfo method) =>
        method.ReturnType == typeof(void) ? null : Of(method.ReturnType, Nullability.Of(method.ReturnParameter));

    /// <summary>The layouts of a method's arguments.</summary>
    public static Shape[] OfArguments(MethodInfo method) =>
        Array.ConvertAll(method.GetParameters(), static parameter => Of(parameter.ParameterType, Nullability.Of(parameter)));

    private static Shape Make(Type type, bool mayBeNull, int depth)
    {
        if (depth > 8)
            throw new WireFormatException($"{type} nests too deeply to cross the pipe");
        if (System.Nullable.GetUnderlyingType(type) is Type inner)
            return new OptionalShape(Make(inner, false, depth + 1));
        if (mayBeNull)
            return new OptionalShape(Make(type, false, depth + 1));
        if (type.IsEnum)
            return new EnumShape(type, new PrimitiveShape(Type.GetTypeCode(type)));
        if (type.IsPrimitive || type == typeof(decimal) || type == typeof(string))
            return new PrimitiveShape(Type.GetTypeCode(type));
        if (type == typeof(byte[]))
            return new BytesShape();
        if (ElementOf(type) is Type element)
            return new ListShape(type, element, Make(element, false, depth + 1));
        if (type.IsInterface)
            return new CallbackShape(type);
        return MakeRecord(type, depth);
    }

    private static Type? ElementOf(Type type)
    {
        if (type.IsSZArray)
            return type.GetElementType();
        Type? open = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        return open == typeof(List<>) || open == typeof(IReadOnlyList<>) || open == typeof(IList<>) || open == typeof(IReadOnlyCollection<>)
            || open == typeof(ICollection<>) || open == typeof(IEnumerable<>)
            ? type.GetGenericArguments()[0]
            : null;
    }

    private static RecordShape MakeRecord(Type type, int depth)
    {
        // A record's own constructor is the public one whose every argument has a property (a tuple: a field) of its name and type.
        ConstructorInfo[] constructors = type.GetConstructors();
        Array.Sort(constructors, static (a, b) => b.GetParameters().Length.CompareTo(a.GetParameters().Length));
        foreach (ConstructorInfo constructor in constructors)
        {
            ParameterInfo[] parameters = constructor.GetParameters();
            MemberInfo?[] members = Array.ConvertAll(parameters, parameter => MemberFor(type, parameter));
            if (parameters.Length == 0 || Array.IndexOf(members, null) >= 0)
                continue;
            Shape[] shapes = Array.ConvertAll(parameters, parameter => Make(parameter.ParameterType, !IsTuple(type) && Nullability.Of(parameter), depth + 1));
            return new RecordShape(type, constructor, members!, shapes);
        }

        throw new WireFormatException($"{type} cannot cross the pipe: it is neither a simple value, a list nor a record");
    }

    private static bool IsTuple(Type type) => type.FullName!.StartsWith("System.ValueTuple`", StringComparison.Ordinal);

    private static MemberInfo? MemberFor(Type type, ParameterInfo parameter)
    {
        const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase;
        if (type.GetProperty(parameter.Name!, Public) is PropertyInfo property && property.PropertyType == parameter.ParameterType)
            return property;
        return type.GetField(parameter.Name!, Public) is FieldInfo field && field.FieldType == parameter.ParameterType ? field : null;
    }

    private sealed class OptionalShape(Shape inner) : Shape
    {
        public override void Write(WireWriter writer, object? value, ICallbackEnd callbacks)
        {
            writer.Bool(value is not null);
            if (value is not null)
                inner.Write(writer, value, callbacks);
        }

        public override object? Read(WireReader reader, ICallbackEnd callbacks) => reader.Bool() ? inner.Read(reader, callbacks) : null;
    }

    private sealed class EnumShape(Type type, PrimitiveShape underlying) : Shape
    {
        private readonly bool isFlags = type.IsDefined(typeof(FlagsAttribute), inherit: false);

        public override void Write(WireWriter writer, object? value, ICallbackEnd callbacks) =>
            underlying.Write(writer, Convert.ChangeType(value!, Enum.GetUnderlyingType(type)), callbacks);

        public override object Read(WireReader reader, ICallbackEnd callbacks)
        {
            object value = Enum.ToObject(type, underlying.Read(reader, callbacks));
            return isFlags || Enum.IsDefined(type, value) ? value : throw new WireFormatException($"a {type.Name} that cannot be");
        }
    }

    private sealed class BytesShape : Shape
    {
        public override void Write(WireWriter writer, object? value, ICallbackEnd callbacks) => writer.Bytes((byte[])NotNull(value));

        public override object Read(WireReader reader, ICallbackEnd callbacks) => reader.Bytes();
    }

    private sealed class ListShape(Type type, Type element, Shape inner) : Shape
    {
        public override void Write(WireWriter writer, object? value, ICallbackEnd callbacks)
        {
            int hole = writer.Hole();
            int count = 0;
            foreach (object? item in (IEnumerable)NotNull(value))
            {
                inner.Write(writer, item, callbacks);
                count++;
            }

            writer.Patch(hole, count);
        }

        public override object Read(WireReader reader, ICallbackEnd callbacks)
        {
            Array items = Array.CreateInstance(element, reader.Count());
            for (int i = 0; i < items.Length; i++)
                items.SetValue(inner.Read(reader, callbacks), i);
            return type.IsClass && !type.IsArray ? Activator.CreateInstance(type, items)! : items;
        }
    }

    private sealed class RecordShape(Type type, ConstructorInfo constructor, MemberInfo[] members, Shape[] shapes) : Shape
    {
        public override void Write(WireWriter writer, object? value, ICallbackEnd callbacks)
        {
            NotNull(value);
            for (int i = 0; i < members.Length; i++)
                shapes[i].Write(writer, members[i] is PropertyInfo p ? p.GetValue(value) : ((FieldInfo)members[i]).GetValue(value), callbacks);
        }

        public override object Read(WireReader reader, ICallbackEnd callbacks)
        {
            object?[] arguments = new object?[shapes.Length];
            for (int i = 0; i < shapes.Length; i++)
                arguments[i] = shapes[i].Read(reader, callbacks);
            try
            {
                return constructor.Invoke(arguments);
            }
            catch (TargetInvocationException refused)
            {
                throw new WireFormatException($"a {type.Name} that cannot be", refused.InnerException);
            }
        }
    }

    private sealed class CallbackShape(Type type) : Shape
    {
        public override void Write(WireWriter writer, object? value, ICallbackEnd callbacks) => writer.Int32(callbacks.NumberOf(NotNull(value), type));

        public override object Read(WireReader reader, ICallbackEnd callbacks) => callbacks.StandInFor(reader.Int32(), type);
    }

    private static object NotNull(object? value) => value ?? throw new WireFormatException("null where the contract has no ?");
}
