using System.Text.Json.Serialization;

namespace EsxCourse.Kernel.Session;

/// <summary>What the parent asks of a session process.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(RunCell), "run")]
internal abstract record SessionRequest;

/// <summary>Run a cell. Answered by any number of outputs and one <see cref="CellDone"/>.</summary>
internal sealed record RunCell(string Label, string Source, string Kernel) : SessionRequest;

/// <summary>What a session process says.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "say")]
[JsonDerivedType(typeof(SessionReady), "ready")]
[JsonDerivedType(typeof(ConsoleWritten), "console")]
[JsonDerivedType(typeof(ValueDisplayed), "display")]
[JsonDerivedType(typeof(ResultShown), "result")]
[JsonDerivedType(typeof(CellDone), "done")]
internal abstract record SessionEvent;

/// <summary>The session can take its first cell.</summary>
internal sealed record SessionReady : SessionEvent;

/// <summary>Console text.</summary>
internal sealed record ConsoleWritten(string Name, string Text) : SessionEvent;

/// <summary>Something was shown, or replaced what was shown under the same id.</summary>
internal sealed record ValueDisplayed(Dictionary<string, string> Data, string? DisplayId, bool Update) : SessionEvent;

/// <summary>The value of the cell's last expression.</summary>
internal sealed record ResultShown(Dictionary<string, string> Data) : SessionEvent;

/// <summary>The cell has ended; <paramref name="Failure"/> says why if it failed.</summary>
internal sealed record CellDone(FailureFrame? Failure) : SessionEvent;

/// <summary>An error, as <see cref="Engine.CellError"/> has it.</summary>
internal sealed record FailureFrame(string Name, string Message, IReadOnlyList<string> Traceback, int? Line, int? Column);

[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionEvent))]
internal sealed partial class FrameJson : JsonSerializerContext;
