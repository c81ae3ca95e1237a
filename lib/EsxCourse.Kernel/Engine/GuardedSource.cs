using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace EsxCourse.Kernel.Engine;

/// <summary>Writes the polls of <see cref="Cells.CellGuard"/> into a cell's code: loops and bodies check, catches let the stop pass.</summary>
/// <remarks>
/// Done on the text, at positions that the syntax tree gives, and never with a line break: every statement stays on its line, which stack traces
/// name. Columns move, so the compiler's errors are taken from the code as it was written. Expression bodies become blocks; for lambdas that
/// needs the semantic model, to know whether there is a value to return and that the lambda is code and not an expression tree.
/// </remarks>
internal sealed class GuardedSource : CSharpSyntaxWalker
{
    private const string Guard = "global::EsxCourse.Kernel.Cells.CellGuard.";
    private const string Check = " " + Guard + "Check(); ";

    private readonly List<TextChange> changes = [];
    private readonly Func<SemanticModel> semantics;
    private SemanticModel? model;

    private GuardedSource(Func<SemanticModel> semantics) => this.semantics = semantics;

    /// <summary>The same code with polls in it, or the tree itself if there is nothing to guard.</summary>
    /// <param name="tree">A cell's code.</param>
    /// <param name="semantics">What its names mean; asked for only if there is a lambda with an expression body.</param>
    public static SyntaxTree Of(SyntaxTree tree, Func<SemanticModel> semantics)
    {
        GuardedSource walker = new(semantics);
        walker.Visit(tree.GetRoot());
        if (walker.changes.Count == 0)
            return tree;
        // Nested constructs meet at one position (the end of a body inside a body); the order of the visits is the order of the text.
        SourceText text = tree.GetText();
        System.Text.StringBuilder guarded = new(text.Length * 2);
        int done = 0;
        foreach (TextChange change in walker.changes.Select((change, i) => (change, i)).OrderBy(entry => entry.change.Span.Start).ThenBy(entry => entry.i).Select(entry => entry.change))
        {
            guarded.Append(text.ToString(TextSpan.FromBounds(done, change.Span.Start))).Append(change.NewText);
            done = change.Span.End;
        }

        guarded.Append(text.ToString(TextSpan.FromBounds(done, text.Length)));
        return SubmissionChain.Parse(guarded.ToString(), tree.FilePath);
    }

    public override void VisitWhileStatement(WhileStatementSyntax node) => Loop(node.Statement, () => base.VisitWhileStatement(node));

    public override void VisitDoStatement(DoStatementSyntax node) => Loop(node.Statement, () => base.VisitDoStatement(node));

    public override void VisitForStatement(ForStatementSyntax node) => Loop(node.Statement, () => base.VisitForStatement(node));

    public override void VisitForEachStatement(ForEachStatementSyntax node) => Loop(node.Statement, () => base.VisitForEachStatement(node));

    public override void VisitForEachVariableStatement(ForEachVariableStatementSyntax node) => Loop(node.Statement, () => base.VisitForEachVariableStatement(node));

    public override void VisitLabeledStatement(LabeledStatementSyntax node)
    {
        if (node.Parent is BlockSyntax or GlobalStatementSyntax)
            Insert(node.ColonToken.Span.End, Check);
        base.VisitLabeledStatement(node);
    }

    public override void VisitCatchClause(CatchClauseSyntax node)
    {
        if (node.Filter is { } filter)
        {
            Insert(filter.OpenParenToken.Span.End, $"{Guard}Pass && (");
            base.VisitCatchClause(node);
            Insert(filter.CloseParenToken.SpanStart, ")");
        }
        else
        {
            Insert(node.Block.SpanStart, $" when ({Guard}Pass) ");
            base.VisitCatchClause(node);
        }
    }

    public override void VisitMethodDeclaration(MethodDeclarationSyntax node) =>
        Body(node.Body, node.ExpressionBody, node.SemicolonToken, ReturnsNothing(node.ReturnType, node.Modifiers), () => base.VisitMethodDeclaration(node));

    public override void VisitLocalFunctionStatement(LocalFunctionStatementSyntax node) =>
        Body(node.Body, node.ExpressionBody, node.SemicolonToken, ReturnsNothing(node.ReturnType, node.Modifiers), () => base.VisitLocalFunctionStatement(node));

    public override void VisitConstructorDeclaration(ConstructorDeclarationSyntax node) =>
        Body(node.Body, node.ExpressionBody, node.SemicolonToken, true, () => base.VisitConstructorDeclaration(node));

    public override void VisitOperatorDeclaration(OperatorDeclarationSyntax node) =>
        Body(node.Body, node.ExpressionBody, node.SemicolonToken, false, () => base.VisitOperatorDeclaration(node));

    public override void VisitConversionOperatorDeclaration(ConversionOperatorDeclarationSyntax node) =>
        Body(node.Body, node.ExpressionBody, node.SemicolonToken, false, () => base.VisitConversionOperatorDeclaration(node));

    public override void VisitAccessorDeclaration(AccessorDeclarationSyntax node) =>
        Body(node.Body, node.ExpressionBody, node.SemicolonToken, !node.IsKind(SyntaxKind.GetAccessorDeclaration), () => base.VisitAccessorDeclaration(node));

    public override void VisitPropertyDeclaration(PropertyDeclarationSyntax node)
    {
        if (node.ExpressionBody is { } body)
            Arrow(body, node.SemicolonToken, returnsNothing: false, "{ get {", "} }", () => base.VisitPropertyDeclaration(node));
        else
            base.VisitPropertyDeclaration(node);
    }

    public override void VisitIndexerDeclaration(IndexerDeclarationSyntax node)
    {
        if (node.ExpressionBody is { } body)
            Arrow(body, node.SemicolonToken, returnsNothing: false, "{ get {", "} }", () => base.VisitIndexerDeclaration(node));
        else
            base.VisitIndexerDeclaration(node);
    }

    public override void VisitAnonymousMethodExpression(AnonymousMethodExpressionSyntax node)
    {
        Insert(node.Block.OpenBraceToken.Span.End, Check);
        base.VisitAnonymousMethodExpression(node);
    }

    public override void VisitSimpleLambdaExpression(SimpleLambdaExpressionSyntax node) => Lambda(node, () => base.VisitSimpleLambdaExpression(node));

    public override void VisitParenthesizedLambdaExpression(ParenthesizedLambdaExpressionSyntax node) => Lambda(node, () => base.VisitParenthesizedLambdaExpression(node));

    private void Loop(StatementSyntax body, Action visit)
    {
        if (body is BlockSyntax block)
        {
            Insert(block.OpenBraceToken.Span.End, Check);
            visit();
            return;
        }

        Insert(body.SpanStart, "{" + Check);
        visit();
        Insert(body.Span.End, " }");
    }

    private void Body(BlockSyntax? block, ArrowExpressionClauseSyntax? arrow, SyntaxToken semicolon, bool returnsNothing, Action visit)
    {
        if (block is not null)
            Insert(block.OpenBraceToken.Span.End, Check);
        if (arrow is not null)
            Arrow(arrow, semicolon, returnsNothing, "{", "}", visit);
        else
            visit();
    }

    private void Arrow(ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, bool returnsNothing, string open, string close, Action visit)
    {
        bool bare = returnsNothing || arrow.Expression is ThrowExpressionSyntax;
        changes.Add(new TextChange(arrow.ArrowToken.Span, open + Check));
        if (!bare)
            Insert(arrow.Expression.SpanStart, "return "); // On the expression's own line, which is the one that a stack trace names.
        visit();
        Insert(semicolon.Span.End, " " + close);
    }

    private void Lambda(LambdaExpressionSyntax node, Action visit)
    {
        if (node.Block is { } block)
        {
            Insert(block.OpenBraceToken.Span.End, Check);
            visit();
            return;
        }

        model ??= semantics();
        ExpressionSyntax body = node.ExpressionBody!;
        bool guardable = model.GetSymbolInfo(node).Symbol is IMethodSymbol
            && model.GetTypeInfo(node).ConvertedType is { TypeKind: TypeKind.Delegate };
        if (!guardable)
        {
            visit();
            return;
        }

        IMethodSymbol method = (IMethodSymbol)model.GetSymbolInfo(node).Symbol!;
        bool bare = method.ReturnsVoid || body is ThrowExpressionSyntax || (method.IsAsync && method.ReturnType is INamedTypeSymbol { IsGenericType: false });
        Insert(body.SpanStart, "{" + Check + (bare ? "" : "return "));
        visit();
        Insert(body.Span.End, "; }");
    }

    private static bool ReturnsNothing(TypeSyntax type, SyntaxTokenList modifiers) =>
        type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }
        || (modifiers.Any(SyntaxKind.AsyncKeyword) && type.ToString() is var name && (name.EndsWith("Task", StringComparison.Ordinal) || name.EndsWith("ValueTask", StringComparison.Ordinal)));

    private void Insert(int position, string text) => changes.Add(new TextChange(new TextSpan(position, 0), text));
}
