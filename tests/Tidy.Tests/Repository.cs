using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LicenceChain.Tidy.Tests;

/// <summary>The checkout that holds this test: its root, its rooms, its sources.</summary>
internal static class Repository
{
    private static readonly string[] SourceRoots = ["src", "tests", "benchmarks"];

    public static string Root { get; } = FindRoot();

    public static IReadOnlyList<string> Rooms { get; } =
        [.. Directory.GetDirectories(Path.Combine(Root, "src")).Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)];

    public static IReadOnlyList<SourceFile> Sources { get; } = [.. SourceRoots.SelectMany(Read)];

    public static string ReadText(string relative) => File.ReadAllText(Path.Combine(Root, relative));

    private static IEnumerable<SourceFile> Read(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(Root, path).Replace('\\', '/'))
            .Where(path => !path.Split('/').Any(part => part is "bin" or "obj" or "node_modules"))
            .Order(StringComparer.Ordinal)
            .Select(path => new SourceFile(path, ReadText(path)));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "LicenceChain.sln")))
                return folder.FullName;
        throw new InvalidOperationException("No folder above this test holds LicenceChain.sln.");
    }

    internal sealed class SourceFile(string path, string text)
    {
        private readonly Lazy<CompilationUnitSyntax> _syntax = new(() =>
            CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.Preview)).GetCompilationUnitRoot());

        public string Path => path;

        public string Text => text;

        public bool IsProduct => path.StartsWith("src/", StringComparison.Ordinal);

        public bool IsTest => path.StartsWith("tests/", StringComparison.Ordinal);

        public CompilationUnitSyntax Syntax => _syntax.Value;

        public override string ToString() => path;
    }
}
