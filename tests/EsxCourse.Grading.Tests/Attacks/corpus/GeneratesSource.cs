// Attack: a source generator and an analyzer among its classes.
// Expect: CS0234 The type or namespace name
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

[Generator]
public sealed class Generator : ISourceGenerator
{
    public void Initialize(GeneratorInitializationContext context) => System.IO.File.WriteAllText("{TARGET}", "owned");

    public void Execute(GeneratorExecutionContext context) => System.IO.File.WriteAllText("{TARGET}", "owned");
}
