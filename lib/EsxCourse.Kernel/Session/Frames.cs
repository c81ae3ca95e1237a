using System.Text.Json.Serialization;

namespace EsxCourse.Kernel.Session;

/// <summary>What the parent asks of a session process.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "ask")]
[JsonDerivedType(typeof(RunCell), "run")]
[JsonDerivedType(typeof(Interrupt), "interrupt")]
[JsonDerivedType(typeof(InputGiven), "input")]
[JsonDerivedType(typeof(Evaluate), "evaluate")]
[JsonDerivedType(typeof(Complete), "complete")]
[JsonDerivedType(typeof(Inspect), "inspect")]
[JsonDerivedType(typeof(AskWhetherComplete), "iscomplete")]
internal abstract record SessionRequest;

/// <summary>Run a cell. Answered by any number of outputs and one <see cref="CellDone"/>.</summary>
internal sealed record RunCell(string Label, string Source, string Kernel, bool AllowInput = false) : SessionRequest;

/// <summary>Stop the running cell; its variables stay. Not answered but by the cell's <see cref="CellDone"/>.</summary>
internal sealed record Interrupt : SessionRequest;

/// <summary>A line for a cell that asked for input.</summary>
internal sealed record InputGiven(string Text) : SessionRequest;

/// <summary>Evaluate expressions after a cell. Answered by <see cref="Evaluated"/>.</summary>
internal sealed record Evaluate(Dictionary<string, string> Expressions) : SessionRequest;

/// <summary>What could stand at a position. Answered by <see cref="Completed"/>.</summary>
internal sealed record Complete(string Source, int Position) : SessionRequest;

/// <summary>What stands at a position. Answered by <see cref="Inspected"/>.</summary>
internal sealed record Inspect(string Source, int Position) : SessionRequest;

/// <summary>Whether code is a whole cell. Answered by <see cref="WhetherComplete"/>.</summary>
internal sealed record AskWhetherComplete(string Source) : SessionRequest;

/// <summary>What a session process says.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "say")]
[JsonDerivedType(typeof(SessionReady), "ready")]
[JsonDerivedType(typeof(ConsoleWritten), "console")]
[JsonDerivedType(typeof(ValueDisplayed), "display")]
[JsonDerivedType(typeof(OutputCleared), "clear")]
[JsonDerivedType(typeof(ResultShown), "result")]
[JsonDerivedType(typeof(InputWanted), "wantinput")]
[JsonDerivedType(typeof(CellDone), "done")]
[JsonDerivedType(typeof(Evaluated), "evaluated")]
[JsonDerivedType(typeof(Completed), "completed")]
[JsonDerivedType(typeof(Inspected), "inspected")]
[JsonDerivedType(typeof(WhetherComplete), "whethercomplete")]
internal abstract record SessionEvent;

/// <summary>What ends the wait of a request: every request but <see cref="Interrupt"/> and <see cref="InputGiven"/> has exactly one.</summary>
internal abstract record SessionAnswer : SessionEvent;

/// <summary>The session can take its first cell.</summary>
internal sealed record SessionReady : SessionEvent;

/// <summary>Console text.</summary>
internal sealed record ConsoleWritten(string Name, string Text) : SessionEvent;

/// <summary>Something was shown, or replaced what was shown under the same id.</summary>
internal sealed record ValueDisplayed(Dictionary<string, string> Data, string? DisplayId, bool Update) : SessionEvent;

/// <summary>What the cell has shown so far is to go: at once, or when something new comes.</summary>
internal sealed record OutputCleared(bool Wait) : SessionEvent;

/// <summary>The value of the cell's last expression.</summary>
internal sealed record ResultShown(Dictionary<string, string> Data) : SessionEvent;

/// <summary>The cell waits for a line of input.</summary>
internal sealed record InputWanted(string Prompt, bool Password) : SessionEvent;

/// <summary>The cell has ended; <paramref name="Failure"/> says why if it failed.</summary>
internal sealed record CellDone(FailureFrame? Failure) : SessionAnswer;

/// <summary>The values of expressions, or why they have none.</summary>
internal sealed record Evaluated(Dictionary<string, EvaluatedFrame> Values) : SessionAnswer;

/// <summary>One value in MIME types, or a failure.</summary>
internal sealed record EvaluatedFrame(Dictionary<string, string>? Data, FailureFrame? Failure);

/// <summary>Words that can replace the text from <paramref name="Start"/> to <paramref name="End"/>.</summary>
internal sealed record Completed(IReadOnlyList<CompletionFrame> Words, int Start, int End) : SessionAnswer;

/// <summary>One word, what kind of thing it is, and its signature.</summary>
internal sealed record CompletionFrame(string Word, string Kind, string Signature);

/// <summary>What is known of the name at a position: plain text, or null if there is none.</summary>
internal sealed record Inspected(string? Text) : SessionAnswer;

/// <summary><c>complete</c>, <c>incomplete</c> or <c>invalid</c>, as Jupyter has it, and the indent of the next line.</summary>
internal sealed record WhetherComplete(string Status, string Indent) : SessionAnswer;

/// <summary>An error, as <see cref="Engine.CellError"/> has it.</summary>
internal sealed record FailureFrame(string Name, string Message, IReadOnlyList<string> Traceback, int? Line, int? Column);

[JsonSerializable(typeof(SessionRequest))]
[JsonSerializable(typeof(SessionEvent))]
internal sealed partial class FrameJson : JsonSerializerContext;
