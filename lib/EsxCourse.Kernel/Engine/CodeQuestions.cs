using System.Text;
using System.Xml.Linq;
using EsxCourse.Contracts;
using EsxCourse.Kernel.Session;
using EsxCourse.Notebooks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EsxCourse.Kernel.Engine;

/// <summary>What an editor asks about code that has not been run: what could stand here, what is this, is it whole.</summary>
/// <remarks>
/// Answered from the compiler's symbols, with the variables and usings of the session. Without Roslyn's editor services, which take longer to
/// load than all the rest of the kernel; so the order is by name and not by likelihood.
/// </remarks>
internal sealed class CodeQuestions(SubmissionChain chain)
{
    private const int MostWords = 500;

    public Completed Complete(string source, int position)
    {
        position = Math.Clamp(position, 0, source.Length);
        int start = position;
        while (start > 0 && (char.IsLetterOrDigit(source[start - 1]) || source[start - 1] == '_'))
            start--;
        string prefix = source[start..position];
        string line = source[(source.LastIndexOf('\n', Math.Max(0, start - 1)) + 1)..start];
        if (line.TrimStart().StartsWith("#!", StringComparison.Ordinal))
            return Words(Dialect.Kernels.Concat(Dialect.Magics.Keys).Select(name => new CompletionFrame(name, "keyword", "#!" + name)), prefix, start, position);

        SyntaxTree tree = Tree(source);
        SemanticModel model = chain.Next(tree).GetSemanticModel(tree);
        SyntaxToken before = start == 0 ? default : tree.GetRoot().FindToken(start - 1);
        if (before.IsKind(SyntaxKind.DotToken) && Left(before) is { } left)
            return Words(Members(model, left, start), prefix, start, position);

        IEnumerable<CompletionFrame> names = model.LookupSymbols(start).Select(Frame);
        IEnumerable<CompletionFrame> keywords = SyntaxFacts.GetKeywordKinds().Select(kind => new CompletionFrame(SyntaxFacts.GetText(kind), "keyword", ""));
        return Words(names.Concat(keywords), prefix, start, position);
    }

    public Inspected Inspect(string source, int position)
    {
        SyntaxTree tree = Tree(source);
        SemanticModel model = chain.Next(tree).GetSemanticModel(tree);
        int at = Math.Clamp(position, 0, Math.Max(0, source.Length - 1));
        SyntaxToken token = tree.GetRoot().FindToken(at);
        if (!token.IsKind(SyntaxKind.IdentifierToken) && at > 0)
            token = tree.GetRoot().FindToken(at - 1); // The cursor stands behind the name.
        if (token.Parent is not { } node)
            return new Inspected(null);
        SymbolInfo info = model.GetSymbolInfo(node);
        IEnumerable<ISymbol> symbols = info.Symbol is { } one ? [one] : info.CandidateSymbols;
        if (node is ExpressionSyntax expression && model.GetMemberGroup(expression) is { Length: > 0 } overloads)
            symbols = symbols.Concat(overloads);
        if (!symbols.Any() && model.GetDeclaredSymbol(node) is { } declared)
            symbols = [declared];
        ISymbol[] found = [.. symbols.Distinct(SymbolEqualityComparer.Default).OfType<ISymbol>()];
        if (found.Length == 0)
            return new Inspected(null);
        StringBuilder text = new();
        foreach (ISymbol symbol in found.Take(12))
        {
            text.AppendLine(symbol.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat));
            if (Documentation(symbol) is { Length: > 0 } documentation)
                text.AppendLine("    " + documentation);
        }

        if (found.Length > 12)
            text.AppendLine($"… and {found.Length - 12} more");
        return new Inspected(text.ToString().TrimEnd());
    }

    public static WhetherComplete IsComplete(string source)
    {
        string code;
        try
        {
            code = string.Join('\n', CellScript.Parse(source, "csharp", "question").OfType<CodeStep>().Select(step => step.Text));
        }
        catch (BadInputException)
        {
            return new WhetherComplete("invalid", ""); // A magic that there is not; running the cell says what to use instead.
        }

        SyntaxTree tree = SubmissionChain.Parse(code, "question");
        if (SyntaxFactory.IsCompleteSubmission(tree))
            return new WhetherComplete(tree.GetDiagnostics().Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error) ? "invalid" : "complete", "");
        int open = code.Count(c => c == '{') - code.Count(c => c == '}');
        return new WhetherComplete("incomplete", new string(' ', 4 * Math.Max(0, open)));
    }

    private static SyntaxTree Tree(string source) =>
        SubmissionChain.Parse(string.Join('\n', source.Split('\n').Select(line => Dialect.MagicOn(line) is null && Dialect.DirectiveOn(line) is null ? line : new string(' ', line.Length))), "question");

    private static ExpressionSyntax? Left(SyntaxToken dot) => dot.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression,
        QualifiedNameSyntax name => name.Left,
        MemberBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax conditional } => conditional.Expression,
        _ => null,
    };

    private static IEnumerable<CompletionFrame> Members(SemanticModel model, SyntaxNode left, int position)
    {
        ISymbol? symbol = model.GetSymbolInfo(left).Symbol;
        if (symbol is INamespaceOrTypeSymbol place)
            return model.LookupSymbols(position, place).Where(member => member.IsStatic || member is INamespaceOrTypeSymbol).Select(Frame);
        ITypeSymbol? type = model.GetTypeInfo(left).Type;
        return type is null ? [] : model.LookupSymbols(position, type, includeReducedExtensionMethods: true).Where(member => !member.IsStatic || member is IMethodSymbol { IsExtensionMethod: true }).Select(Frame);
    }

    private static Completed Words(IEnumerable<CompletionFrame> words, string prefix, int start, int end) =>
        new([.. words.Where(word => word.Word.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && SyntaxFacts.IsValidIdentifier(word.Word))
            .DistinctBy(word => word.Word)
            .OrderBy(word => !word.Word.StartsWith(prefix, StringComparison.Ordinal)).ThenBy(word => word.Word, StringComparer.OrdinalIgnoreCase)
            .Take(MostWords)], start, end);

    private static CompletionFrame Frame(ISymbol symbol) => new(
        symbol.Name,
        symbol switch
        {
            IMethodSymbol => "function",
            INamedTypeSymbol { TypeKind: TypeKind.Interface } => "interface",
            INamedTypeSymbol => "class",
            INamespaceSymbol => "module",
            IPropertySymbol => "property",
            _ => "instance",
        },
        symbol is IMethodSymbol method ? method.ToDisplayString(SymbolDisplayFormat.MinimallyQualifiedFormat) : "");

    private static string? Documentation(ISymbol symbol)
    {
        string? xml = symbol.GetDocumentationCommentXml();
        if (string.IsNullOrEmpty(xml))
            return null;
        try
        {
            XElement? summary = XElement.Parse("<doc>" + xml + "</doc>").Descendants("summary").FirstOrDefault();
            foreach (XElement reference in summary?.Descendants("see").ToList() ?? [])
                reference.ReplaceWith((reference.Attribute("cref")?.Value ?? reference.Attribute("langword")?.Value ?? "").Split('.', ':')[^1]);
            return summary is null ? null : string.Join(' ', summary.Value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }
        catch (System.Xml.XmlException)
        {
            return null;
        }
    }
}
