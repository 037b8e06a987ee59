using System.Xml.Linq;

namespace LicenceChain.Tidy.Tests;

public sealed class ImportArrowTests
{
    /// <summary>Who may import whom (docs/ARCHITECTURE.md). A room that is missing here fails the test.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Protocol"] = [],
        ["Consensus"] = ["Protocol"],
        ["Contracts"] = ["Protocol"],
        ["Hosting"] = ["Protocol"],
        ["Sdk"] = ["Protocol"],
        ["Node"] = ["Protocol", "Consensus", "Contracts", "Hosting"],
        ["Verifier"] = ["Protocol", "Contracts", "Hosting", "Sdk"],
        ["Cli"] = ["Protocol", "Consensus", "Contracts", "Hosting", "Node", "Verifier", "Sdk"],
    };

    [Fact]
    public void Every_room_imports_only_what_the_design_allows()
    {
        var wrong = Repository.Rooms.SelectMany(room => Imports(room).Where(import => !Allowed[room].Contains(import)).Select(import => $"{room} -> {import}"));
        Assert.Empty(wrong);
    }

    [Fact]
    public void No_source_names_the_namespace_of_a_room_it_may_not_import()
    {
        var wrong =
            from file in Repository.Sources
            where file.IsProduct
            let room = file.Path.Split('/')[1]
            from import in file.Syntax.Usings
            let parts = import.Name?.ToString().Split('.') ?? []
            where parts.Length > 1 && parts[0] == "LicenceChain" && parts[1] != room && !Allowed[room].Contains(parts[1])
            select $"{file.Path}: {import}";
        Assert.Empty(wrong);
    }

    [Fact]
    public void Cryptographic_library_types_stay_in_the_cryptography_folder()
    {
        var wrong = Repository.Sources.Where(f => f.IsProduct && f.Text.Contains("Org.BouncyCastle", StringComparison.Ordinal) && !f.Path.StartsWith("src/Protocol/Cryptography/", StringComparison.Ordinal));
        Assert.Empty(wrong);
    }

    [Fact]
    public void Namespaces_follow_folders()
    {
        var wrong =
            from file in Repository.Sources
            where file.IsProduct
            let declared = file.Syntax.Members.OfType<Microsoft.CodeAnalysis.CSharp.Syntax.BaseNamespaceDeclarationSyntax>().FirstOrDefault()?.Name.ToString()
            where declared is not null
            let expected = "LicenceChain." + string.Join('.', file.Path.Split('/')[1..^1])
            where declared != expected
            select $"{file.Path}: {declared}, not {expected}";
        Assert.Empty(wrong);
    }

    private static IEnumerable<string> Imports(string room) =>
        XDocument.Load(Path.Combine(Repository.Root, "src", room, room + ".csproj"))
            .Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
