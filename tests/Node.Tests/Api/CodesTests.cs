using System.Reflection;
using System.Text.RegularExpressions;
using LicenceChain.Node.Api;
using LicenceChain.Node.Vault;

namespace LicenceChain.Node.Tests.Api;

public sealed partial class CodesTests
{
    [Fact]
    public void Every_code_of_the_api_and_the_vault_is_listed_once_and_the_list_names_no_other()
    {
        var source = new[] { typeof(ApiCodes), typeof(VaultCodes), typeof(NodeCodes) }
            .SelectMany(t => t.GetFields(BindingFlags.Public | BindingFlags.Static)).Select(f => (string)f.GetRawConstantValue()!).Order(StringComparer.Ordinal);
        var listed = Row().Matches(File.ReadAllText(Document())).Select(m => m.Groups["code"].Value)
            .Where(IsOurs)
            .Order(StringComparer.Ordinal);
        Assert.Equal(source, listed);
    }

    // LC-API-001 to 012 are the host's.
    private static bool IsOurs(string code) =>
        code.StartsWith("LC-VLT-", StringComparison.Ordinal) || code.StartsWith("LC-NODE-", StringComparison.Ordinal)
        || (code.StartsWith("LC-API-", StringComparison.Ordinal) && string.CompareOrdinal(code, "LC-API-020") >= 0);

    private static string Document()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "LicenceChain.sln"))) folder = folder.Parent;
        return Path.Combine(folder.FullName, "docs", "reference", "codes.md");
    }

    [GeneratedRegex(@"^\| (?<code>LC-[A-Z]+-\d{3}) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
