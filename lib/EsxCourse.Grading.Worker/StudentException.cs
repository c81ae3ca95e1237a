using System.Diagnostics;
using System.Reflection;
using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Worker;

/// <summary>What is told of an exception that student code threw: its type, its message, and where in the student's own file.</summary>
internal static class StudentException
{
    private const int MaxMessage = 500;

    public static void Write(WireWriter body, Exception thrown, Assembly? student)
    {
        while (thrown is TargetInvocationException or TypeInitializationException && thrown.InnerException is Exception inner)
            thrown = inner;
        StackFrame? place = null;
        try
        {
            place = new StackTrace(thrown, fNeedFileInfo: true).GetFrames()
                .FirstOrDefault(f => f.GetMethod()?.Module.Assembly == student && f.GetFileName() is not null);
        }
        catch (Exception)
        {
            // A trace that cannot be read leaves the place unknown; the exception itself is still told.
        }

        body.Text(Cut(thrown.GetType().Name));
        body.Text(Cut(MessageOf(thrown)));
        body.Text(Cut(place?.GetFileName() ?? ""));
        body.Int32(place?.GetFileLineNumber() ?? 0);
    }

    private static string MessageOf(Exception thrown)
    {
        try
        {
            return thrown.Message ?? "";
        }
        catch (Exception)
        {
            return "";   // Message is the student's to override.
        }
    }

    private static string Cut(string text) => text.Length <= MaxMessage ? text : text[..MaxMessage];
}
