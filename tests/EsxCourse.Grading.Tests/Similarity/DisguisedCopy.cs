using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace EsxCourse.Grading.Tests.Similarity;

/// <summary>A copy as somebody makes it who does not want it found: names changed, members in another order, laid out anew, with comments of its own.</summary>
internal sealed class DisguisedCopy : CSharpSyntaxRewriter
{
    private readonly Dictionary<string, string> names;

    private DisguisedCopy(Dictionary<string, string> names) => this.names = names;

    /// <summary>Disguises a solution.</summary>
    public static string Of(string source, int seed)
    {
        SyntaxNode root = CSharpSyntaxTree.ParseText(source, cancellationToken: TestContext.Current.CancellationToken).GetRoot(TestContext.Current.CancellationToken);
        string[] declared =
        [
            .. root.DescendantNodes().Select(n => n switch
            {
                ClassDeclarationSyntax type => type.Identifier.Text,
                MethodDeclarationSyntax method when method.Modifiers.All(m => !m.IsKind(SyntaxKind.PublicKeyword)) => method.Identifier.Text,
                LocalFunctionStatementSyntax local => local.Identifier.Text,
                VariableDeclaratorSyntax variable => variable.Identifier.Text,
                ParameterSyntax parameter => parameter.Identifier.Text,
                SingleVariableDesignationSyntax designation => designation.Identifier.Text,
                ForEachStatementSyntax loop => loop.Identifier.Text,
                _ => "",
            }).Where(n => n is not ("" or "_")).Distinct().Order(StringComparer.Ordinal),
        ];
        Random draw = new(seed);
        SyntaxNode renamed = new DisguisedCopy(declared.Index().ToDictionary(d => d.Item, d => $"{(char)('p' + d.Index % 10)}{d.Index}{draw.Next(100)}")).Visit(root);
        ClassDeclarationSyntax type = renamed.DescendantNodes().OfType<ClassDeclarationSyntax>().First();
        MemberDeclarationSyntax[] members = [.. type.Members];
        draw.Shuffle(members);
        string text = renamed.ReplaceNode(type, type.WithMembers([.. members])).NormalizeWhitespace("\t", "\r\n").ToFullString();
        return string.Join('\n', text.Split('\n').Select(line => draw.Next(4) == 0 ? $"{line.TrimEnd()} // {draw.Next()}" : line));
    }

    public override SyntaxToken VisitToken(SyntaxToken token) =>
        token.IsKind(SyntaxKind.IdentifierToken) && !(token.Parent?.Parent is MemberAccessExpressionSyntax access && access.Name == token.Parent) && names.TryGetValue(token.Text, out string? other)
            ? SyntaxFactory.Identifier(token.LeadingTrivia, other, token.TrailingTrivia) : token;
}
