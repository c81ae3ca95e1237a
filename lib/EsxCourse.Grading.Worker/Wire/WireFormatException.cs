namespace EsxCourse.Grading.Worker.Wire;

/// <summary>What came over the pipe is not what the two sides agreed on, or a value cannot be put on the pipe at all.</summary>
internal sealed class WireFormatException(string message, Exception? cause = null) : Exception(message, cause);
