using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using System.Xml.Linq;

namespace LicenceChain.Tidy.Tests;

public sealed class HygieneTests
{
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "HA" + "CK", "NotImplemented" + "Exception", "Sk" + "ip = \""];

    [Fact]
    public void Nothing_unfinished_stands_on_main()
    {
        var wrong = Repository.Sources.SelectMany(file => Unfinished.Where(word => file.Text.Contains(word, StringComparison.Ordinal)).Select(word => $"{file.Path}: {word}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_catch_is_empty()
    {
        var wrong =
            from file in Repository.Sources
            from clause in file.Syntax.DescendantNodes().OfType<CatchClauseSyntax>()
            where clause.Block.Statements.Count == 0 && !clause.Block.DescendantTrivia().Any(t => t.IsKind(SyntaxKind.SingleLineCommentTrivia))
            select $"{file.Path}: {clause.Declaration}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_test_sleeps()
    {
        string[] sleeps = ["Thread." + "Sleep(", "Task." + "Delay("];
        var wrong = Repository.Sources.Where(file => file.IsTest && sleeps.Any(sleep => file.Text.Contains(sleep, StringComparison.Ordinal)));
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_source_is_split_into_regions()
    {
        Assert.DoesNotContain(Repository.Sources, file => file.Syntax.DescendantTrivia(descendIntoTrivia: false).Any(t => t.IsKind(SyntaxKind.RegionDirectiveTrivia)));
    }

    [Fact]
    public void Zero_never_means_success()
    {
        var wrong =
            from file in Repository.Sources
            where file.IsProduct
            from type in file.Syntax.DescendantNodes().OfType<EnumDeclarationSyntax>()
            where type.Identifier.Text is not ("GrpcStatus" or "ExitCode") // the gRPC wire's numbers and the shell's: both call 0 success
            let first = type.Members.FirstOrDefault()
            where first is null || first.Identifier.Text != "Unspecified" || first.EqualsValue?.Value.ToString() is not (null or "0")
            select $"{file.Path}: enum {type.Identifier} starts at {first?.Identifier}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Every_dependency_says_why_it_is_here()
    {
        var reasons = Repository.ReadText("docs/adr/0002-dependencies.md");
        var silent = XDocument.Load(Path.Combine(Repository.Root, "Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => package.Attribute("Include")!.Value)
            .Where(package => !reasons.Contains($"`{package}`", StringComparison.Ordinal));
        Assert.Empty(silent);
    }

    [Fact]
    public void Every_link_between_documents_leads_somewhere()
    {
        var broken =
            from path in Directory.EnumerateFiles(Repository.Root, "*.md", SearchOption.AllDirectories)
            let relative = Path.GetRelativePath(Repository.Root, path)
            where !relative.Split(Path.DirectorySeparatorChar).Any(part => part is "node_modules" or "bin" or "obj" || part.StartsWith('.'))
            from System.Text.RegularExpressions.Match match in System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(path), @"\]\(([^)#:\s]+)(#[^)]*)?\)")
            let target = Path.Combine(Path.GetDirectoryName(path)!, match.Groups[1].Value)
            where !File.Exists(target) && !Directory.Exists(target)
            select $"{relative}: {match.Groups[1].Value}";
        Assert.Empty(broken);
    }
}
