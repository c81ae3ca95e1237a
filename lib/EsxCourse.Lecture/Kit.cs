using System.Runtime.CompilerServices;
using EsxCourse.Lecture.Formatting;

namespace EsxCourse.Lecture;

// What a notebook's first cell starts. The formatters are registered when the assembly is loaded (module initializer), which is
// enough in the kit's own kernel; `Kit.Start()` does the same by an explicit call, since a foreign client need not run module
// initializers of a referenced assembly, and since a reader of the notebook should see where the charts come from.

/// <summary>Prepares a notebook session: from then on charts, tables and step views show as what they are.</summary>
/// <remarks>Works in the kit's own kernel and in .NET Interactive, which both show values through Microsoft's Formatting package.</remarks>
public static class Kit
{
    private static readonly Lock Gate = new();
    private static bool started;

    /// <summary>Registers the kit's formatters. May be called any number of times.</summary>
    public static void Start()
    {
        lock (Gate)
        {
            if (started)
                return;
            ChartFormatter.Register();
            TableFormatter.Register();
            StepViewFormatter.Register();
            QuizView.Register();
            started = true;
        }
    }

#pragma warning disable CA2255 // An assembly that is loaded by a notebook's #r has no other moment at which to register its formatters.
    [ModuleInitializer]
    internal static void OnLoad() => Start();
#pragma warning restore CA2255
}
