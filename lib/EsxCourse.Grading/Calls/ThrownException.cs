using EsxCourse.Grading.Worker.Wire;

namespace EsxCourse.Grading.Calls;

/// <summary>Turns what the worker tells of an exception into a sentence. Every word of it is the student's to choose, so it is cut and cleaned.</summary>
internal static class ThrownException
{
    public static StudentFault Read(WireReader reader, string place)
    {
        string type = PlainText.Line(reader.Text(), 100);
        string message = PlainText.Line(reader.Text(), 300);
        string file = PlainText.Line(Path.GetFileName(reader.Text()), 100);
        int line = reader.Int32();
        reader.End();
        string where = file.Length > 0 && line > 0 ? $"{place} ({file}, line {line})" : place;
        return type switch
        {
            nameof(OutOfMemoryException) => StudentFault.OutOfLimits($"used up its memory in {where}"),
            nameof(NotImplementedException) => StudentFault.Threw($"has not implemented {where}"),
            nameof(WireFormatException) => StudentFault.Threw($"gave an answer in {place} that the contract does not allow: {message}"),
            _ => StudentFault.Threw($"threw {type} in {where}: {message}"),
        };
    }
}
