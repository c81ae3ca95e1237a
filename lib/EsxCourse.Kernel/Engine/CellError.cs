using System.Diagnostics;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;

namespace EsxCourse.Kernel.Engine;

/// <summary>Why a cell failed, as a reader of the notebook needs it.</summary>
/// <param name="Name">The exception's type, or <c>CompileError</c>.</param>
/// <param name="Message">The message.</param>
/// <param name="Traceback">The lines to show.</param>
/// <param name="Line">The line of the cell, from 1, or null if it is not known.</param>
/// <param name="Column">The column, from 1, or null.</param>
internal sealed partial record CellError(string Name, string Message, IReadOnlyList<string> Traceback, int? Line, int? Column)
{
    private const int MostFrames = 40;

    /// <summary>Of a cell that its user stopped.</summary>
    public static CellError Interrupted()
    {
        const string stopped = "The cell was interrupted. Variables from before are still there.";
        return new CellError("Interrupted", stopped, [stopped], null, null);
    }

    /// <summary>From the compiler's errors; the first is the cell's.</summary>
    public static CellError From(IReadOnlyList<Diagnostic> diagnostics)
    {
        List<(string Where, string What, int Line, int Column)> errors = [.. diagnostics
            .Select(diagnostic => (diagnostic, at: diagnostic.Location.GetMappedLineSpan()))
            .OrderBy(entry => entry.at.StartLinePosition)
            .Select(entry => (
                Where: entry.at.IsValid ? $"{entry.at.Path}, line {entry.at.StartLinePosition.Line + 1}, column {entry.at.StartLinePosition.Character + 1}" : "cell",
                What: $"error {entry.diagnostic.Id}: {entry.diagnostic.GetMessage()}",
                Line: entry.at.StartLinePosition.Line + 1,
                Column: entry.at.StartLinePosition.Character + 1))];
        return new CellError("CompileError", errors[0].What, [.. errors.Select(error => $"{error.Where}: {error.What}")], errors[0].Line, errors[0].Column);
    }

    /// <summary>From an exception that left the cell.</summary>
    /// <param name="thrown">The exception.</param>
    /// <param name="label">The cell that was running, as its file is called in stack traces.</param>
    public static CellError From(Exception thrown, string label)
    {
        List<string> lines = [];
        int? line = null;
        for (Exception? exception = thrown; exception is not null; exception = exception.InnerException)
        {
            lines.Add($"{(exception == thrown ? "" : "---> ")}{exception.GetType().FullName}: {exception.Message}");
            StackFrame[] frames = new StackTrace(exception, fNeedFileInfo: true).GetFrames();
            int hidden = 0;
            foreach (StackFrame frame in frames)
            {
                if (line is null && frame.GetFileName() == label)
                    line = frame.GetFileLineNumber();
                if (Describe(frame) is not { } text)
                    continue;
                if (lines.Count < MostFrames)
                    lines.Add("   at " + text);
                else
                    hidden++;
            }

            if (hidden > 0)
                lines.Add($"   … {hidden} more");
        }

        return new CellError(thrown.GetType().FullName ?? thrown.GetType().Name, thrown.Message, lines, line, null);
    }

    /// <summary>A frame as a line, or null for one that belongs to the engine or to the compiler's plumbing.</summary>
    private static string? Describe(StackFrame frame)
    {
        if (frame.GetMethod() is not { } method)
            return null;
        Type? type = method.DeclaringType;
        string space = type?.FullName ?? "";
        if (type?.Assembly == typeof(CellError).Assembly && !space.StartsWith("EsxCourse.Kernel.Cells.", StringComparison.Ordinal))
            return null;
        if (space.StartsWith("System.Runtime.CompilerServices.", StringComparison.Ordinal) || space.StartsWith("System.Runtime.ExceptionServices.", StringComparison.Ordinal))
            return null;
        string name = Readable(method.Name, type);
        string? file = frame.GetFileName();
        if (file is null || Path.IsPathRooted(file)) // Cells and imported files have labels; a compiled library's files have rooted paths.
            return (type is null ? "" : type.FullName + ".") + method.Name;
        string where = frame.GetFileLineNumber() is > 0 and int at ? $"{file}, line {at}" : file;
        return name.Length == 0 ? where : $"{name} in {where}";
    }

    /// <summary>The name a student wrote, out of the compiler's; empty for the top level of a cell.</summary>
    private static string Readable(string method, Type? type)
    {
        string raw = method == "MoveNext" && type is not null ? type.Name : method;
        if (raw.Contains("<Factory>", StringComparison.Ordinal))
            return "";
        if (Generated().Match(raw) is { Success: true } generated)
        {
            string inner = generated.Groups["name"].Value.Trim('<', '>');
            string local = generated.Groups["local"].Value;
            if (local.Length > 0)
                return local;
            bool lambda = generated.Groups["kind"].Value == "b";
            return inner is "Initialize" or "" ? (lambda ? "a lambda" : "") : lambda ? $"a lambda of {inner}" : inner;
        }

        return method is ".ctor" or ".cctor" && type is not null ? (type.Name.StartsWith("Submission#", StringComparison.Ordinal) ? "" : "new " + type.Name) : method;
    }

    [GeneratedRegex(@"^(?<name><<?[^>]*>?>)(?<kind>[a-z])__((?<local>\w+)\|)?")]
    private static partial Regex Generated();
}
