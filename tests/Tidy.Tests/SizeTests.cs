using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LicenceChain.Tidy.Tests;

public sealed class SizeTests
{
    private const int MaxFileLines = 400;
    private const int MaxFunctionLines = 70;
    private const int MaxMedianLines = 100;

    [Fact]
    public void No_file_is_longer_than_400_lines()
    {
        Assert.Empty(Repository.Sources.Where(file => Lines(file) > MaxFileLines).Select(file => $"{file.Path}: {Lines(file)}"));
    }

    [Fact]
    public void The_median_file_is_short()
    {
        var lengths = Repository.Sources.Where(file => file.IsProduct).Select(Lines).Order().ToList();
        Assert.InRange(lengths[lengths.Count / 2], 1, MaxMedianLines);
    }

    [Fact]
    public void No_function_is_longer_than_70_lines()
    {
        var wrong =
            from file in Repository.Sources
            from node in file.Syntax.DescendantNodes()
            where node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax
            let span = node.GetLocation().GetLineSpan()
            let lines = span.EndLinePosition.Line - span.StartLinePosition.Line + 1
            where lines > MaxFunctionLines
            select $"{file.Path}:{span.StartLinePosition.Line + 1}: {lines}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void One_public_type_a_file()
    {
        var wrong =
            from file in Repository.Sources
            where file.IsProduct
            let types = file.Syntax.Members.OfType<BaseNamespaceDeclarationSyntax>().SelectMany(ns => ns.Members).OfType<MemberDeclarationSyntax>()
                .Where(member => member is BaseTypeDeclarationSyntax or DelegateDeclarationSyntax && member.Modifiers.Any(SyntaxKind.PublicKeyword)).ToList()
            where types.Count(member => member.Modifiers.Any(SyntaxKind.PublicKeyword)) > 1
            select file.Path;
        Assert.Empty(wrong);
    }

    private static int Lines(Repository.SourceFile file) => file.Text.AsSpan().Count('\n');
}
