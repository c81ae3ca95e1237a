using EsxCourse.Contracts;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace EsxCourse.Grading.Homework;

/// <summary>A C# file with the class that implements a contract, as a notebook's cell can hold it.</summary>
/// <param name="ClassName">The class's name.</param>
/// <param name="CellText">The file without its namespace, which a cell cannot have, and without the usings that the notebook's first cell has.</param>
internal sealed record ClassFile(string ClassName, string CellText)
{
    /// <summary>Reads one.</summary>
    /// <param name="path">The file.</param>
    /// <param name="contract">The interface that its class implements.</param>
    /// <param name="rename">What to call the class instead, in all of the file; null for its own name.</param>
    /// <exception cref="BadInputException">No class in it implements the contract, or its namespace has braces.</exception>
    public static ClassFile Read(string path, Type contract, string? rename = null)
    {
        string text = File.ReadAllText(path).Replace("\r\n", "\n", StringComparison.Ordinal);
        CompilationUnitSyntax root = CSharpSyntaxTree.ParseText(text).GetCompilationUnitRoot();
        ClassDeclarationSyntax implementing = root.DescendantNodes().OfType<ClassDeclarationSyntax>().FirstOrDefault(c => Implements(c, contract))
            ?? throw new BadInputException(path, $"no class in it implements {contract.Name}", "write one");
        string name = implementing.Identifier.Text;
        List<TextChange> changes = [];
        foreach (BaseNamespaceDeclarationSyntax declared in root.DescendantNodes().OfType<BaseNamespaceDeclarationSyntax>())
        {
            if (declared is not FileScopedNamespaceDeclarationSyntax { } whole)
                throw new BadInputException(path, "its namespace has braces", $"write 'namespace {declared.Name};'");
            changes.Add(new TextChange(TextSpan.FromBounds(whole.NamespaceKeyword.SpanStart, whole.SemicolonToken.Span.End), ""));
        }

        changes.AddRange(root.Usings.Where(u => u.Name?.ToString() == typeof(Ppn).Namespace).Select(u => new TextChange(u.Span, "")));
        if (rename is not null)
            changes.AddRange(root.DescendantTokens(descendIntoTrivia: true).Where(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name).Select(t => new TextChange(t.Span, rename)));
        string cell = SourceText.From(text).WithChanges(changes.OrderBy(c => c.Span.Start)).ToString();
        return new ClassFile(rename ?? name, cell.Trim('\n', ' '));
    }

    private static bool Implements(ClassDeclarationSyntax declared, Type contract) =>
        declared.BaseList?.Types.Any(b => b.Type.ToString() is var name && (name == contract.Name || name.EndsWith($".{contract.Name}", StringComparison.Ordinal))) == true;
}
